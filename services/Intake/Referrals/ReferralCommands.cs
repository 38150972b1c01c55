namespace Barnahus.Intake.Referrals;

/// <summary>What can be asked of a referral. Ids, times and opened values come in here: deciding is pure.</summary>
public abstract record ReferralCommand
{
    /// <summary>Terms the terminology list warns against and the writer kept.</summary>
    public IReadOnlyList<string> KeptTerms { get; init; } = [];
}

public sealed record ReceiveReferral(
    Guid ReferralId, string? Source, DateTimeOffset SubmittedAt, DateTimeOffset Now, string? Region, ReferralContent Content) : ReferralCommand;

public sealed record RecordSearch(DateTimeOffset Now, IReadOnlyList<SearchHit> Candidates) : ReferralCommand;

/// <param name="Advice">What the rules make of the opened content.</param>
/// <param name="Routes">What the officer chooses.</param>
public sealed record TriageReferral(
    DateTimeOffset Now,
    TriageAdvice Advice,
    IReadOnlyList<RouteChoice> Routes,
    IReadOnlyList<string> StepsTaken,
    string? WhyStepsNotTaken,
    string? DeviationReason,
    string? Note) : ReferralCommand;

/// <param name="Completed">The whole content with what is now known.</param>
public sealed record IdentifyReferral(ReferralContent Completed, string? Region) : ReferralCommand;

public sealed record KeepReferralOpen(DateOnly Today, DateOnly ReviewOn, string? Why) : ReferralCommand;

public sealed record RemindOfReview(DateOnly Today) : ReferralCommand;

/// <param name="ChildId">Id of the new file, or of the file to join.</param>
/// <param name="NewFile">True to open a file.</param>
/// <param name="Region">Region that an officer names when no place is known.</param>
public sealed record AcceptReferral(
    DateTimeOffset Now,
    Guid ChildId,
    bool NewFile,
    string? Region,
    Guid OfficerId,
    Guid? SafetyCoordinatorId,
    IReadOnlyList<TeamMember> Team) : ReferralCommand;

public sealed record RedirectReferral(DateTimeOffset Now, RouteChoice? To, string? Ground) : ReferralCommand;

public sealed record CloseReferral(DateTimeOffset Now, string? Ground) : ReferralCommand;

/// <summary>Follows from taking the referral out of a file.</summary>
public sealed record CorrectJoin(DateTimeOffset Now, Guid TakenFrom, string Reason) : ReferralCommand;
