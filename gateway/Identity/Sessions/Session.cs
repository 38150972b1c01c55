using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Sessions;

/// <summary>A person's session, folded from <c>identity.session-{id}</c>. All times are security time.</summary>
/// <param name="AccountId">Null: there is no such session.</param>
/// <param name="UsedAt">Last use that was noted.</param>
/// <param name="AuthenticatedAt">When its holder last proved who they are: at the start, or since.</param>
/// <param name="Role">Stated role; null: none yet.</param>
/// <param name="Purpose">Stated purpose; null: none yet.</param>
/// <param name="FailedConfirmations">Proofs that were wrong since the last right one.</param>
public sealed record Session(
    Guid? AccountId,
    DateTimeOffset StartedAt,
    DateTimeOffset ExpiresAt,
    TimeSpan Idle,
    DateTimeOffset UsedAt,
    DateTimeOffset AuthenticatedAt,
    string? Role,
    string? Purpose,
    int FailedConfirmations,
    bool Ended)
{
    /// <summary>With this many wrong proofs one after the other a session ends: whoever has somebody else's cannot guess on in it.</summary>
    public const int MostFailedConfirmations = 5;

    /// <summary>A use is noted when the last noted one is this old.</summary>
    public static readonly TimeSpan NoteEvery = TimeSpan.FromMinutes(4);

    public static readonly Session Initial = new(null, default, default, default, default, default, null, null, 0, Ended: false);

    public static readonly Decider<SessionCommand, Session> Decider = new(Initial, Decide, Evolve);

    public static string Stream(Guid id) => $"identity.session-{id:D}";

    /// <summary>Neither ended nor too old nor idle for too long.</summary>
    /// <param name="seenAt">Last request of before, as far as the asker knows.</param>
    public bool IsOpen(DateTimeOffset at, DateTimeOffset seenAt) =>
        AccountId is not null && !Ended && at <= ExpiresAt && at - (seenAt > UsedAt ? seenAt : UsedAt) <= Idle;

    private static Decision Decide(SessionCommand command, Session session) => (command, session.AccountId) switch
    {
        (SessionCommand.Start c, null) => Decision.Accept(new SessionStarted(
            c.SessionId, c.AccountId, c.Method, Personal.Of(c.Device), Personal.Of(c.Address), c.At, c.ExpiresAt, c.Idle)),
        (SessionCommand.Start, _) => Decision.Refuse("session-exists", "This session was started before."),
        (_, null) => Over,
        (SessionCommand.End c, { } account) => session.Ended ? Decision.Nothing : Decision.Accept(new SessionEnded(c.SessionId, account, c.Reason, c.At)),
        _ when session.Ended => Over,
        (SessionCommand.Use c, { } account) => !session.IsOpen(c.At, c.SeenAt) ? Over
            : c.At - session.UsedAt < NoteEvery ? Decision.Nothing
            : Decision.Accept(new SessionUsed(c.SessionId, account, c.At)),
        (SessionCommand.StatePurpose c, { } account) => (session.Role, session.Purpose) == (c.Role, c.Purpose)
            ? Decision.Nothing
            : Decision.Accept(new SessionPurposeStated(c.SessionId, account, c.Role, c.Purpose)),
        (SessionCommand.Confirm c, { } account) => Decision.Accept(new SessionConfirmed(c.SessionId, account, c.Method, c.At)),
        (SessionCommand.FailConfirmation c, { } account) => session.FailedConfirmations + 1 < MostFailedConfirmations
            ? Decision.Accept(new SessionConfirmationFailed(c.SessionId, account, c.At))
            : Decision.Accept(new SessionConfirmationFailed(c.SessionId, account, c.At), new SessionEnded(c.SessionId, account, "guessed-in", c.At)),
        _ => throw new InvalidOperationException($"A session does not know {command.GetType().Name}."),
    };

    private static Session Evolve(Session session, IEvent @event) => @event switch
    {
        SessionStarted e => new(e.AccountId, e.At, e.ExpiresAt, e.Idle, e.At, e.At, null, null, 0, Ended: false),
        SessionUsed e => session with { UsedAt = e.At },
        SessionPurposeStated e => session with { Role = e.Role, Purpose = e.Purpose },
        SessionConfirmed e => session with { AuthenticatedAt = e.At, UsedAt = e.At, FailedConfirmations = 0 },
        SessionConfirmationFailed => session with { FailedConfirmations = session.FailedConfirmations + 1 },
        SessionEnded => session with { Ended = true },
        _ => throw new InvalidOperationException($"A session does not know {@event.GetType().Name}."),
    };

    private static Decision Over { get; } = Decision.Refuse("session-over", "This session has ended. Sign in again.");
}

/// <summary>What can be asked of a session.</summary>
public abstract record SessionCommand(Guid SessionId)
{
    public sealed record Start(
        Guid SessionId, Guid AccountId, string Method, string Device, string Address, DateTimeOffset At, DateTimeOffset ExpiresAt, TimeSpan Idle)
        : SessionCommand(SessionId);

    /// <param name="SeenAt">Last request of before, as far as the gateway knows.</param>
    public sealed record Use(Guid SessionId, DateTimeOffset SeenAt, DateTimeOffset At) : SessionCommand(SessionId);

    public sealed record StatePurpose(Guid SessionId, string Role, string Purpose) : SessionCommand(SessionId);

    public sealed record Confirm(Guid SessionId, string Method, DateTimeOffset At) : SessionCommand(SessionId);

    public sealed record FailConfirmation(Guid SessionId, DateTimeOffset At) : SessionCommand(SessionId);

    public sealed record End(Guid SessionId, string Reason, DateTimeOffset At) : SessionCommand(SessionId);
}
