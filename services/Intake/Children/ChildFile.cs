using System.Collections.Immutable;
using Barnahus.Contracts;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Children;

/// <summary>Where a file stands.</summary>
public enum FileStatus
{
    None,
    Open,
    Closed,
    Merged,
}

/// <summary>A referral as it stands in the file.</summary>
/// <param name="NeedsWeighed">Needs were recorded since it came: what it tells of them was before whoever recorded.</param>
public sealed record FileReferral(Guid Id, DateTimeOffset ReportedAt, Personal<ReferralContent> Content, bool NeedsWeighed = false);

/// <summary>The child's words on a day.</summary>
public sealed record FileWish(DateTimeOffset At, Personal<string> Words);

/// <summary>A version of the individual assessment.</summary>
public sealed record FileAssessment(int Version, DateTimeOffset At, Personal<IndividualAssessment> Content);

/// <summary>Somebody was told something.</summary>
public sealed record FileInforming(DateTimeOffset At, Guid PersonId, string Means, Personal<string> What);

/// <summary>How a part of the file is restricted, and since when.</summary>
public sealed record FileRestriction(string Kind, DateTimeOffset Since);

/// <summary>What can be said of a task.</summary>
public enum TaskStep
{
    Arisen,
    Done,
    Withdrawn,
}

/// <summary>Something that was said of a task: that it arose, was done or is no longer called for.</summary>
public sealed record TaskTrail(Personal<string> Kind, DateTimeOffset At, TaskStep Step, Personal<DateOnly>? DueOn);

/// <summary>A task of the file, opened.</summary>
public sealed record FileTask(string Kind, DateTimeOffset ArisenAt, DateOnly? DueOn, DateTimeOffset? DoneAt);

/// <summary>State of a child's file, folded from its stream. Personal fields stay sealed.</summary>
public sealed record ChildFile
{
    public static readonly ChildFile Initial = new();

    public Guid Id { get; init; }

    public FileStatus Status { get; init; }

    /// <summary>Where the child's file goes on, when merged.</summary>
    public Guid? MergedInto { get; init; }

    /// <summary>File that is being taken over; this one cannot be merged meanwhile.</summary>
    public Guid? Absorbing { get; init; }

    /// <summary>When that was prepared.</summary>
    public DateTimeOffset? AbsorbingSince { get; init; }

    public ImmutableHashSet<Guid> Absorbed { get; init; } = [];

    /// <summary>Preparations of other files to take this one over that came to nothing.</summary>
    public ImmutableHashSet<(Guid Into, DateTimeOffset PreparedAt)> Declined { get; init; } = [];

    public string Region { get; init; } = "";

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset ReportedAt { get; init; }

    public DateTimeOffset? HandedOverAt { get; init; }

    public Guid? SafetyCoordinatorId { get; init; }

    /// <summary>Since when that is the safety coordinator.</summary>
    public DateTimeOffset CoordinatorSince { get; init; }

    public ImmutableList<FileReferral> Referrals { get; init; } = [];

    public Personal<IReadOnlyDictionary<string, string?>>? Stated { get; init; }

    public ImmutableDictionary<Guid, Personal<Representative>> Representatives { get; init; } = ImmutableDictionary<Guid, Personal<Representative>>.Empty;

    public ImmutableDictionary<Guid, Personal<Involvement>> Involvements { get; init; } = ImmutableDictionary<Guid, Personal<Involvement>>.Empty;

    public Personal<NeedsContent>? Needs { get; init; }

    public ImmutableList<FileWish> Wishes { get; init; } = [];

    public ImmutableList<FileAssessment> Assessments { get; init; } = [];

    public ImmutableList<FileInforming> Informed { get; init; } = [];

    public ImmutableDictionary<string, FileRestriction> Restrictions { get; init; } = ImmutableDictionary<string, FileRestriction>.Empty;

    /// <summary>Since when the last of the parts kept from the interviewer has been so; null: none is.</summary>
    public DateTimeOffset? RestrictedUntilInterviewSince => Restrictions.Values
        .Where(restriction => restriction.Kind == RestrictionKinds.UntilInterviewed)
        .Max(restriction => (DateTimeOffset?)restriction.Since);

    /// <summary>How a part is restricted: one of <see cref="RestrictionKinds"/>; null when it is not.</summary>
    public string? RestrictionOf(string part) => Restrictions.GetValueOrDefault(part)?.Kind;

    /// <summary>What was said of its tasks, in order; their kinds are sealed.</summary>
    public ImmutableList<TaskTrail> TaskTrails { get; init; } = [];

    /// <summary>Its tasks by kind, opened by <see cref="FileOpener"/> for one decision or one read; else none.</summary>
    public ImmutableDictionary<string, FileTask> Tasks { get; init; } = ImmutableDictionary<string, FileTask>.Empty;

    /// <summary>When an interview was completed, as Interviews told.</summary>
    public DateTimeOffset? InterviewedAt { get; init; }

