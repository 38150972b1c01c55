using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Safety.Files;

/// <summary>Another safety coordinator took the child over, as it was done here before Intake alone named who looks after a child's safety.</summary>
/// <param name="From">Account that had it; null when nobody had.</param>
/// <param name="To">Account that has it now.</param>
/// <param name="HandedOverAt">When.</param>
/// <param name="Reason">Why.</param>
[EventType("safety.coordinator-handed-over.v1", Ended = true)]
public sealed record CoordinatorHandedOver(
    Guid ChildId,
    Guid? From,
    Guid To,
    DateTimeOffset HandedOverAt,
    [property: Personal(Regime.Care)] Personal<string> Reason) : FileEvent(ChildId);
