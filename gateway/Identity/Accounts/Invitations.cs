using System.Security.Cryptography;
using System.Text;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Microsoft.AspNetCore.Identity;

namespace Barnahus.Identity.Accounts;

/// <summary>Invites people, and takes invitations up: with the code, a password and the second factor, in one step.</summary>
public sealed class Invitations(UserManager<AccountUser> users, AccountStore store, SignInDesk desk, PersonalData personal, IdentitySettings settings, Hand hand)
{
    /// <summary>How long an invitation is good.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    /// <summary>A refusal leaves no sooner than this: longer than any way to it takes, so that the time does not tell whether there is such an account.</summary>
    private static readonly TimeSpan RefusedAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>Makes an account. Its rights are proposed with it where a person invites, and given at once where the installation does.</summary>
    /// <param name="code">The code to hand over; null: a new random one.</param>
    /// <returns>The invitation code: shown once, kept nowhere. Null when this request was carried out before: its code was shown then.</returns>
    /// <exception cref="InvalidException">The login name cannot be used.</exception>
    public async Task<string?> InviteAsync(NewAccount account, string? code, CancellationToken cancellationToken)
    {
        code ??= users.GenerateNewAuthenticatorKey();
        var user = AccountUser.New(account.AccountId);
        user.LoginName = LoginNameNormaliser.Normalise(account.LoginName);
        user.Pending.Add(new AccountCommand.Invite(
            account.AccountId,
            user.LoginName,
            account.Name,
            account.Organisation,
            Hash(code),
            hand.Now + Life));
        user.Pending.AddRange(account.Roles.Select(role => new AccountCommand.Grant(Right.Role(role), hand.AccountId, hand.Now)));
        user.Pending.AddRange(account.Regions.Select(region => new AccountCommand.Grant(Right.Region(region.Trim()), hand.AccountId, hand.Now)));
        var result = await users.CreateAsync(user);
        cancellationToken.ThrowIfCancellationRequested();
        return !result.Succeeded ? throw new InvalidException("loginName", string.Join(' ', result.Errors.Select(error => error.Description)))
            : Expected(user) == Hash(code) ? code
            : null;
    }

    /// <summary>Invites the holder again, who never took the first invitation up.</summary>
    public async Task<string?> InviteAgainAsync(AccountUser user, string? code, CancellationToken cancellationToken)
    {
        code ??= users.GenerateNewAuthenticatorKey();
        var command = new AccountCommand.InviteAgain(Hash(code), hand.Now + Life, hand.Now, hand.AccountId);
        await store.SendAsync(user, command, cancellationToken);
        return Expected(user) == Hash(code) ? code : null;
    }

    /// <summary>Approves a recovery that another administrator proposed; the code is the holder's new way in.</summary>
    /// <exception cref="RefusedException">Nobody proposed it, or the same administrator did.</exception>
    public async Task<string?> ApproveRecoveryAsync(AccountUser user, Guid by, CancellationToken cancellationToken)
    {
        var code = users.GenerateNewAuthenticatorKey();
        var command = new AccountCommand.ApproveRecovery(by, Hash(code), hand.Now + Life, hand.Now);
        await store.SendAsync(user, command, cancellationToken);
        return Expected(user) == Hash(code) ? code : null;
    }

    /// <summary>The account that this code belongs to; null for anything wrong, without a word why.</summary>
    public async Task<AccountUser?> OpenAsync(string loginName, string code)
    {
        var waited = Task.Delay(RefusedAfter);
        var user = await users.FindByNameAsync(loginName);
        var expected = user?.State is { Disabled: false, Invitation: { } invitation } && invitation.ExpiresAt > hand.Now ? Expected(user) : null;
        var same = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(code)), Encoding.ASCII.GetBytes(expected ?? Hash("")));
        if (same && expected is not null)
        {
            return user;
        }

        await waited;
        return null;
    }

    /// <summary>A key for the second factor, another one at each opening: whoever opens the form beside the holder learns nothing of what the holder's device gets. Null: none is asked.</summary>
    public string? NewAuthenticatorKey() => settings.Demo ? null : users.GenerateNewAuthenticatorKey();

    /// <summary>Takes the invitation up.</summary>
    /// <param name="authenticatorKey">The key that the holder's form showed; from now on it is the account's.</param>
    /// <exception cref="InvalidException">The password is too weak, or the code of the second factor is wrong.</exception>
    public async Task ActivateAsync(AccountUser user, string password, string? authenticatorKey, string? authenticatorCode, CancellationToken cancellationToken)
    {
        foreach (var validator in users.PasswordValidators)
        {
            var result = await validator.ValidateAsync(users, user, password);
            if (!result.Succeeded)
            {
                throw new InvalidException("password", string.Join(' ', result.Errors.Select(error => error.Description)));
            }
        }

        user.AuthenticatorKey = settings.Demo ? null : authenticatorKey;
        if (!settings.Demo && !await desk.IsCodeAsync(user, authenticatorCode, cancellationToken))
        {
            throw new InvalidException("authenticatorCode", "This is not the code that your authenticator app shows now. Wait for the next one and try again.");
        }

        var hash = users.PasswordHasher.HashPassword(user, password);
        await store.SendAsync(user, new AccountCommand.Activate(hash, user.AuthenticatorKey, hand.Now), cancellationToken);
    }

    private string? Expected(AccountUser user) =>
        user.State.Invitation is { } invitation ? personal.Open(invitation.Hash).ValueOrDefault : null;

    private static string Hash(string code)
    {
        var spelled = code.Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(spelled)));
    }
}

/// <summary>A person to invite.</summary>
/// <param name="Organisation">OIN.</param>
public sealed record NewAccount(
    Guid AccountId, string LoginName, string Name, string Organisation, IReadOnlyCollection<string> Roles, IReadOnlyCollection<string> Regions);
