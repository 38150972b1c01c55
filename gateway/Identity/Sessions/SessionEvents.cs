using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Sessions;

// A session's id is made one-way from the secret in the browser's cookie, so that who reads the log cannot act in any session.

/// <summary>Somebody signed in.</summary>
/// <param name="Method">How: <c>password</c>, <c>passkey</c> or <c>provider</c>.</param>
/// <param name="Device">What the browser calls itself; for its owner to tell sessions apart.</param>
/// <param name="Address">Network address it came from.</param>
/// <param name="ExpiresAt">Over by then, whatever happens in it.</param>
/// <param name="Idle">Over after this time without a request.</param>
[EventType("identity.session-started.v1")]
public sealed record SessionStarted(
    Guid SessionId,
    Guid AccountId,
    string Method,
    [property: Personal(Regime.Police)] Personal<string> Device,
    [property: Personal(Regime.Police)] Personal<string> Address,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt,
    TimeSpan Idle) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>A session was in use: noted once in a few minutes, so that its idle time is known after a restart.</summary>
[EventType("identity.session-used.v1")]
public sealed record SessionUsed(Guid SessionId, Guid AccountId, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>In which role and why its holder works from now on.</summary>
[EventType("identity.session-purpose-stated.v1")]
public sealed record SessionPurposeStated(Guid SessionId, Guid AccountId, string Role, string Purpose) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>The holder proved once more, within the session, who they are.</summary>
/// <param name="Method"><c>password</c>, <c>code</c> or <c>passkey</c>.</param>
[EventType("identity.session-confirmed.v1")]
public sealed record SessionConfirmed(Guid SessionId, Guid AccountId, string Method, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>Somebody in the session tried to prove that they are its holder, and could not. Counted here and not on the account: who only knows a name locks nobody out of what an open session may do.</summary>
[EventType("identity.session-confirmation-failed.v1")]
public sealed record SessionConfirmationFailed(Guid SessionId, Guid AccountId, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>A session was ended; by whose hand stands in the envelope.</summary>
/// <param name="Reason"><c>signed-out</c>, <c>replaced</c> (the same browser signed in anew), <c>too-old</c> (its idle or absolute limit), <c>by-owner</c>, <c>by-administrator</c> or <c>guessed-in</c> (too many wrong proofs one after the other).</param>
[EventType("identity.session-ended.v1")]
public sealed record SessionEnded(Guid SessionId, Guid AccountId, string Reason, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}
