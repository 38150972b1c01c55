using System.Collections.Immutable;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Files;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Risk;
using Barnahus.Safety.Surroundings;
using Barnahus.Safety.Terms;

namespace Barnahus.Safety.Messages;

/// <summary>
/// Two files of one child became one: the open measures and re-assessments, the contact map, the whereabouts and the report route of the old go on under the new, each with its own date.
/// The old stream refuses commands from here on, so what is read now is its last state.
/// </summary>
public sealed class CarryOverOnMerge(CommandHandler handler, PersonalData personal, SafetyTerms terms) : IReaction
{
    public string Name => "safety-carry-over-on-merge";

    public IReadOnlyCollection<Type> To => [typeof(FileLearned)];

    public async Task ReactAsync(Recorded recorded, CommandContext context, CancellationToken cancellationToken)
    {
        if (recorded.Event is not FileLearned { MergedInto: { } into } learned || into == learned.ChildId)
        {
            return;
        }

        var (old, _) = await handler.StateAsync(ChildSafetyDecider.Decider, ChildSafety.Stream(learned.ChildId), cancellationToken);
        while (true)
        {
            var heir = await HeirAsync(into, learned.ChildId, cancellationToken);
            try
            {
                await handler.HandleAsync(
                    ChildSafetyDecider.Decider, ChildSafety.Stream(heir), TakeOver(heir, learned.ChildId, old, context.Now), context, cancellationToken);
                return;
            }
            catch (RefusedException refused) when (refused.Rule == ChildSafetyDecider.Merged)
            {
                // It was merged onwards since it was looked up: whoever took that over takes this over.
            }
        }
    }

    /// <summary>The file that may have been merged onwards itself.</summary>
    private async Task<Guid> HeirAsync(Guid into, Guid from, CancellationToken cancellationToken)
    {
        var passed = new HashSet<Guid> { from };
        while (passed.Add(into))
        {
            var (state, _) = await handler.StateAsync(ChildSafetyDecider.Decider, ChildSafety.Stream(into), cancellationToken);
            if (state.MergedInto is not { } next)
            {
                return into;
            }

            into = next;
        }

        throw new InvalidOperationException($"The merges of file {from:D} go in a circle; Intake must take one of them back.");
    }

    private TakeOver TakeOver(Guid into, Guid from, ChildSafety old, DateTimeOffset now) => new(
        into,
        now,
        from,
        [.. old.Measures.Values.Where(measure => measure.IsOpen).SelectMany(measure => Carried(into, measure))],
        [.. old.Reassessments.Values.Where(one => one.IsOpen).SelectMany(Carried), .. Review(old, now)],
        [.. old.Contacts.Values.SelectMany(contact => Open(contact.Content, content => new CarriedContact(contact.ContactId, contact.PersonId, content)))],
        old.Whereabouts is { } stay ? Open(stay.Content, content => new RecordWhereabouts(into, now, stay.RecordId, stay.Since, content)).FirstOrDefault() : null,
        old.ReportRoute is { } route ? Open(route.Content, content => new SetReportRoute(into, now, content)).FirstOrDefault() : null,
        DerivedId.From(into, $"{TriggerCodes.FilesMerged}/{from:D}"),
        DueAt(old, now));

    private ImmutableArray<CarriedMeasure> Carried(Guid into, Measure measure)
    {
        var confirmBy = personal.Open(measure.ConfirmBy).ValueOrDefault;
        return Open(measure.Content, content => new CarriedMeasure(
            new ProposeMeasure(into, measure.ProposedAt, measure.MeasureId, content, measure.Start, measure.End, confirmBy - measure.CountsFrom, false),
            measure.Status,
            confirmBy));
    }

    private IEnumerable<CarriedReassessment> Carried(Reassessment one) => personal.Open(one.DueAt) is { DestroyedRegime: null, ValueOrDefault: var dueAt }
        ? Open(one.Trigger, trigger => new CarriedReassessment(one.ReassessmentId, one.OpenedAt, dueAt, trigger))
        : [];

    /// <summary>
    /// A review that lies ahead would open by time, and nothing does in a file that was merged: it is opened now, due when it would have been. So the next
    /// assessment answers it, as it would have taken the place of that date.
    /// </summary>
    private IEnumerable<CarriedReassessment> Review(ChildSafety old, DateTimeOffset now)
    {
        var trigger = terms.Trigger(TriggerCodes.ReviewDate);
        return old.Assessments is [.., { ReviewAt: { } reviewAt } last] && !old.Reassessments.ContainsKey(last.ReviewId)
            ? [new(last.ReviewId, now, reviewAt + trigger.DueWithin, new TriggerContent(trigger.Code, null, reviewAt, null))]
            : [];
    }

    /// <summary>The look at the whole stands in for a first assessment that the old file still owed, and is due no later.</summary>
    private DateTimeOffset DueAt(ChildSafety old, DateTimeOffset now)
    {
        var dueAt = now + terms.Trigger(TriggerCodes.FilesMerged).DueWithin;
        if (old is not { File: { } file, Assessments.IsEmpty: true })
        {
            return dueAt;
        }

        var acute = file.Facts is { } facts && personal.Open(facts).ValueOrDefault is { AcuteUnsafety: true };
        var owed = terms.FirstAssessmentBy(file.OpenedAt, acute);
        return owed < dueAt ? owed : dueAt;
    }

    /// <summary>What was destroyed is not carried on.</summary>
    private ImmutableArray<TCarried> Open<TContent, TCarried>(Personal<TContent> content, Func<TContent, TCarried> carry)
        where TContent : notnull => personal.Open(content).ValueOrDefault is { } plain ? [carry(plain)] : [];
}
