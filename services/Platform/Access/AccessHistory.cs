using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.Access;

// Versions that are read and never written any more.

/// <summary>One request saw this; it did not say from where.</summary>
[EventType("accesses.looked.v1", Retired = true)]
public sealed record LookedV1(Guid OperationId, string Method, string Route, IReadOnlyList<Look> Looks) : IEvent
{
    public SubjectId Subject => Looks[0].About;
}

/// <summary>What was not said stays unknown.</summary>
internal sealed class AccessHistory : IUpcaster<LookedV1, Looked>
{
    public Looked Upcast(LookedV1 old) => new(old.OperationId, old.Method, old.Route, null, old.Looks);
}
