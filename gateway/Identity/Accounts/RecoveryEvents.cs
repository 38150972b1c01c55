using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Accounts;

/// <summary>An administrator proposed to give the holder of an account a new way in: phone or password is lost.</summary>
/// <param name="By">Account of the administrator.</param>
[EventType("identity.recovery-proposed.v1")]
public sealed record RecoveryProposed(
    Guid AccountId, Guid By, [property: Personal(Regime.Police)] Personal<string> Reason, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>The proposal was turned down or taken back.</summary>
[EventType("identity.recovery-rejected.v1")]
public sealed record RecoveryRejected(Guid AccountId, Guid By, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>A second administrator agreed; a new invitation follows in the same breath.</summary>
[EventType("identity.recovery-approved.v1")]
public sealed record RecoveryApproved(Guid AccountId, Guid ProposedBy, Guid By, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>The holder has seen who recovered the account, and when.</summary>
[EventType("identity.recovery-seen.v1")]
public sealed record RecoverySeen(Guid AccountId, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}
