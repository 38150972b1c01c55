using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;

namespace Barnahus.Safety.Measures;

/// <summary>Wishes about one measure.</summary>
public abstract record MeasureCommand(Guid ChildId, DateTimeOffset At, Guid MeasureId) : SafetyCommand(ChildId, At);

/// <summary>Propose a measure.</summary>
/// <param name="ConfirmWithin">Term for confirmation of this type.</param>
/// <param name="EndRequired">This type must have an end.</param>
public sealed record ProposeMeasure(
    Guid ChildId,
    DateTimeOffset At,
    Guid MeasureId,
    MeasureContent Content,
    DateTimeOffset Start,
    DateTimeOffset? End,
    TimeSpan ConfirmWithin,
    bool EndRequired) : MeasureCommand(ChildId, At, MeasureId);

/// <summary>It was decided and put in force.</summary>
public sealed record ActivateMeasure(Guid ChildId, DateTimeOffset At, Guid MeasureId) : MeasureCommand(ChildId, At, MeasureId);

/// <summary>Its owner confirms that it holds.</summary>
public sealed record ConfirmMeasure(Guid ChildId, DateTimeOffset At, Guid MeasureId, string? Note) : MeasureCommand(ChildId, At, MeasureId);

/// <summary>Let it hold longer.</summary>
public sealed record ExtendMeasure(Guid ChildId, DateTimeOffset At, Guid MeasureId, DateTimeOffset End, string Ground) : MeasureCommand(ChildId, At, MeasureId);

/// <summary>End it on purpose.</summary>
public sealed record EndMeasure(Guid ChildId, DateTimeOffset At, Guid MeasureId, string Reason) : MeasureCommand(ChildId, At, MeasureId);

/// <summary>Give it up before it was confirmed.</summary>
public sealed record WithdrawMeasure(Guid ChildId, DateTimeOffset At, Guid MeasureId, string Reason) : MeasureCommand(ChildId, At, MeasureId);

internal static class MeasureDecider
{
    public static Decision Decide(MeasureCommand command, ChildSafety state)
    {
        var known = state.Measures.TryGetValue(command.MeasureId, out var measure);
        if (command is ProposeMeasure propose)
        {
            return known ? Decision.Nothing : Propose(propose);
        }

        if (measure is null)
        {
            return Decision.Refuse("no-such-measure", "There is no such measure on this file. Read the plan again.");
        }

        return (command, measure) switch
        {
            (ActivateMeasure, { Status: MeasureStatus.Active or MeasureStatus.Confirmed }) => Decision.Nothing,
            (ConfirmMeasure, { Status: MeasureStatus.Confirmed }) => Decision.Nothing,
            (ExtendMeasure c, { IsOpen: true }) when c.End == measure.End => Decision.Nothing,
            (EndMeasure, { Status: MeasureStatus.Ended }) => Decision.Nothing,
            (WithdrawMeasure, { Status: MeasureStatus.Withdrawn }) => Decision.Nothing,
            (_, { IsOpen: false }) => Decision.Refuse(
                "measure-closed", "This measure has ended, lapsed or was withdrawn. Propose a new one if it is still needed."),
            (ActivateMeasure c, _) => Decision.Accept(new MeasureActivated(c.ChildId, c.MeasureId, c.At)),
            (ConfirmMeasure, { Status: MeasureStatus.Proposed }) => Decision.Refuse(
                "activate-first", "This measure is only proposed. Record that it was put in force, then confirm that it holds."),
            (ConfirmMeasure c, _) => Decision.Accept(new MeasureConfirmed(c.ChildId, c.MeasureId, c.At, Personal.OfNullable(c.Note))),
            (ExtendMeasure c, _) => Extend(c, measure),
            (EndMeasure, { Status: MeasureStatus.Proposed }) => Decision.Refuse(
                "withdraw-instead", "This measure was never in force. Withdraw it instead of ending it."),
            (EndMeasure c, _) => Decision.Accept(new MeasureEnded(c.ChildId, c.MeasureId, c.At, Personal.Of(c.Reason))),
            (WithdrawMeasure, { Status: MeasureStatus.Confirmed }) => Decision.Refuse(
                "end-instead", "This measure is confirmed and holds. End it, with the reason, instead of withdrawing it."),
            (WithdrawMeasure c, _) => Decision.Accept(new MeasureWithdrawn(c.ChildId, c.MeasureId, c.At, Personal.Of(c.Reason))),
            _ => throw new InvalidOperationException($"Unknown command of a measure: {command.GetType().Name}."),
        };
    }

    private static Decision Propose(ProposeMeasure command)
    {
        if (command.EndRequired && command.End is null)
        {
            return Decision.Refuse("measure-without-end", "A measure of this type must have an end, so that somebody looks at it before it lapses. State one.");
        }

        if (command.End <= command.Start)
        {
            return Decision.Refuse("ends-before-start", "The measure would end before it starts. Correct one of the two.");
        }

        if (command.End <= command.At)
        {
            return Decision.Refuse("end-in-the-past", "The end of this measure has passed. State an end that lies ahead.");
        }

        var from = command.Start > command.At ? command.Start : command.At;
        return Decision.Accept(new MeasureProposed(
            command.ChildId, command.MeasureId, command.Start, command.End, Personal.Of(from + command.ConfirmWithin), command.At, Personal.Of(command.Content)));
    }

    private static Decision Extend(ExtendMeasure command, Measure measure)
    {
        if (measure.End is not { } end)
        {
            return Decision.Refuse("no-end-to-extend", "This measure has no end, so it does not lapse. End it when it is no longer needed.");
        }

        return command.End <= end || command.End <= command.At
            ? Decision.Refuse("not-later", "The new end does not lie after the present one. To shorten a measure, end it on the day itself.")
            : Decision.Accept(new MeasureExtended(command.ChildId, command.MeasureId, command.End, command.At, Personal.Of(command.Ground)));
    }
}
