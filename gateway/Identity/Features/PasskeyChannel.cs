using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Sessions;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Features;

/// <summary>Passkeys over the back channel: signing in with one, and a person's own ones added, listed and removed.</summary>
internal static class PasskeyChannel
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/passkey-questions", async (PasskeyDesk desk, HttpContext http) => Results.Json(await desk.AskAsync(http)));
        group.MapPost("/passkey-sign-ins", SignInAsync);
        group.MapPost("/new-passkey-questions", (SessionRequest request, PasskeyDesk desk, HttpContext http, SessionDesk sessions, AccountStore store, Hand hand) =>
            WithOwnerAsync(request.SessionId, takesRecentProof: true, sessions, store, hand, http, async user => Results.Json(await desk.AskNewAsync(user, http))));
        group.MapPost("/passkeys", (NewPasskeyRequest request, PasskeyDesk desk, HttpContext http, SessionDesk sessions, AccountStore store, Hand hand) =>
            WithOwnerAsync(request.SessionId, takesRecentProof: true, sessions, store, hand, http, async user =>
            {
                await desk.AddAsync(user, request.Answer, request.Name, http);
                return Results.NoContent();
            }));
        group.MapPost("/passkey-lists", (SessionRequest request, PersonalData personal, HttpContext http, SessionDesk sessions, AccountStore store, Hand hand) =>
            WithOwnerAsync(request.SessionId, takesRecentProof: false, sessions, store, hand, http, user => Task.FromResult(Results.Json(Show(user, personal)))));
        group.MapPost("/passkey-removals", (PasskeyRequest request, HttpContext http, SessionDesk sessions, AccountStore store, Hand hand) =>
            WithOwnerAsync(request.SessionId, takesRecentProof: true, sessions, store, hand, http, async user =>
            {
                await store.SendAsync(user, new AccountCommand.RemovePasskey(request.PasskeyId, hand.Now), http.RequestAborted);
                return Results.NoContent();
            }));
    }

    private static async Task<IResult> SignInAsync(
        PasskeySignInRequest request, PasskeyDesk desk, SessionDesk sessions, HttpContext http, CancellationToken cancellationToken) =>
        await desk.SignInAsync(request.Answer, http) is { } account
            ? Results.Json(await sessions.StartAsync(account, "passkey", request.Session, cancellationToken))
            : BackChannel.Refused();

    /// <summary>By the hand of the person whose session asks. A passkey is a way in: to add or remove one takes a recent proof.</summary>
    private static async Task<IResult> WithOwnerAsync(
        Guid sessionId, bool takesRecentProof, SessionDesk sessions, AccountStore store, Hand hand, HttpContext http, Func<AccountUser, Task<IResult>> work)
    {
        if (await sessions.OpenAsync(sessionId, http.RequestAborted) is not var (session, account)
            || await store.FindByIdAsync(account.Id!.Value.ToString("D"), http.RequestAborted) is not { } user)
        {
            return BackChannel.Refused();
        }

        if (takesRecentProof && hand.Now - session.AuthenticatedAt > RecentSignIn.Within)
        {
            return Results.Problem(RecentSignIn.Problem());
        }

        hand.Acts(new(Guid.CreateVersion7(), new Actor(user.Id, session.Role ?? "", null, GatewayClient.Id), null, hand.Now, Guid.CreateVersion7()));
        try
        {
            return await work(user);
        }
        catch (Exception expected) when (Problems.From(expected) is { } problem)
        {
            return Results.Problem(problem);
        }
    }

    private static IEnumerable<PasskeyReply> Show(AccountUser user, PersonalData personal) => user.State.Passkeys.Values
        .OrderBy(passkey => passkey.Added.At)
        .Select(passkey => new PasskeyReply(passkey.Added.PasskeyId, personal.Open(passkey.Added.Name).ValueOrDefault, passkey.Added.At, passkey.UsedAt, passkey.BackedUp));
}

public sealed record PasskeySignInRequest(PasskeyAnswer Answer, SessionStart Session);

/// <param name="Name">What its holder calls it.</param>
public sealed record NewPasskeyRequest(Guid SessionId, PasskeyAnswer Answer, string? Name);

public sealed record PasskeyRequest(Guid SessionId, Guid PasskeyId);

/// <param name="UsedAt">Null: never.</param>
/// <param name="BackedUp">Its device keeps a copy elsewhere.</param>
public sealed record PasskeyReply(Guid PasskeyId, string? Name, DateTimeOffset AddedAt, DateTimeOffset? UsedAt, bool BackedUp);
