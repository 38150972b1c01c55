using Barnahus.Identity.Accounts;
using Barnahus.Identity.Sessions;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Features;

/// <summary>The administrator sees where an account is signed in, and ends it. Everybody's own sessions are at the gateway (<c>/api/account/sessions</c>).</summary>
public static class EndSessions
{
    public static void Map(RouteGroupBuilder routes)
    {
        var sessions = routes.MapGroup("/accounts/{accountId:guid}/sessions");
        sessions.MapGet("", ListAsync).Allow(Roles.Administrator, Roles.Auditor).WithSummary("Open sessions of an account");
        sessions.MapPost("/ending", EndAllAsync).Allow(Roles.Administrator).WithSummary("Ends all sessions of an account, at once");
        sessions.MapPost("/{sessionId:guid}/ending", EndAsync).Allow(Roles.Administrator).WithSummary("Ends one session, at once");
    }

    private static async Task<Answer<List<SessionReply>>> ListAsync(
        Guid accountId, SessionIndex index, AccountStore store, PersonalData personal, Caller caller, Hand hand, CancellationToken cancellationToken)
    {
        await RequireAsync(accountId, store, cancellationToken);
        caller.Saw(SubjectId.Account(accountId), "sessions");
        return Reply.Read(SessionChannel.Show(index, personal, accountId, hand.Now).ToList());
    }

    private static async Task<Answer<EndedSessions>> EndAllAsync(
        Guid accountId, SessionIndex index, AccountStore store, SessionDesk desk, Caller caller, Hand hand, CancellationToken cancellationToken)
    {
        await RequireAsync(accountId, store, cancellationToken);
        hand.Acts(caller.Command());
        var sessions = index.Of(accountId, hand.Now).ToList();
        foreach (var session in sessions)
        {
            await desk.SendAsync(new SessionCommand.End(session.SessionId, "by-administrator", hand.Now), cancellationToken);
        }

        return Reply.Read(new EndedSessions(accountId, [.. sessions.Select(session => session.SessionId)]));
    }

    private static async Task<Answer<EndedSessions>> EndAsync(
        Guid accountId, Guid sessionId, SessionDesk desk, CommandHandler handler, Caller caller, Hand hand, CancellationToken cancellationToken)
    {
        var (session, _) = await handler.StateAsync(Session.Decider, Session.Stream(sessionId), cancellationToken);
        if (session.AccountId != accountId)
        {
            throw new UnknownException();
        }

        hand.Acts(caller.Command());
        await desk.SendAsync(new SessionCommand.End(sessionId, "by-administrator", hand.Now), cancellationToken);
        return Reply.Read(new EndedSessions(accountId, [sessionId]));
    }

    /// <param name="Ended">Sessions that were open until now.</param>
    internal sealed record EndedSessions(Guid AccountId, IReadOnlyList<Guid> Ended);

    private static async Task RequireAsync(Guid accountId, AccountStore store, CancellationToken cancellationToken)
    {
        if (await store.FindByIdAsync(accountId.ToString("D"), cancellationToken) is null)
        {
            throw new UnknownException();
        }
    }
}
