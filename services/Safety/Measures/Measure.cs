using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;

namespace Barnahus.Safety.Measures;

/// <summary>Where a measure stands: proposed, active, confirmed, and then ended, lapsed or withdrawn.</summary>
public enum MeasureStatus
{
    Proposed,
    Active,
    Confirmed,
    Ended,
    Lapsed,
    Withdrawn,
}

/// <summary>A protection measure.</summary>
/// <param name="ClosedAt">When it ended, lapsed or was withdrawn.</param>
/// <param name="ExtendedAt">When it was last extended.</param>
public sealed record Measure(
    Guid MeasureId,
    MeasureStatus Status,
    DateTimeOffset Start,
    DateTimeOffset? End,
    [property: Personal(Regime.Care)] Personal<DateTimeOffset> ConfirmBy,
    DateTimeOffset ProposedAt,
    [property: Personal(Regime.Care)] Personal<MeasureContent> Content,
    DateTimeOffset? ConfirmedAt = null,
    DateTimeOffset? ClosedAt = null,
    DateTimeOffset? ExtendedAt = null)
{
    public bool IsOpen => Status is MeasureStatus.Proposed or MeasureStatus.Active or MeasureStatus.Confirmed;

    /// <summary>It should hold by now, or soon, and nobody has said that it does.</summary>
    public bool AwaitsConfirmation => Status is MeasureStatus.Proposed or MeasureStatus.Active;

    /// <summary>From when its terms count: its start, or the day it was written down when that came later.</summary>
    public DateTimeOffset CountsFrom => Start > ProposedAt ? Start : ProposedAt;

    /// <summary>From when the present term runs: an extension begins a new one, with warnings of its own.</summary>
    public DateTimeOffset TermFrom => ExtendedAt > CountsFrom ? ExtendedAt.Value : CountsFrom;
}

/// <summary>An alarm that was raised.</summary>
public sealed record Alarm(Guid AlarmId, [property: Personal(Regime.Care)] Personal<AlarmContent> Content, DateTimeOffset RaisedAt);

internal static class MeasureEvolution
{
    public static ChildSafety Evolve(ChildSafety state, MeasureEvent @event) => @event switch
    {
        MeasureProposed e => state with
        {
            Measures = state.Measures.Add(e.MeasureId, new(e.MeasureId, MeasureStatus.Proposed, e.Start, e.End, e.ConfirmBy, e.ProposedAt, e.Content)),
        },
        MeasureActivated e => Change(state, e.MeasureId, measure => measure with { Status = MeasureStatus.Active }),
        MeasureConfirmed e => Change(state, e.MeasureId, measure => measure with { Status = MeasureStatus.Confirmed, ConfirmedAt = e.ConfirmedAt }),
        MeasureExtended e => Change(state, e.MeasureId, measure => measure with { End = e.End, ExtendedAt = e.ExtendedAt }),
        MeasureEnded e => Change(state, e.MeasureId, measure => measure with { Status = MeasureStatus.Ended, ClosedAt = e.EndedAt }),
        MeasureWithdrawn e => Change(state, e.MeasureId, measure => measure with { Status = MeasureStatus.Withdrawn, ClosedAt = e.WithdrawnAt }),
        MeasureLapsed e => Change(state, e.MeasureId, measure => measure with { Status = MeasureStatus.Lapsed, ClosedAt = e.LapsedAt }),
        AlarmRaised e => state with { Alarms = state.Alarms.Add(e.AlarmId, new(e.AlarmId, e.Content, e.RaisedAt)) },
        _ => throw new InvalidOperationException($"Unknown event of a measure: {@event.GetType().Name}."),
    };

    private static ChildSafety Change(ChildSafety state, Guid measureId, Func<Measure, Measure> change) =>
        state with { Measures = state.Measures.SetItem(measureId, change(state.Measures[measureId])) };
}
