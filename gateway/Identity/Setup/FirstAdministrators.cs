using Barnahus.Identity.Accounts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Identity.Setup;

/// <summary>
/// A new installation has two ways in, for two people: the accounts <c>administrator</c> and <c>second-administrator</c>, each taken up with a code of its
/// own that is configured or printed at start; neither alone gives anybody a right. Until they are taken up, every start prints new codes; afterwards
/// there is nothing to print and nothing to find. Where too few administrators are left, whoever runs the installation names one more
/// (<c>Identity:NewAdministrator</c>): it stands on the log as the installation's own deed.
/// </summary>
public sealed class FirstAdministrators(Invitations invitations, AccountStore store, IdentitySettings settings, Announcements announcements)
{
    private const string First = "administrator";
    private const string Second = "second-administrator";

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        // The first is made last: while it is not there the installation is new, whatever was interrupted. One from before there were two keeps what it has.
        var isNew = await FindAsync(IdOf(First), cancellationToken) is null;
        await EnsureAsync(Second, settings.SecondSetupSecret, isNew, cancellationToken);
        await EnsureAsync(First, settings.SetupSecret, make: true, cancellationToken);
        if (settings.NewAdministrator is { } another)
        {
            try
            {
                await EnsureAsync(another, null, make: true, cancellationToken);
            }
            catch (InvalidException taken)
            {
                throw new SettingException($"Identity:NewAdministrator is '{another}', which cannot be the login name of a new account. Choose another, or take the setting away.", taken);
            }
        }
    }

    private async Task EnsureAsync(string loginName, string? secret, bool make, CancellationToken cancellationToken)
    {
        var user = await FindAsync(IdOf(loginName), cancellationToken);
        if (user is { State.WasActivated: true } or { State.Disabled: true } || (user is null && !make))
        {
            return;
        }

        var account = new NewAccount(IdOf(loginName), loginName, "Administrator", settings.Organisation, [Roles.Administrator], []);
        var code = user is null
            ? await invitations.InviteAsync(account, secret, cancellationToken)
            : await invitations.InviteAgainAsync(user, secret, cancellationToken);
        var activation = new Uri(settings.Gateway, "/account/activation").AbsoluteUri;
        announcements.Say(secret is null
            ? $"Administrator: open {activation} as '{loginName}' with the code {code}"
            : $"Administrator: open {activation} as '{loginName}' with the configured setup secret");
    }

    private Task<AccountUser?> FindAsync(Guid accountId, CancellationToken cancellationToken) => store.FindByIdAsync(accountId.ToString("D"), cancellationToken);

    private static Guid IdOf(string loginName) => DerivedId.From(loginName == First ? "identity/first-administrator" : $"identity/administrator/{loginName}");
}

/// <summary>Says something once to the person who starts the installation: on the console, never in a log file.</summary>
public sealed class Announcements(Action<string> say)
{
    /// <summary>
    /// A process of its own has a log file for a console: what is meant for the person who starts it goes where only that person reads, the file that
    /// <c>Identity:AnnouncementsFile</c> names in the environment; null where it names none.
    /// </summary>
    public static Action<string>? ToFile() =>
        Environment.GetEnvironmentVariable("Identity__AnnouncementsFile") is { } told ? line => DemoFolder.Append(told, line) : null;

    public void Say(string line) => say(line);
}
