using Barnahus.Identity.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Microsoft.AspNetCore.Identity;

namespace Barnahus.Identity.Accounts;

/// <summary>ASP.NET Core Identity's store over event-sourced accounts. Reads fold the stream itself, so a decision never rests on a stale view.</summary>
public sealed partial class AccountStore(CommandHandler handler, AccountIndex index, PersonalData personal, Hand hand) : IUserStore<AccountUser>
{
    private const int MaxAttempts = 20;

    public Task<string> GetUserIdAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString("D"));

    public Task<string?> GetUserNameAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.LoginName);

    public Task SetUserNameAsync(AccountUser user, string? userName, CancellationToken cancellationToken) =>
        throw new NotSupportedException("A login name is given once, with the invitation.");

    public Task<string?> GetNormalizedUserNameAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult(LoginNameNormaliser.Normalise(user.LoginName));

    // UserManager sets this before each save; it follows from the login name.
    public Task SetNormalizedUserNameAsync(AccountUser user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes the login name and then invites. Repeated after a crash in between, it goes on where it was.</summary>
    public async Task<IdentityResult> CreateAsync(AccountUser user, CancellationToken cancellationToken)
    {
        var name = LoginNameNormaliser.Normalise(user.LoginName)!;
        var context = hand.Next($"login-name/{user.Id:D}");
        for (var attempt = 1; ; attempt++)
        {
            var (names, revision) = await handler.StateAsync(LoginNames.Decider, LoginNames.Stream, cancellationToken);
            if (HolderOf(name, names) is { } holder && holder != user.Id)
            {
                return Taken(user);
            }

            try
            {
                await handler.HandleAsync(
                    LoginNames.Decider, LoginNames.Stream, new TakeLoginName(user.Id, name), context with { IfRevision = revision }, cancellationToken);
                return await UpdateAsync(user, cancellationToken);
            }
            catch (RefusedException refused) when (refused.Rule == AccountDecider.Exists)
            {
                return Taken(user);
            }
            catch (StaleException) when (attempt < MaxAttempts)
            {
                // Another name was taken meanwhile: look again whether this one is free.
            }
        }
    }

    /// <summary>
    /// The account that a login name was taken for; null while it is free. It may never have been made, after a crash right behind the name: whoever
    /// invites under that name then makes it, under the id that it was to have.
    /// </summary>
    internal async Task<Guid?> TakenForAsync(string loginName, CancellationToken cancellationToken)
    {
        var (names, _) = await handler.StateAsync(LoginNames.Decider, LoginNames.Stream, cancellationToken);
        return HolderOf(LoginNameNormaliser.Normalise(loginName)!, names);
    }

    /// <summary>Sends what was set as commands.</summary>
    /// <exception cref="RefusedException">A rule of accounts refuses.</exception>
    public async Task<IdentityResult> UpdateAsync(AccountUser user, CancellationToken cancellationToken)
    {
        foreach (var command in user.Pending)
        {
            await SendAsync(user, command, cancellationToken);
        }

        user.Pending.Clear();
        return IdentityResult.Success;
    }

    public Task<IdentityResult> DeleteAsync(AccountUser user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Accounts are disabled, never deleted: what they did stays on the log.");

    public Task<AccountUser?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParseExact(userId, "D", out var id) ? LoadAsync(id, cancellationToken) : Task.FromResult<AccountUser?>(null);

    /// <summary>The account that has this login name, however it is spelled; it is not looked up.</summary>
    internal Guid? IdOf(string loginName) => index.Find(LoginNameNormaliser.Normalise(loginName)!);

    public Task<AccountUser?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        index.Find(normalizedUserName) is { } id ? LoadAsync(id, cancellationToken) : Task.FromResult<AccountUser?>(null);

    public void Dispose()
    {
        // Holds nothing of its own.
    }

    /// <summary>Sends one command at once.</summary>
    public async Task SendAsync(AccountUser user, AccountCommand command, CancellationToken cancellationToken)
    {
        var context = hand.Next(command.Step);
        user.Stands = command is AccountCommand.Disable or AccountCommand.TakeRole { Role: Roles.Administrator }
            ? await LetGoAsync(user.Id, command, context, cancellationToken)
            : await handler.HandleAsync(AccountDecider.Decider, Account.Stream(user.Id), command, context, cancellationToken);
    }

    private async Task<AccountUser?> LoadAsync(Guid id, CancellationToken cancellationToken)
    {
        var (state, revision) = await handler.StateAsync(AccountDecider.Decider, Account.Stream(id), cancellationToken);
        return state.Id is null
            ? null
            : new AccountUser(id, new(state, revision, LogPosition.Start, []))
            {
                LoginName = Open(state.LoginName),
                PasswordHash = Open(state.PasswordHash),
                AuthenticatorKey = Open(state.AuthenticatorKey),
            };
    }

    private Guid? HolderOf(string name, LoginNames names)
    {
        foreach (var (account, taken) in names.ByAccount)
        {
            if (personal.Open(taken).ValueOrDefault == name)
            {
                return account;
            }
        }

        return null;
    }

    private static IdentityResult Taken(AccountUser user) => IdentityResult.Failed(new IdentityErrorDescriber().DuplicateUserName(user.LoginName!));

    private string? Open(Personal<string>? value) => value is null ? null : personal.Open(value).ValueOrDefault;
}
