using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Turnaround.Cases;

/// <summary>What a case learns of from other services. Each message carries the whole state with its revision; what is not newer changes nothing.</summary>
internal static class Learning
{
    internal static Decision ChildFile(CaseCommand.LearnChildFile command, Case state)
    {
        if (command.SourceRevision <= state.File?.SourceRevision)
        {
            return Decision.Nothing;
        }

        List<ICaseEvent> events =
        [
            new ChildFileLearned(
                command.CaseId,
                command.ChildId,
                command.SourceRevision,
                command.Status,
                command.MergedInto,
                command.Region,
                command.ReportedAt,
                command.AssessedAt,
                Personal.OfNullable(command.Facts)),
        ];
        if (!state.IsOpen)
        {
            events.Add(new CaseOpened(command.CaseId, command.ChildId, command.Region, command.ReportedAt, OwnOfChild: true));
        }

        if (command is { Status: "merged", MergedInto: { } into } && state.Merged?.IntoChildId != into)
        {
            events.Add(new CaseMerged(command.CaseId, command.ChildId, Case.OwnOf(into), into));
        }

        return Reconciliation.Settle(state, events, command.Norms, command.Facts);
    }

    internal static Decision Interviews(CaseCommand.LearnInterviews command, Case state) =>
        state.Interviews.TryGetValue(command.SourceStream, out var known) && command.SourceRevision <= known.SourceRevision
            ? Decision.Nothing
            : Reconciliation.Settle(
                state with { Examined = Examined(state, command.SourceStream, command.ExaminedAt) },
                [Learned(command.CaseId, command.ChildId, command)],
                command.Norms,
                command.Facts);

    internal static Decision TakeOver(CaseCommand.TakeOver command, Case state)
    {
        var from = command.From;
        var fromId = from.CaseId!.Value;
        if (state.TakenOver.TryGetValue(fromId, out var known) && command.FromRevision <= known.FromRevision)
        {
            return Decision.Nothing;
        }

        List<ICaseEvent> events =
        [
            new CaseTakenOver(
                command.CaseId,
                command.ChildId,
                fromId,
                command.FromRevision,
                from.ReportedAt,
                from.Reached().ToDictionary(reached => reached.Milestone, reached => reached.At, StringComparer.Ordinal),
                [.. Decided(from)],
                Personal.OfNullable(command.Numbers)),
        ];
        foreach (var learned in from.Interviews.Values)
        {
            if (state.Interviews.TryGetValue(learned.SourceStream, out var here) && here.SourceRevision >= learned.SourceRevision)
            {
                continue;
            }

            var examinedAt = from.Examined.TryGetValue(learned.SourceStream, out var at) ? at : (DateTimeOffset?)null;
            state = state with { Examined = Examined(state, learned.SourceStream, examinedAt) };
            events.Add(learned with { CaseId = command.CaseId, ChildId = command.ChildId, ExaminedAt = Personal.OfNullable(examinedAt) });
        }

        // What the clocks go by is put right first: people were alerted there of the date that goes on, and only what they were alerted of here ends with it.
        var settled = (Decision.Accepted)Reconciliation.Settle(state, events, command.Norms, command.Facts);
        return Decision.Accept([.. settled.Events.OrderBy(happened => happened is not ClockCorrected)]);
    }

    private static InterviewsLearned Learned(Guid caseId, Guid childId, CaseCommand.LearnInterviews command) =>
        new(caseId, childId, command.SourceStream, command.SourceRevision, command.Interviews, Personal.OfNullable(command.ExaminedAt));

    /// <summary>What is opened beside the events, which hold it sealed.</summary>
    private static ImmutableSortedDictionary<string, DateTimeOffset> Examined(Case state, string stream, DateTimeOffset? at) =>
        at is { } moment ? state.Examined.SetItem(stream, moment) : state.Examined.Remove(stream);

    /// <summary>Save for a clock from the last known event: what each file knows of that is its own, and the date of one says nothing of the other's.</summary>
    private static IEnumerable<TakenOverClock> Decided(Case from) =>
        from clock in @from.Clocks.Values
        where clock.Norm.Rule.Start is not Moment.LastEvent
            && (!clock.Suspensions.IsEmpty || !clock.DueDates.IsEmpty || !clock.Alerted.IsEmpty)
        orderby clock.ClockId
        select new TakenOverClock(
            Case.NameOf(clock.Norm.Rule.Clock, clock.About),
            clock.Suspensions,
            clock.DueDates,
            [.. clock.Alerted.OrderBy(given => given.DateSetAt).ThenBy(given => given.Threshold)]);
}
