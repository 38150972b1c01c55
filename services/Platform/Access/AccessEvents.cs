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

/// <summary>The mark was an error or has ended.</summary>
[EventType("access.conflict-lifted.v1")]
public sealed record ConflictLifted(Guid ChildId, Guid AccountId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>Two files of one child were merged: this id points on to the other, whose team both teams now are.</summary>
[EventType("access.child-merged.v1")]
public sealed record ChildMerged(Guid ChildId, Guid IntoChildId) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}
