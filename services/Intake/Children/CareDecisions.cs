using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Children;

/// <summary>Rules of what is done for the child and with whom.</summary>
internal static class CareDecisions
{
    public static Decision Record(RecordRepresentative c, ChildFile state) =>
        Decision.Accept([.. c.AlsoAs.Prepend(c.Representative.PersonId)
            .Select(id => new RepresentativeRecorded(c.Now, id, Personal.Of(c.Representative with { PersonId = id })) { ChildId = state.Id })]);

    public static Decision Inform(InformRepresentative c, ChildFile state)
    {
        if (string.IsNullOrWhiteSpace(c.What))
        {
            return Decision.Refuse("content-required", "Write down what this person was told.");
        }

        return c.Representative switch
        {
            null => Decision.Refuse("unknown-representative", "This file has no such representative."),
            { WhyNotInformed: "person-suspected" } => Decision.Refuse(
                "person-suspected", "This person is suspected: do not contact, do not invite. Look for another representative or a special guardian."),
            { WhyNotInformed: "conflict-of-interest" } => Decision.Refuse(
                "conflict-of-interest", "This person's interests run against the child's: a special guardian acts instead."),
            { WhyNotInformed: "child-does-not-wish" } => Decision.Refuse(
                "child-does-not-wish", "The child does not want this person to know. Talk with the child first; record it when the wish changes."),
            var person => Decision.Accept(
                new RepresentativeInformed(c.Now, person.PersonId, c.Means, Personal.Of(c.What!)) { ChildId = state.Id }),
        };
    }

    /// <summary>Who came with a referral that was taken out since does not stay behind.</summary>
    public static Decision Record(RecordInvolvement c, ChildFile state) =>
        state.Involvements.ContainsKey(c.InvolvementId) || (c.BroughtBy is { } referral && !state.Referrals.Exists(joined => joined.Id == referral))
            ? Decision.Nothing
            : Decision.Accept(new InvolvementRecorded(c.Now, c.InvolvementId, Personal.Of(c.Involvement)) { ChildId = state.Id });

    public static Decision Record(RecordNeeds c, ChildFile state) =>
        c.Needs.Structured is { NotBefore: { } from, NotAfter: { } to } && to <= from
            ? Decision.Refuse("no-time-left", "Not before and not after leave no time in which the child can come.")
            : Decision.Accept(new NeedsRecorded(c.Now, Personal.Of(c.Needs)) { ChildId = state.Id });

    public static Decision Record(RecordWishes c, ChildFile state) => string.IsNullOrWhiteSpace(c.Words)
        ? Decision.Refuse("content-required", "Write down the child's wish, in the child's words.")
        : Decision.Accept(new WishesRecorded(c.Now, Personal.Of(c.Words)) { ChildId = state.Id });

    public static Decision Assess(MakeAssessment c, ChildFile state)
    {
        // Besluit slachtoffers art. 13: a minor always has specific protection needs, whatever the form says.
        var assessment = c.IsMinor && !c.Assessment.ProtectionNeeds.Contains("minor")
            ? c.Assessment with { ProtectionNeeds = [.. c.Assessment.ProtectionNeeds, "minor"] }
            : c.Assessment;
        var made = new AssessmentMade(c.Now, state.Assessments.Count + 1, Personal.Of(assessment)) { ChildId = state.Id };
        return IsOpen(state, TaskKinds.IndividualAssessment)
            ? Decision.Accept(made, new TaskDone(c.Now, Personal.Of(TaskKinds.IndividualAssessment), null) { ChildId = state.Id })
            : Decision.Accept(made);
    }

    public static Decision Name(NameSafetyCoordinator c, ChildFile state)
    {
        if (!c.HoldsRole)
        {
            return Decision.Refuse("role-not-held", "This account does not act as safety coordinator.");
        }

        if (c.InConflict)
        {
            return Decision.Refuse("conflict-of-interest", "This account is marked in conflict of interest with this child.");
        }

        return state.SafetyCoordinatorId == c.AccountId
            ? Decision.Nothing
            : Decision.Accept(new SafetyCoordinatorNamed(c.Now, c.AccountId, Personal.OfNullable(c.Reason)) { ChildId = state.Id });
    }

    public static Decision HandOver(HandOver c, ChildFile state)
    {
        if (string.IsNullOrWhiteSpace(c.To) || string.IsNullOrWhiteSpace(c.Arrangement))
        {
            return Decision.Refuse("recipient-required", "Say which organisation goes on and what was arranged: help does not stop at 18.");
        }

        var handedOver = new ChildHandedOver(c.Now, Personal.Of(c.To), Personal.Of(c.Arrangement)) { ChildId = state.Id };
        return IsOpen(state, TaskKinds.Handover)
            ? Decision.Accept(handedOver, new TaskDone(c.Now, Personal.Of(TaskKinds.Handover), null) { ChildId = state.Id })
            : Decision.Accept(handedOver);
    }

    public static Decision Interviewed(LearnOfInterview c, ChildFile state)
    {
        if (state.InterviewedAt is not null)
        {
            return Decision.Nothing;
        }

        return Decision.Accept([new ChildInterviewed(c.CompletedAt, c.SourceRevision) { ChildId = state.Id }, .. Opening(state, c.Now)]);
    }

    /// <summary>What was kept from the interviewer until there was an interview opens.</summary>
    internal static IEnumerable<RestrictionLifted> Opening(ChildFile state, DateTimeOffset now) =>
        state.Restrictions.Where(restriction => restriction.Value.Kind == RestrictionKinds.UntilInterviewed)
            .Select(restriction => restriction.Key)
            .Order(StringComparer.Ordinal)
            .Select(part => new RestrictionLifted(now, part, Personal.Of("The interview was completed.")) { ChildId = state.Id });

    public static Decision Complete(CompleteTask c, ChildFile state) =>
        !IsOpen(state, c.Kind) ? Decision.Refuse("no-such-task", "This file has no open task of this kind.")
        : c.Kind switch
        {
            TaskKinds.IdentifyChild => Decision.Refuse("answered-by-the-file", "This task ends by itself when the child's name and birth date are in the file; complete them."),
            TaskKinds.IndividualAssessment => Decision.Refuse("answered-by-the-file", "This task ends by itself when an individual assessment is made; make it."),
            _ => Decision.Accept(new TaskDone(c.Now, Personal.Of(c.Kind), Personal.OfNullable(c.Note)) { ChildId = state.Id }),
        };

    private static bool IsOpen(ChildFile state, string kind) => state.Tasks.TryGetValue(kind, out var task) && task.DoneAt is null;
}
