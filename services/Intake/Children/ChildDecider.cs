using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Children;

/// <summary>What may happen to a child's file. The rules stand in FileDecisions, CareDecisions and MergeDecisions; facts and tasks are added here.</summary>
public static class ChildDecider
{
    /// <param name="state">The file with its tasks open: <see cref="FileOpener.Decider"/> is this with that done before.</param>
    public static Decision Decide(ChildCommand command, ChildFile state)
    {
        if (Refusal(command, state) is { } refusal)
        {
            return refusal;
        }

        var decision = command switch
        {
            OpenFile c => FileDecisions.Open(c, state),
            JoinReferral c => FileDecisions.Join(c, state),
            TakeReferralOut c => FileDecisions.TakeOut(c, state),
            CompleteIdentity c => FileDecisions.Complete(c, state),
            CorrectIdentity c => FileDecisions.Correct(c, state),
            CorrectReferral c => FileDecisions.Correct(c, state),
            RestrictPart c => FileDecisions.Restrict(c, state),
            LiftRestriction c => FileDecisions.Lift(c, state),
            CloseFile c => FileDecisions.Close(c, state),
            ReopenFile c => FileDecisions.Reopen(c, state),
            LearnOfInterview c => CareDecisions.Interviewed(c, state),
            HandOver c => CareDecisions.HandOver(c, state),
            RecordRepresentative c => CareDecisions.Record(c, state),
            InformRepresentative c => CareDecisions.Inform(c, state),
            RecordInvolvement c => CareDecisions.Record(c, state),
            RecordNeeds c => CareDecisions.Record(c, state),
            RecordWishes c => CareDecisions.Record(c, state),
            MakeAssessment c => CareDecisions.Assess(c, state),
            NameSafetyCoordinator c => CareDecisions.Name(c, state),
            CompleteTask c => CareDecisions.Complete(c, state),
            RaiseTasks => Decision.Nothing,
            PrepareMerge c => MergeDecisions.Prepare(c, state),
            AbandonMerge c => MergeDecisions.Abandon(c, state),
            MergeInto c => MergeDecisions.Merge(c, state),
            Absorb c => MergeDecisions.Absorb(c, state),
            _ => throw new InvalidOperationException($"A child's file does not know {command.GetType().Name}."),
        };

        return decision is Decision.Accepted accepted && (accepted.Events.Count > 0 || command is RaiseTasks)
            ? Decision.Accept(Follow(command, state, accepted.Events))
            : decision;
    }

    /// <summary>A ground in the way of the command itself, before its rule is asked; null when there is none.</summary>
    private static Decision? Refusal(ChildCommand command, ChildFile state) => (command, state.Status) switch
    {
        (OpenFile, _) => null,
        (_, FileStatus.None) => Decision.Refuse("unknown-child", "There is no such file."),

        // Each of these finds out for itself that it came again, after the file was merged.
        (MergeInto or Absorb or AbandonMerge, _) => null,
        (LearnOfInterview or RaiseTasks, FileStatus.Merged) => Decision.Nothing,
        (_, FileStatus.Merged) => Decision.Refuse("file-merged", $"This file goes on as {state.MergedInto:D}; use that one."),
        (JoinReferral or ReopenFile or CloseFile or CorrectIdentity or CorrectReferral or RestrictPart or LiftRestriction or LearnOfInterview, _) => null,
        (PrepareMerge or TakeReferralOut or RecordInvolvement { BroughtBy: not null }, _) => null,
        (RaiseTasks, FileStatus.Closed) => Decision.Nothing,
        (_, FileStatus.Closed) => Decision.Refuse("file-closed", "This file is closed; open it again first, with a ground."),
        _ => null,
    };

    /// <summary>What follows from a change: words that were kept, tasks that arise, are answered or no longer called for, and the facts others need, on the last event.</summary>
    private static List<IEvent> Follow(ChildCommand command, ChildFile before, IReadOnlyList<IEvent> events)
    {
        var all = new List<IEvent>(events);
        var childId = before.Status == FileStatus.None ? ((ChildEvent)events[0]).ChildId : before.Id;
        if (command.KeptTerms.Count > 0)
        {
            all.Add(new ChildWordingKept(Personal.Of(command.KeptTerms)) { ChildId = childId });
        }

        if (command.After is not { } after)
        {
            return all;
        }

        // As it was before: no rule answers or raises a task of a kind that follows from the file.
        var tasks = before.Tasks;
        var answered = FileTasks.Answered(after).ToHashSet(StringComparer.Ordinal);
        var called = FileTasks.For(after, command.Now.DutchDate()).Where(needed => !answered.Contains(needed.Kind)).ToList();
        all.AddRange(FileTasks.Following
            .Where(kind => !answered.Contains(kind) && tasks.TryGetValue(kind, out var task) && task.DoneAt is null && !called.Exists(needed => needed.Is(task)))
            .Select(kind => new TaskWithdrawn(command.Now, Personal.Of(kind)) { ChildId = childId }));
        all.AddRange(called
            .Where(needed => !tasks.TryGetValue(needed.Kind, out var task) || !needed.Is(task))
            .Select(needed => new TaskArisen(command.Now, Personal.Of(needed.Kind), Personal.OfNullable(needed.DueOn)) { ChildId = childId }));
        all.AddRange(answered
            .Where(kind => tasks.TryGetValue(kind, out var task) && task.DoneAt is null)
            .Select(kind => new TaskDone(command.Now, Personal.Of(kind), null) { ChildId = childId }));
        if (all.Count > 0 && command is not RaiseTasks)
        {
            all[^1] = (ChildEvent)all[^1] with { Facts = Personal.Of(after.Facts()) };
        }

        return all;
    }
}
