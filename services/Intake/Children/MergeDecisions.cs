using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Children;

/// <summary>
/// Two files of one child become one. Two streams are never one transaction, so it goes in steps that can be resumed:
/// the target prepares (and can then not be merged away itself), the other file is merged (and frozen), the target absorbs it.
/// Merging two files into each other at once leaves one or both standing: each preparation is answered by the other file once and for ever.
/// </summary>
internal static class MergeDecisions
{
    public static Decision Prepare(PrepareMerge c, ChildFile state)
    {
        if (FileDecisions.Because(c.Reason) is { } missing)
        {
            return missing;
        }

        if (c.From == state.Id)
        {
            return Decision.Refuse("same-file", "A file cannot be merged with itself.");
        }

        if (state.Absorbed.Contains(c.From) || state.Absorbing == c.From)
        {
            return Decision.Nothing;
        }

        return state.Absorbing is null
            ? Decision.Accept(new MergePrepared(c.Now, c.From, Personal.Of(c.Reason!)) { ChildId = state.Id })
            : Decision.Refuse("merge-under-way", "Another file is being merged into this one; try again when that is done.");
    }

    public static Decision Abandon(AbandonMerge c, ChildFile state) => state.Absorbing == c.From && state.AbsorbingSince == c.PreparedAt
        ? Decision.Accept(new MergeAbandoned(c.Now, c.From) { ChildId = state.Id })
        : Decision.Nothing;

    public static Decision Merge(MergeInto c, ChildFile state) => state switch
    {
        { Status: FileStatus.Merged } when state.MergedInto == c.Into => Decision.Nothing,
        { Status: FileStatus.Merged } => Decision.Refuse("file-merged", $"This file goes on as {state.MergedInto:D}; use that one."),
        _ when state.Absorbed.Contains(c.Into) =>
            // The other way round was finished first; a resumed attempt must not freeze the one file that is left.
            Decision.Refuse("merged-the-other-way", "That file was merged into this one already; use this one."),
        _ when state.Declined.Contains((c.Into, c.PreparedAt)) => Decision.Nothing,
        { Absorbing: not null } => Decision.Accept(new MergeDeclined(c.Now, c.Into, c.PreparedAt) { ChildId = state.Id }),
        _ => Decision.Accept(new FileMerged(c.Now, c.Into) { ChildId = state.Id }),
    };

    public static Decision Absorb(Absorb c, ChildFile state)
    {
        if (state.Absorbing != c.From.Id)
        {
            return Decision.Nothing;
        }

        var reopened = state.Status == FileStatus.Closed
            ? [new FileReopened(c.Now, Personal.Of("Another file of this child was merged into this one.")) { ChildId = state.Id }]
            : Array.Empty<IEvent>();
        var referrals = c.Content.Referrals
            .Where(referral => !state.Referrals.Exists(known => known.Id == referral.Id))
            .Select(referral => new ReferralJoined(c.Now, referral.Id, referral.ReportedAt, [], Personal.Of(referral.Content)) { ChildId = state.Id });
        var representatives = c.After!.Recorded
            .Where(one => c.Content.Recorded.Any(other => other.PersonId == one.PersonId))
            .Select(one => new RepresentativeRecorded(c.Now, one.PersonId, Personal.Of(one)) { ChildId = state.Id });
        var involvements = c.After.Involvements
            .Select(one => (Id: Involvement.IdOf(one.PersonId, one.Category), Involvement: one))
            .Where(one => !state.Involvements.ContainsKey(one.Id))
            .Select(one => new InvolvementRecorded(c.Now, one.Id, Personal.Of(one.Involvement)) { ChildId = state.Id });
        var needs = c.Content.RecordedNeeds is not null
            ? [new NeedsRecorded(c.Now, Personal.Of(c.After.RecordedNeeds!)) { ChildId = state.Id }]
            : Array.Empty<IEvent>();
        var stated = c.Content.Stated.Count > 0
            ? [new IdentityCompleted(c.Now, [.. c.Content.Stated.Keys.Order(StringComparer.Ordinal)], Personal.Of(c.After.Stated)) { ChildId = state.Id }]
            : Array.Empty<IEvent>();
        var wishes = c.Wishes.Select(wish => new WishesRecorded(wish.At, Personal.Of(wish.Words)) { ChildId = state.Id });
        var assessments = c.Assessments.Select((made, index) =>
            new AssessmentMade(made.At, state.Assessments.Count + index + 1, Personal.Of(made.Assessment)) { ChildId = state.Id });
        var restricted = Restricted(c, state);
        var interviewed = state.InterviewedAt is null && c.From.InterviewedAt is { } completed
            ? [new ChildInterviewed(completed, -1) { ChildId = state.Id }, .. CareDecisions.Opening(restricted.Aggregate(state, ChildFile.Evolve), c.Now)]
            : Array.Empty<IEvent>();
        return Decision.Accept(
        [
            .. restricted, .. reopened, .. referrals, .. representatives, .. involvements, .. needs, .. stated, .. wishes, .. assessments, .. interviewed,
            new FileAbsorbed(c.Now, c.From.Id) { ChildId = state.Id },
        ]);
    }

    /// <summary>
    /// What was kept from somebody in the other file is so here, the stricter of both. It is said before the content: at no revision does anybody see
    /// what was closed to them. What waited for an interview waits no longer when either file had one.
    /// </summary>
    private static List<PartRestricted> Restricted(Absorb c, ChildFile state) =>
    [
        .. c.From.Restrictions
            .Where(restriction => restriction.Value.Kind == RestrictionKinds.Processing
                ? state.RestrictionOf(restriction.Key) != RestrictionKinds.Processing
                : state.RestrictionOf(restriction.Key) is null && (state.InterviewedAt ?? c.From.InterviewedAt) is null)
            .OrderBy(restriction => restriction.Key, StringComparer.Ordinal)
            .Select(restriction => new PartRestricted(
                c.Now, restriction.Key, restriction.Value.Kind, Personal.Of("It was restricted in the file that was merged into this one.")) { ChildId = state.Id }),
    ];
}