    public Personal<ChildFacts>? Facts { get; init; }

    public DateTimeOffset? AssessedAt => Assessments.Count > 0 ? Assessments[0].At : null;

    /// <summary>Stream of a child's file.</summary>
    public static string Stream(Guid childId) => $"intake.child-{childId:D}";

    public static ChildFile Evolve(ChildFile state, IEvent happened)
    {
        var next = happened switch
        {
            FileOpened e => state with
            {
                Id = e.ChildId,
                Status = FileStatus.Open,
                Region = e.Region,
                OpenedAt = e.At,
                ReportedAt = e.ReportedAt,
                SafetyCoordinatorId = e.SafetyCoordinatorId,
                CoordinatorSince = e.At,
                Referrals = [new(e.ReferralId, e.ReportedAt, e.Referral)],
            },
            ReferralJoined e => state with
            {
                Referrals = state.Referrals.RemoveAll(known => known.Id == e.ReferralId).Add(new(e.ReferralId, e.ReportedAt, e.Referral)),
                ReportedAt = e.ReportedAt < state.ReportedAt ? e.ReportedAt : state.ReportedAt,
            },
            ReferralTakenOut e => WithoutReferral(state, e.ReferralId),
            ReferralCorrected e => state with
            {
                Referrals = state.Referrals.ConvertAll(known => known.Id == e.ReferralId ? known with { Content = e.Referral } : known),
            },
            IdentityCompleted e => state with { Stated = e.Stated },
            IdentityCorrected e => state with { Stated = e.Stated },
            PartRestricted e => state with { Restrictions = state.Restrictions.SetItem(e.Part, new(e.Kind, e.At)) },
            RestrictionLifted e => state with { Restrictions = state.Restrictions.Remove(e.Part) },
            ChildInterviewed e => state with { InterviewedAt = state.InterviewedAt ?? e.CompletedAt },
            FileClosed => state with { Status = FileStatus.Closed },
            FileReopened => state with { Status = FileStatus.Open },
            ChildHandedOver e => state with { HandedOverAt = e.At },
            MergePrepared e => state with { Absorbing = e.From, AbsorbingSince = e.At },
            MergeAbandoned => state with { Absorbing = null },
            MergeDeclined e => state with { Declined = state.Declined.Add((e.Into, e.PreparedAt)) },
            FileMerged e => state with { Status = FileStatus.Merged, MergedInto = e.Into },
            FileAbsorbed e => state with { Absorbing = null, Absorbed = state.Absorbed.Add(e.From) },
            SafetyCoordinatorNamed e => state with { SafetyCoordinatorId = e.AccountId, CoordinatorSince = e.At },
            ChildWordingKept => state,
            _ => EvolveCare(state, happened),
        };

        return happened is ChildEvent { Facts: { } facts } ? next with { Facts = facts } : next;
    }

    private static ChildFile EvolveCare(ChildFile state, IEvent happened) => happened switch
    {
        RepresentativeRecorded e => state with { Representatives = state.Representatives.SetItem(e.PersonId, e.Representative) },
        RepresentativeInformed e => state with { Informed = state.Informed.Add(new(e.At, e.PersonId, e.Means, e.What)) },
        InvolvementRecorded e => state with { Involvements = state.Involvements.SetItem(e.InvolvementId, e.Involvement) },
        NeedsRecorded e => state with { Needs = e.Needs, Referrals = state.Referrals.ConvertAll(known => known with { NeedsWeighed = true }) },
        WishesRecorded e => state with { Wishes = state.Wishes.Add(new(e.At, e.Words)) },
        AssessmentMade e => state with { Assessments = state.Assessments.Add(new(e.Version, e.At, e.Assessment)) },
        TaskArisen e => state with { TaskTrails = state.TaskTrails.Add(new(e.Kind, e.At, TaskStep.Arisen, e.DueOn)) },
        TaskDone e => state with { TaskTrails = state.TaskTrails.Add(new(e.Kind, e.At, TaskStep.Done, null)) },
        TaskWithdrawn e => state with { TaskTrails = state.TaskTrails.Add(new(e.Kind, e.At, TaskStep.Withdrawn, null)) },
        _ => throw new InvalidOperationException($"A child's file does not know {happened.GetType().Name}."),
    };

    /// <summary>Who it told of leaves with it, as representative and as involved.</summary>
    private static ChildFile WithoutReferral(ChildFile state, Guid referralId)
    {
        var left = state.Referrals.RemoveAll(known => known.Id == referralId);
        var people = ReferralContent.PeopleOf(referralId).ToList();
        return state with
        {
            Referrals = left,
            ReportedAt = left.Count > 0 ? left.Min(known => known.ReportedAt) : state.ReportedAt,
            Representatives = state.Representatives.RemoveRange(people),
            Involvements = state.Involvements.RemoveRange(
                people.SelectMany(person => InvolvementCategories.All.Select(category => Involvement.IdOf(person, category)))),
        };
    }
}
