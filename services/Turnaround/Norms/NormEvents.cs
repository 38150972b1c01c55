using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Turnaround.Norms;

/// <summary>A version of a definition holds from its day on. Clocks that run keep the version they started with.</summary>
/// <param name="Norm">The definition.</param>
/// <param name="Shipped">It came with the program; else an administrator published it.</param>
[EventType("turnaround.norm-published.v1")]
public sealed record NormPublished(Norm Norm, bool Shipped) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}
