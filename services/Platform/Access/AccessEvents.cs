using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.Access;

/// <summary>
/// Streams <c>access.child-{id}</c>: who may see a child. Intake alone writes them; every service folds them straight from the log,
/// so that an outage of the bus never leaves a door open (architecture.md, What runs).
/// </summary>
public static class AccessStream
{
    public static string Of(Guid childId) => $"access.child-{childId:D}";
}

/// <summary>An account came on the child's team, in one role.</summary>
[EventType("access.member-added.v1")]
public sealed record MemberAdded(Guid ChildId, Guid AccountId, string Role) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>An account left the child's team in that role.</summary>
[EventType("access.member-removed.v1")]
public sealed record MemberRemoved(Guid ChildId, Guid AccountId, string Role) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>An explicit grant to one account for one group of data, until a moment (domain time).</summary>
[EventType("access.grant-given.v1")]
public sealed record GrantGiven(Guid ChildId, Guid GrantId, Guid AccountId, DataGroup Group, DateTimeOffset Until) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>A grant was taken back.</summary>
[EventType("access.grant-withdrawn.v1")]
public sealed record GrantWithdrawn(Guid ChildId, Guid GrantId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>An account is in conflict of interest with the child (family, acquaintance, colleague of the suspect): refused whatever its role.</summary>
[EventType("access.conflict-marked.v1")]
public sealed record ConflictMarked(Guid ChildId, Guid AccountId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>One of the team says that the mark was an error or has ended; it stays until another of the team says so too: what opens a child takes two.</summary>
[EventType("access.conflict-lift-proposed.v1")]
public sealed record ConflictLiftProposed(Guid ChildId, Guid AccountId, Guid ProposedBy) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>The mark was an error or has ended.</summary>
[EventType("access.conflict-lifted.v1")]
public sealed record ConflictLifted(Guid ChildId, Guid AccountId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>
/// Somebody outside the team opened the file in an emergency (access.md, break-glass): until a moment (domain time) the account sees what its role
/// would see on the team. It stays open for review until somebody else has judged it.
/// </summary>
/// <param name="Reason">Why it could not wait, in the words of who opened it.</param>
[EventType("access.glass-broken.v1")]
public sealed record GlassBroken(
    Guid ChildId, Guid BreakId, Guid AccountId, string Role, DateTimeOffset Until, [property: Personal(Regime.Police)] Personal<string> Reason) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>An emergency opening was judged; what was left of its time ends with it.</summary>
/// <param name="Justified">Whether it was right to open the file.</param>
/// <param name="Remark">What the reviewer says of it.</param>
[EventType("access.glass-reviewed.v1")]
public sealed record GlassReviewed(
    Guid ChildId, Guid BreakId, bool Justified, [property: Personal(Regime.Police)] Personal<string>? Remark) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>A prosecutor asks that an auditor may read content for a while; without an administrator's yes it opens nothing.</summary>
[EventType("access.grant-proposed.v1")]
public sealed record GrantProposed(Guid ChildId, Guid GrantId, Guid AccountId, DataGroup Group, DateTimeOffset Until, Guid ProposedBy) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>
/// Somebody of the team asks that an auditor be kept from the child by a conflict of interest; without an administrator's yes it changes nothing, so that
/// nobody puts who oversees out of sight alone.
/// </summary>
/// <param name="ProposalId">What the administrator says yes or no to.</param>
[EventType("access.conflict-proposed.v1")]
public sealed record ConflictProposed(Guid ChildId, Guid ProposalId, Guid AccountId, Guid ProposedBy) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>Two files of one child were merged: this id points on to the other, whose team both teams now are.</summary>
[EventType("access.child-merged.v1")]
public sealed record ChildMerged(Guid ChildId, Guid IntoChildId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}
