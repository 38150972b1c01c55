using Barnahus.Identity.Clients;
using Barnahus.Platform.Deciding;
using Microsoft.AspNetCore.Identity;

namespace Barnahus.Identity.Accounts;

/// <summary>
/// Judges who wants to sign in. A wrong password, a wrong code, an unknown name, a locked and a disabled account get the same answer
/// after the same work: one account looked up, one password hashed, one event appended.
/// </summary>
public sealed class SignInDesk(
    UserManager<AccountUser> users,
    AccountStore store,
    CommandHandler handler,
    StrangersPassword stranger,
    Turnstiles turnstiles,
    OneTimeProofs proofs,
    IdentitySettings settings,
    Hand hand)
{
    /// <summary>A code of the second factor is taken for at most this long around its time, and once only.</summary>
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(5);

    /// <returns>The account, or null: not let in, and no word why.</returns>
    public async Task<Account?> TryAsync(string loginName, string password, string? code, CancellationToken cancellationToken)
    {
        // For a name that no account has, an id that no account has is looked up all the same; and whoever tries it many times at once waits in one
        // line, as for a name that one has.
        var attempt = Guid.CreateVersion7();
        var id = store.IdOf(loginName) ?? DerivedId.From($"sign-in/{LoginNameNormaliser.Normalise(loginName)}");
        using var turn = await turnstiles.EnterAsync(id, cancellationToken);
        var user = await users.FindByIdAsync(id.ToString("D"));
        if (user?.PasswordHash is not null)
        {
            return await JudgeAsync(user, password, code, cancellationToken);
        }

        stranger.Verify(password);
        await handler.HandleAsync(
            UnknownSignIns.Decider, UnknownSignIns.Stream(attempt), new UnknownSignIn(attempt, hand.Now), hand.Next("unknown"), cancellationToken);
        return null;
    }

    /// <summary>
    /// The holder of an open session, once more: by the password or by a code. Whether the account is locked makes no difference: a lock is what strangers
    /// at the door can bring about. Failures are counted in the session (<see cref="Sessions.Session.MostFailedConfirmations"/>).
    /// </summary>
    /// <returns>What it was proved with, or null: not proved.</returns>
    public async Task<string?> ConfirmAsync(Guid accountId, string? password, string? code, CancellationToken cancellationToken)
    {
        var user = await users.FindByIdAsync(accountId.ToString("D")) ?? throw new UnknownException();
        return password is { Length: > 0 } ? await users.CheckPasswordAsync(user, password) ? "password" : null
            : await IsCodeAsync(user, code, cancellationToken) ? "code"
            : null;
    }

    /// <summary>Whether this is the code that the holder's device shows now; each counts once.</summary>
    public async Task<bool> IsCodeAsync(AccountUser user, string? code, CancellationToken cancellationToken)
    {
        var digits = code?.Replace(" ", "", StringComparison.Ordinal);
        return digits is { Length: > 0 }
            && await users.VerifyTwoFactorTokenAsync(user, TokenOptions.DefaultAuthenticatorProvider, digits)
            && await proofs.TakeAsync($"code/{user.Id}/{digits}", hand.Now + CodeLife, cancellationToken);
    }

    private async Task<Account?> JudgeAsync(AccountUser user, string password, string? code, CancellationToken cancellationToken)
    {
        var right = await users.CheckPasswordAsync(user, password) && (settings.Demo || await IsCodeAsync(user, code, cancellationToken));
        if (!right)
        {
            await users.AccessFailedAsync(user);
            return null;
        }

        try
        {
            await store.SendAsync(user, new AccountCommand.SignIn(hand.Now), cancellationToken);
            return user.State;
        }
        catch (RefusedException)
        {
            // Locked or disabled: on the log, but not counted.
            await store.SendAsync(user, new AccountCommand.FailSignIn(hand.Now), cancellationToken);
            return null;
        }
    }
}

/// <summary>A hash of nobody's password: checking against it costs what checking a real one costs.</summary>
public sealed class StrangersPassword(IPasswordHasher<AccountUser> hasher)
{
    private readonly AccountUser _stranger = AccountUser.New(Guid.Empty);
    private readonly Lazy<string> _hash = new(() => hasher.HashPassword(AccountUser.New(Guid.Empty), Guid.NewGuid().ToString("N")));

    public void Verify(string password) => hasher.VerifyHashedPassword(_stranger, _hash.Value, password);

    /// <summary>Hashes now, so that the first stranger does not wait longer than the others.</summary>
    public void Prepare() => _ = _hash.Value;
}
