using Barnahus.Identity.Accounts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;

namespace Barnahus.Identity.Setup;

/// <summary>
/// A new installation has one way in: the account <c>administrator</c>, taken up with a code that is configured or printed at start.
/// Until it is taken up, every start prints a new code; afterwards there is nothing to print and nothing to find.
/// </summary>
public sealed class FirstAdministrator(Invitations invitations, AccountStore store, IdentitySettings settings, Announcements announcements)
{
    private static readonly Guid AccountId = DerivedId.From("identity/first-administrator");

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        var user = await store.FindByIdAsync(AccountId.ToString("D"), cancellationToken);
        if (user is { State.Invitation: null })
        {
            return;
        }

        var account = new NewAccount(AccountId, "administrator", "Administrator", settings.Organisation, [Roles.Administrator], []);
        var code = user is null
            ? await invitations.InviteAsync(account, settings.SetupSecret, cancellationToken)
            : await invitations.InviteAgainAsync(user, settings.SetupSecret, cancellationToken);
        var activation = new Uri(settings.Gateway, "/account/activation").AbsoluteUri;
        announcements.Say(settings.SetupSecret is null
            ? $"First administrator: open {activation} as 'administrator' with the code {code}"
            : $"First administrator: open {activation} as 'administrator' with the configured setup secret");
    }
}

/// <summary>Says something once to the person who starts the installation: on the console, never in a log file.</summary>
public sealed class Announcements(Action<string> say)
{
    public void Say(string line) => say(line);
}
