using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Turnaround.Cases;

/// <summary>How a case decides: what it learns of by itself, its milestones and, in <see cref="ClockDecisions"/>, what people decide about its clocks.</summary>
public static class CaseDecider
{
    /// <param name="state">The case with its clocks open: <see cref="CaseOpener.Decider"/> is this with that done before.</param>
    public static Decision Decide(CaseCommand command, Case state) => command switch
    {
        CaseCommand.LearnChildFile learn => Learning.ChildFile(learn, state),
        CaseCommand.LearnInterviews learn => Learning.Interviews(learn, state),
        CaseCommand.TakeOver takeOver => Learning.TakeOver(takeOver, state),
        CaseCommand.Open open => Open(open, state),
        _ when !state.IsOpen => Decision.Refuse("case-unknown", "There is no such case. Open it first."),
        _ when state.Merged is not null && command is not CaseCommand.Alert =>
            Decision.Refuse("case-merged", "The child's file was merged into another. Go on in the case of that child, which holds what stood here."),
        CaseCommand.ReachMilestone reach => Reach(reach, state),
        _ => ClockDecisions.Decide(command, state),
    };

    private static Decision Open(CaseCommand.Open command, Case state)
    {
        if (state.IsOpen)
        {
            return Decision.Refuse("case-exists", "This case is open already. Read it and go on there.");
        }

        if (command.Children.Count == 0)
        {
            return Decision.Refuse("case-without-child", "A case is about one child at least. Name the children.");
        }

        if (command.ReportedAt > command.Now)
        {
            return Decision.Refuse("in-the-future", "The report cannot be later than now. Correct its date.");
        }

        List<ICaseEvent> events =
            [.. command.Children.Distinct().Select(child => new CaseOpened(command.CaseId, child, command.Region, command.ReportedAt, OwnOfChild: false))];
        if (command.Numbers is { } numbers)
        {
            events.AddRange(command.Children.Distinct().Select(child => new CaseNumbered(command.CaseId, child, Personal.Of(numbers))));
        }

        return Reconciliation.Settle(state, events, command.Norms, null);
    }

    private static Decision Reach(CaseCommand.ReachMilestone command, Case state)
    {
        if (!Milestone.All.ContainsKey(command.Milestone))
        {
            return Decision.Refuse("unknown-milestone", "The system does not know this milestone. Choose from the list of milestones.");
        }

        if (command.At > command.Now)
        {
            return Decision.Refuse("in-the-future", "A milestone is recorded when it was reached, not before. Correct its date.");
        }

        if (command.At < state.ReportedAt)
        {
            return Decision.Refuse("before-the-report", "The milestone would lie before the report. Correct its date.");
        }

        var known = state.Milestones.TryGetValue(command.Milestone, out var before);
        if (known && before != command.At && string.IsNullOrWhiteSpace(command.Correction))
        {
            return Decision.Refuse("milestone-recorded", "This milestone stands with another date. Say why that date was wrong to correct it.");
        }

        var caseId = state.CaseId!.Value;
        List<ICaseEvent> events = [];
        if (!known || before != command.At)
        {
            var correction = known ? command.Correction : null;
            events.AddRange(Reconciliation.ForEach(
                state, null, child => new MilestoneReached(caseId, child, command.Milestone, command.At, Personal.OfNullable(correction))));
        }

        if (command.Numbers is { } numbers)
        {
            events.AddRange(Reconciliation.ForEach(state, null, child => new CaseNumbered(caseId, child, Personal.Of(numbers))));
        }

        return events.Count == 0 ? Decision.Nothing : Reconciliation.Settle(state, events, command.Norms, null);
    }
}
