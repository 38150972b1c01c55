using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Identity.Accounts;

/// <summary>
/// An account in the hands of ASP.NET Core Identity, which wants to set and then save. What it sets becomes commands,
/// and saving sends them: each is decided on what is true then, so no change of another hand is ever lost.
/// </summary>
public sealed class AccountUser(Guid id, CommandResult<Account> stands)
{
    public Guid Id { get; } = id;

    /// <summary>An account that does not exist yet.</summary>
    public static AccountUser New(Guid id) => new(id, new(Account.Initial, StreamRevision.None, LogPosition.Start, []));

    /// <summary>As last read or saved.</summary>
    public Account State => Stands.State;

    /// <summary>Where its stream stands.</summary>
    public CommandResult<Account> Stands { get; internal set; } = stands;

    /// <summary>Plain, while it is in hand: opened by the store.</summary>
    public string? LoginName { get; internal set; }

    /// <summary>Hash in hand: the opened one, or the one to be saved.</summary>
    internal string? PasswordHash { get; set; }

    /// <summary>Base32 key of the second factor, opened.</summary>
    internal string? AuthenticatorKey { get; set; }

    internal List<AccountCommand> Pending { get; } = [];
}
