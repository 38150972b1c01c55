using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Accounts;

/// <summary>An administrator proposed that an account may act in a role or a region. It gives nothing until another approves.</summary>
/// <param name="Kind"><c>role</c> or <c>region</c>.</param>
/// <param name="By">Account of the administrator.</param>
[EventType("identity.right-proposed.v1")]
public sealed record RightProposed(Guid AccountId, string Kind, string Name, Guid By, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>The proposal was turned down or taken back.</summary>
/// <param name="Kind"><c>role</c> or <c>region</c>.</param>
/// <param name="By">Account of the administrator.</param>
[EventType("identity.right-rejected.v1")]
public sealed record RightRejected(Guid AccountId, string Kind, string Name, Guid By, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>A second administrator agreed; the role or region is granted in the same breath.</summary>
/// <param name="Kind"><c>role</c> or <c>region</c>.</param>
/// <param name="ProposedBy">Account of the one administrator.</param>
/// <param name="By">Account of the other.</param>
[EventType("identity.right-approved.v1")]
public sealed record RightApproved(Guid AccountId, string Kind, string Name, Guid ProposedBy, Guid By, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}
