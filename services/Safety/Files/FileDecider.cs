using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Risk;
using Barnahus.Safety.Surroundings;
using Barnahus.Safety.Terms;

namespace Barnahus.Safety.Files;

/// <summary>Wishes about the file as a whole.</summary>
public abstract record FileCommand(Guid ChildId, DateTimeOffset At) : SafetyCommand(ChildId, At);

/// <summary>Intake told how the file stands.</summary>
/// <param name="File">The file; its facts plain.</param>
/// <param name="Suspected">Suspected representatives in these facts, each with the id of the re-assessment that it opens.</param>
/// <param name="ToldAt">When Intake recorded it: the term counts from then, however late the message comes.</param>
/// <param name="DueWithin">Term of that re-assessment.</param>
public sealed record LearnFile(
    Guid ChildId, DateTimeOffset At, LearnedFile File, ImmutableArray<SuspectedRepresentative> Suspected, DateTimeOffset ToldAt, TimeSpan DueWithin)
    : FileCommand(ChildId, At);

/// <param name="PersonId">The representative.</param>
/// <param name="ReassessmentId">Derived from child and person: one re-assessment for each.</param>
public sealed record SuspectedRepresentative(Guid PersonId, Guid ReassessmentId);

/// <summary>A file was merged into this one: its open matters come along, opened, to be sealed under this child.</summary>
/// <param name="ReassessmentId">The re-assessment that the merge itself opens.</param>
/// <param name="DueAt">When that must be done.</param>
public sealed record TakeOver(
    Guid ChildId,
    DateTimeOffset At,
    Guid From,
    ImmutableArray<CarriedMeasure> Measures,
    ImmutableArray<CarriedReassessment> Reassessments,
    ImmutableArray<CarriedContact> Contacts,
    RecordWhereabouts? Whereabouts,
    SetReportRoute? ReportRoute,
    Guid ReassessmentId,
    DateTimeOffset DueAt) : FileCommand(ChildId, At);

/// <param name="Proposal">How it was proposed, its content plain.</param>
/// <param name="Status">How far it came.</param>
public sealed record CarriedMeasure(ProposeMeasure Proposal, MeasureStatus Status, DateTimeOffset ConfirmBy);

/// <param name="OpenedAt">When it was opened there.</param>
/// <param name="DueAt">When it must be done: a merge gives no more time.</param>
public sealed record CarriedReassessment(Guid ReassessmentId, DateTimeOffset OpenedAt, DateTimeOffset DueAt, TriggerContent Trigger);

public sealed record CarriedContact(Guid ContactId, Guid? PersonId, ContactContent Content);

internal static class FileDecider
{
    /// <summary>
    /// The newest revision is what we know. Of an older one only this remains: that somebody was suspected. So whatever the order
    /// in which messages come, the same is known in the end and the same re-assessments were opened.
    /// </summary>
    public static Decision Learn(LearnFile learn, ChildSafety state)
    {
        var events = new List<IEvent>();
        if (learn.File.Revision > (state.File?.Revision ?? StreamRevision.None))
        {
            var file = learn.File;
            events.Add(new FileLearned(
                learn.ChildId, file.Revision, file.Status, file.MergedInto, file.Region, file.OpenedAt, file.CoordinatorId, file.Facts));
        }

        events.AddRange(learn.Suspected
            .DistinctBy(suspected => suspected.ReassessmentId)
            .Where(suspected => !state.Reassessments.ContainsKey(suspected.ReassessmentId))
            .Select(suspected => new ReassessmentOpened(
                learn.ChildId,
                suspected.ReassessmentId,
                learn.At,
                Personal.Of(learn.ToldAt + learn.DueWithin),
                Personal.Of(new TriggerContent(TriggerCodes.ParentSuspect, null, null, suspected.PersonId)))));
        return Decision.Accept(events);
    }

    public static Decision Decide(FileCommand command, ChildSafety state) => command switch
    {
        TakeOver c when state.TakenOver.Contains(c.From) => Decision.Nothing,
        TakeOver c => Decision.Accept([.. Carry(c, state)]),
        _ => throw new InvalidOperationException($"Unknown command of the file: {command.GetType().Name}."),
    };

    private static IEnumerable<IEvent> Carry(TakeOver take, ChildSafety state)
    {
        yield return new FileTakenOver(take.ChildId, take.From, take.At);
        foreach (var measure in take.Measures.Where(measure => !state.Measures.ContainsKey(measure.Proposal.MeasureId)))
        {
            var proposal = measure.Proposal;
            yield return new MeasureProposed(
                take.ChildId, proposal.MeasureId, proposal.Start, proposal.End, Personal.Of(measure.ConfirmBy), take.At, Personal.Of(proposal.Content));
            if (measure.Status is MeasureStatus.Active or MeasureStatus.Confirmed)
            {
                yield return new MeasureActivated(take.ChildId, proposal.MeasureId, take.At);
            }

            if (measure.Status is MeasureStatus.Confirmed)
            {
                yield return new MeasureConfirmed(take.ChildId, proposal.MeasureId, take.At, null);
            }
        }

        foreach (var one in take.Reassessments.Where(one => !state.Reassessments.ContainsKey(one.ReassessmentId)))
        {
            yield return new ReassessmentOpened(take.ChildId, one.ReassessmentId, one.OpenedAt, Personal.Of(one.DueAt), Personal.Of(one.Trigger));
        }

        foreach (var contact in take.Contacts.Where(contact => !state.Contacts.ContainsKey(contact.ContactId)))
        {
            yield return new ContactSet(take.ChildId, contact.ContactId, contact.PersonId, take.At, Personal.Of(contact.Content));
        }

        if (take.Whereabouts is { } whereabouts && (state.Whereabouts is null || state.Whereabouts.Since < whereabouts.Since))
        {
            yield return new WhereaboutsRecorded(take.ChildId, whereabouts.RecordId, whereabouts.Since, take.At, Personal.Of(whereabouts.Content));
        }

        if (state.ReportRoute is null && take.ReportRoute is { } route)
        {
            yield return new ReportRouteSet(take.ChildId, take.At, Personal.Of(route.Content));
        }

        // Two pictures of one child became one: somebody must look at the whole.
        yield return new ReassessmentOpened(
            take.ChildId, take.ReassessmentId, take.At, Personal.Of(take.DueAt), Personal.Of(new TriggerContent(TriggerCodes.FilesMerged, null, null, null)));
    }
}
