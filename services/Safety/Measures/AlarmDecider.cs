using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Risk;
using Barnahus.Safety.Terms;

namespace Barnahus.Safety.Measures;

/// <summary>A threshold before (or at) a date passed.</summary>
public sealed record RaiseAlarm(
    Guid ChildId, DateTimeOffset At, Guid AlarmId, string Kind, Guid ItemId, DateTimeOffset DueAt, string Threshold) : SystemCommand(ChildId, At);

/// <summary>The end of a measure came.</summary>
/// <param name="ReassessmentId">Re-assessment that opens with it.</param>
/// <param name="DueWithin">Its term.</param>
public sealed record LapseMeasure(
    Guid ChildId, DateTimeOffset At, Guid MeasureId, DateTimeOffset End, Guid ReassessmentId, TimeSpan DueWithin) : SystemCommand(ChildId, At);

/// <summary>A trigger that follows from time: the 18th birthday, a review date.</summary>
public sealed record OpenByTime(
    Guid ChildId, DateTimeOffset At, Guid ReassessmentId, string Trigger, TimeSpan DueWithin) : SystemCommand(ChildId, At);

/// <summary>What time itself does. It looks at the state as it is now: what was settled meanwhile has no effect.</summary>
internal static class AlarmDecider
{
    public static Decision Decide(SystemCommand command, ChildSafety state) => command switch
    {
        RaiseAlarm c when !state.Alarms.ContainsKey(c.AlarmId) && StillAtStake(c, state) =>
            Decision.Accept(new AlarmRaised(c.ChildId, c.AlarmId, Personal.Of(new AlarmContent(c.Kind, c.ItemId, c.DueAt, c.Threshold)), c.At)),
        LapseMeasure c when state.Measures.TryGetValue(c.MeasureId, out var measure) && measure.IsOpen && measure.End == c.End && c.End <= c.At => Lapse(c, state),
        OpenByTime c when !state.Reassessments.ContainsKey(c.ReassessmentId) => Decision.Accept(Open(c.ChildId, c.ReassessmentId, c.Trigger, c.At, c.DueWithin)),
        RaiseAlarm or LapseMeasure or OpenByTime => Decision.Nothing,
        _ => throw new InvalidOperationException($"Unknown command of time: {command.GetType().Name}."),
    };

    private static bool StillAtStake(RaiseAlarm alarm, ChildSafety state) => alarm.Kind switch
    {
        ItemKind.MeasureUnconfirmed => state.Measures.TryGetValue(alarm.ItemId, out var measure) && measure.AwaitsConfirmation,
        ItemKind.MeasureLapsing => state.Measures.TryGetValue(alarm.ItemId, out var measure) && measure.IsOpen && measure.End == alarm.DueAt,
        ItemKind.Reassessment => state.Reassessments.TryGetValue(alarm.ItemId, out var reassessment) && reassessment.IsOpen,
        ItemKind.FirstAssessment => state.Assessments.IsEmpty,
        _ => throw new InvalidOperationException($"No alarm goes with {alarm.Kind}."),
    };

    /// <summary>A measure that lapsed leaves a gap: the risk is looked at again.</summary>
    private static Decision Lapse(LapseMeasure lapse, ChildSafety state)
    {
        var lapsed = new MeasureLapsed(lapse.ChildId, lapse.MeasureId, lapse.At);
        return state.Reassessments.ContainsKey(lapse.ReassessmentId)
            ? Decision.Accept(lapsed)
            : Decision.Accept(lapsed, Open(lapse.ChildId, lapse.ReassessmentId, TriggerCodes.MeasureLapsed, lapse.At, lapse.DueWithin));
    }

    private static ReassessmentOpened Open(Guid childId, Guid id, string trigger, DateTimeOffset at, TimeSpan within) =>
        new(childId, id, at, Personal.Of(at + within), Personal.Of(new TriggerContent(trigger, null, null, null)));
}
