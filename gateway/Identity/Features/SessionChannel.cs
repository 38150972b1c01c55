using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Sessions;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;

namespace Barnahus.Identity.Features;

/// <summary>Sessions over the back channel: a token for one, its purpose, confirmed, listed, ended, and news of them.</summary>
internal static class SessionChannel
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/access-tokens", ExchangeAsync);
        group.MapPost("/session-purposes", StateAsync);
        group.MapPost("/session-confirmations", ConfirmAsync);
        group.MapPost("/session-lists", ListAsync);
        group.MapPost("/recoveries-seen", SeeRecoveryAsync);
        group.MapPost("/session-endings", EndAsync);
        group.MapPost("/session-news", NewsAsync).DisableRequestTimeout();
    }

    /// <summary>Open sessions of an account.</summary>
    internal static IEnumerable<SessionReply> Show(SessionIndex index, PersonalData personal, Guid accountId, DateTimeOffset now, Guid? current = null) =>
        index.Of(accountId, now).Select(row => new SessionReply(
            row.SessionId,
            row.Method,
            personal.Open(row.Device).ValueOrDefault,
            personal.Open(row.Address).ValueOrDefault,
            row.StartedAt,
            row.UsedAt,
            row.ExpiresAt,
            row.SessionId == current));

    private static async Task<IResult> ExchangeAsync(ExchangeRequest request, SessionDesk desk, CancellationToken cancellationToken) =>
        await desk.ExchangeAsync(request.SessionId, request.SeenAt, cancellationToken) is { } reply ? Results.Json(reply) : BackChannel.Refused();

    private static async Task<IResult> StateAsync(PurposeRequest request, SessionDesk desk, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(request.SessionId, cancellationToken) is not { Account: var account } || !account.Roles.Contains(request.Role))
        {
            return BackChannel.Refused();
        }

        await desk.SendAsync(new SessionCommand.StatePurpose(request.SessionId, request.Role, request.Purpose), cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> ConfirmAsync(
        ConfirmationRequest request,
        SessionDesk desk,
        SignInDesk judge,
        PasskeyDesk passkeys,
        Turnstiles turnstiles,
        Hand hand,
        HttpContext http,
        CancellationToken cancellationToken)
    {
        // The session's own and not the account's: whoever is at the door in vain does not stand in its holder's way.
        using var turn = await turnstiles.EnterAsync(request.SessionId, cancellationToken);
        if (await desk.OpenAsync(request.SessionId, cancellationToken) is not { Account: var account })
        {
            return BackChannel.Refused();
        }

        var method = request.Passkey is { } passkey
            ? await passkeys.IsAsync(account.Id!.Value, passkey, http) ? "passkey" : null
            : await judge.ConfirmAsync(account.Id!.Value, request.Password, request.Code, cancellationToken);
        if (method is null)
        {
            await desk.SendAsync(new SessionCommand.FailConfirmation(request.SessionId, hand.Now), cancellationToken);
            return BackChannel.Refused();
        }

        var session = await desk.SendAsync(new SessionCommand.Confirm(request.SessionId, method, hand.Now), cancellationToken);
        return Results.Json(await desk.ReplyAsync(account, request.SessionId, session, cancellationToken));
    }

    private static async Task<IResult> SeeRecoveryAsync(
        SessionRequest request, SessionDesk desk, AccountStore store, Hand hand, CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(request.SessionId, cancellationToken) is not { Account.Id: { } accountId }
            || await store.FindByIdAsync(accountId.ToString("D"), cancellationToken) is not { } user)
        {
            return BackChannel.Refused();
        }

        hand.Acts(Owner(accountId, "", hand.Now));
        await store.SendAsync(user, new AccountCommand.SeeRecovery(hand.Now), cancellationToken);
        return Results.NoContent();
    }

    private static async Task<IResult> ListAsync(
        SessionRequest request, SessionDesk desk, SessionIndex index, PersonalData personal, Hand hand, CancellationToken cancellationToken) =>
        await desk.OpenAsync(request.SessionId, cancellationToken) is { Account: var account }
            ? Results.Json(Show(index, personal, account.Id!.Value, hand.Now, request.SessionId))
            : BackChannel.Refused();

    /// <summary>A session ends itself, or, while it is open, others of its account. Signing out of what is over already is done, not refused.</summary>
    private static async Task<IResult> EndAsync(
        EndRequest request, SessionDesk desk, SessionIndex index, CommandHandler handler, Hand hand, CancellationToken cancellationToken)
    {
        var (asking, _) = await handler.StateAsync(Session.Decider, Session.Stream(request.SessionId), cancellationToken);
        if (asking.AccountId is not { } accountId
            || (request.Ends != request.SessionId && await desk.OpenAsync(request.SessionId, cancellationToken) is null))
        {
            return BackChannel.Refused();
        }

        hand.Acts(Owner(accountId, asking.Role ?? "", hand.Now));
        List<Guid> ends = request.Ends is { } one ? [one] : [.. index.Of(accountId, hand.Now).Select(row => row.SessionId).Where(id => id != request.SessionId)];
        foreach (var id in ends)
        {
            var (session, _) = await handler.StateAsync(Session.Decider, Session.Stream(id), cancellationToken);
            if (session.AccountId != accountId)
            {
                return BackChannel.Refused();
            }

            await desk.SendAsync(new SessionCommand.End(id, request.Reason, hand.Now), cancellationToken);
        }

        return Results.NoContent();
    }

    private static CommandContext Owner(Guid accountId, string role, DateTimeOffset now) =>
        new(Guid.CreateVersion7(), new Actor(accountId, role, null, GatewayClient.Id), null, now, Guid.CreateVersion7());

    /// <summary>Answers at once when something ended or changed, else after the wait: a gateway asks again and again, and so knows within moments.</summary>
    private static async Task<IResult> NewsAsync(
        NewsRequest request, SessionIndex index, ViewHost views, IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        if (request.After is not { } after)
        {
            return Results.Json(new NewsReply(views.Position.Value, [], []));
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var news = await index.NewsAsync(new(after), request.AtMost < LongestWait ? request.AtMost : LongestWait, stopping.Token);
        return Results.Json(new NewsReply(
            news.Count > 0 ? news.Max(one => one.At).Value : after,
            [.. news.Where(one => one.Ended).Select(one => one.SessionId)],
            [.. news.Where(one => !one.Ended).Select(one => one.SessionId)]));
    }
}
