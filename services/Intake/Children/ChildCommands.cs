using Barnahus.Intake.Referrals;
using Barnahus.Platform.Deciding;

namespace Barnahus.Intake.Children;

/// <summary>What can be asked of a child's file.</summary>
public abstract record ChildCommand
{
    /// <summary>Domain time of the decision.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// The opened file as it will be, when the change touches what others need to know: facts and tasks follow from it.
    /// It was opened at one revision, so the command is handled at that revision only.
    /// </summary>
    public OpenedFile? After { get; init; }

    /// <summary>Terms the terminology list warns against and the writer kept.</summary>
    public IReadOnlyList<string> KeptTerms { get; init; } = [];
}

public sealed record OpenFile(
    Guid ChildId, Guid ReferralId, DateTimeOffset ReportedAt, string Region, Guid SafetyCoordinatorId, ReferralContent Referral) : ChildCommand;

/// <param name="Completed">Identity fields that were unknown and that it brings.</param>
public sealed record JoinReferral(Guid ReferralId, DateTimeOffset ReportedAt, IReadOnlyList<string> Completed, ReferralContent Referral) : ChildCommand
{
    /// <summary>Account that looks after the child's safety from now on, as the acceptance has it; null: the one of the file.</summary>
    public Guid? SafetyCoordinatorId { get; init; }
}

public sealed record TakeReferralOut(Guid ReferralId, string? Reason) : ChildCommand;

public sealed record CompleteIdentity(IReadOnlyList<string> Fields) : ChildCommand;

public sealed record CorrectIdentity(string Field, string? Reason) : ChildCommand;

public sealed record CorrectReferral(Guid ReferralId, string Field, ReferralContent Referral, string? Reason) : ChildCommand;

public sealed record RestrictPart(string Part, string Kind, string? Reason) : ChildCommand;

public sealed record LiftRestriction(string Part, string? Reason) : ChildCommand;

public sealed record LearnOfInterview(DateTimeOffset CompletedAt, long SourceRevision) : ChildCommand;

public sealed record CloseFile(string? Ground) : ChildCommand;

public sealed record ReopenFile(string? Ground) : ChildCommand;

public sealed record HandOver(string? To, string? Arrangement) : ChildCommand;

public sealed record PrepareMerge(Guid From, string? Reason) : ChildCommand, IDecidedOnce;

/// <param name="PreparedAt">When the merge was prepared that is given up: a later one stands.</param>
public sealed record AbandonMerge(Guid From, DateTimeOffset PreparedAt) : ChildCommand;

/// <param name="PreparedAt">When that file prepared to take this one over.</param>
public sealed record MergeInto(Guid Into, DateTimeOffset PreparedAt) : ChildCommand;

/// <summary>Takes over the content of a file that was merged into this one.</summary>
/// <param name="From">The file as it was frozen.</param>
/// <param name="Content">The same, opened.</param>
public sealed record Absorb(
    ChildFile From,
    OpenedFile Content,
    IReadOnlyList<(DateTimeOffset At, string Words)> Wishes,
    IReadOnlyList<(DateTimeOffset At, IndividualAssessment Assessment)> Assessments) : ChildCommand;

public sealed record RecordRepresentative(Representative Representative) : ChildCommand
{
    /// <summary>Other ids under which referrals told of this person: what is recorded holds under each of them.</summary>
    public IReadOnlyList<Guid> AlsoAs { get; init; } = [];
}

/// <param name="Representative">The person as the file knows it; null when it does not.</param>
public sealed record InformRepresentative(Representative? Representative, string Means, string? What) : ChildCommand;

public sealed record RecordInvolvement(Guid InvolvementId, Involvement Involvement) : ChildCommand
{
    /// <summary>Referral that brought this person along; null: somebody recorded it. It is in the file then, though the file was closed since.</summary>
    public Guid? BroughtBy { get; init; }
}

public sealed record RecordNeeds(NeedsContent Needs) : ChildCommand;

public sealed record RecordWishes(string? Words) : ChildCommand;

public sealed record MakeAssessment(IndividualAssessment Assessment, bool IsMinor) : ChildCommand;

/// <param name="Reason">Why the child goes over to another; null when nobody said.</param>
/// <param name="HoldsRole">The account may act as safety coordinator.</param>
/// <param name="InConflict">It is marked in conflict of interest with the child.</param>
public sealed record NameSafetyCoordinator(Guid AccountId, string? Reason, bool HoldsRole, bool InConflict) : ChildCommand;

/// <summary>Raises what the day brings (the handover six months before the eighteenth birthday).</summary>
public sealed record RaiseTasks : ChildCommand;

public sealed record CompleteTask(string Kind, string? Note) : ChildCommand;
