using System.Text.Json;
using Barnahus.Identity.Clients;
using Barnahus.Platform.Deciding;
using Microsoft.AspNetCore.Identity;

namespace Barnahus.Identity.Accounts;

/// <summary>Enrols passkeys and judges who signs in with one. What the browser is asked (a challenge) is answered once.</summary>
public sealed class PasskeyDesk(
    UserManager<AccountUser> users, IPasskeyHandler<AccountUser> passkeys, AccountStore store, CommandHandler handler, OneTimeProofs proofs, Hand hand)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private const int LongestName = 100;

    /// <summary>What the browser of a signed-in person is asked for a new passkey, and what to judge the answer by.</summary>
    public async Task<PasskeyQuestion> AskNewAsync(AccountUser user, HttpContext http)
    {
        var name = user.LoginName ?? "";
        var made = await passkeys.MakeCreationOptionsAsync(new() { Id = user.Id.ToString("D"), Name = name, DisplayName = name }, http);
        return new(made.CreationOptionsJson, made.AttestationState!);
    }

    /// <exception cref="InvalidException">The answer does not fit the question.</exception>
    /// <exception cref="RefusedException">The account may not have one more.</exception>
    public async Task AddAsync(AccountUser user, PasskeyAnswer answer, string? name, HttpContext http)
    {
        var judged = await proofs.TakeAsync($"challenge/{answer.State}", hand.Now + Life, http.RequestAborted)
            ? await passkeys.PerformAttestationAsync(new() { CredentialJson = answer.Credential, AttestationState = answer.State, HttpContext = http })
            : null;
        if (judged is not { Succeeded: true } || judged.UserEntity.Id != user.Id.ToString("D"))
        {
            throw new InvalidException("credential", "Your device did not make a passkey that we can use. Try again.");
        }

        var spelled = name?.Trim() is { Length: > 0 } given ? given : "Passkey";
        judged.Passkey.Name = spelled.Length > LongestName ? spelled[..LongestName] : spelled;
        await users.AddOrUpdatePasskeyAsync(user, judged.Passkey);
    }

    /// <summary>What a browser is asked for signing in: whichever passkey its user chooses, so that the question names nobody.</summary>
    public async Task<PasskeyQuestion> AskAsync(HttpContext http)
    {
        var made = await passkeys.MakeRequestOptionsAsync(null, http);
        return new(made.RequestOptionsJson, made.AssertionState!);
    }

    /// <returns>The account, or null: not let in, and no word why.</returns>
    public async Task<Account?> SignInAsync(PasskeyAnswer answer, HttpContext http)
    {
        if (await JudgeAsync(answer, http) is { } user)
        {
            try
            {
                await store.SendAsync(user, new AccountCommand.SignIn(hand.Now), http.RequestAborted);
                return user.State;
            }
            catch (RefusedException)
            {
                await store.SendAsync(user, new AccountCommand.FailSignIn(hand.Now), http.RequestAborted);
                return null;
            }
        }

        var attempt = Guid.CreateVersion7();
        await handler.HandleAsync(
            UnknownSignIns.Decider, UnknownSignIns.Stream(attempt), new UnknownSignIn(attempt, hand.Now), hand.Next("unknown"), http.RequestAborted);
        return null;
    }

    /// <summary>The holder of an open session, once more, by a passkey; also while strangers have locked the account.</summary>
    public async Task<bool> IsAsync(Guid accountId, PasskeyAnswer answer, HttpContext http) =>
        await JudgeAsync(answer, http) is { } user && user.Id == accountId;

    private async Task<AccountUser?> JudgeAsync(PasskeyAnswer answer, HttpContext http)
    {
        try
        {
            var judged = await proofs.TakeAsync($"challenge/{answer.State}", hand.Now + Life, http.RequestAborted)
                ? await passkeys.PerformAssertionAsync(new() { CredentialJson = answer.Credential, AssertionState = answer.State, HttpContext = http })
                : null;
            if (judged is not { Succeeded: true })
            {
                return null;
            }

            await users.AddOrUpdatePasskeyAsync(judged.User, judged.Passkey);
            return judged.User;
        }
        catch (Exception unreadable) when (unreadable is JsonException or FormatException or RefusedException)
        {
            return null;
        }
    }
}

/// <param name="Options">JSON for the browser (WebAuthn Level 3, 5.4 and 5.5).</param>
/// <param name="State">Comes back with the answer; the gateway seals it on the way through the browser.</param>
public sealed record PasskeyQuestion(string Options, string State);

/// <param name="Credential">JSON that the browser made.</param>
public sealed record PasskeyAnswer(string Credential, string State);
