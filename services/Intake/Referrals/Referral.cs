using System.Collections.Immutable;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Referrals;

/// <summary>Where a referral stands.</summary>
public enum ReferralStatus
{
    None,
    Received,
    Triaged,
    UnderInvestigation,
    Accepted,
    Redirected,
    Closed,
}

/// <summary>State of a referral, folded from its stream. Personal fields stay sealed.</summary>
public sealed record Referral
{
    public static readonly Referral Initial = new();

    public Guid Id { get; init; }

    public ReferralStatus Status { get; init; }

    public string? Source { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    public string? Region { get; init; }

    public bool Anonymous { get; init; }

    public Personal<ReferralContent>? Content { get; init; }

    /// <summary>An officer completed what the first message told.</summary>
    public bool IsCompleted { get; init; }

    /// <summary>The last search; null when nobody searched yet.</summary>
    public ReferralSearched? Search { get; init; }

    public ReferralTriaged? Triage { get; init; }

    public DateOnly? ReviewOn { get; init; }

    public bool ReviewReminded { get; init; }

    public ReferralAccepted? Acceptance { get; init; }

    public ReferralRedirected? Redirection { get; init; }

    public ReferralClosed? Closure { get; init; }

    /// <summary>The file it belongs to, while accepted.</summary>
    public Guid? ChildId => Acceptance?.ChildId;

    /// <summary>Files it was taken out of: of those children it told for a while, and who must not see them must not see it.</summary>
    public ImmutableHashSet<Guid> TakenFrom { get; init; } = [];

    public bool IsOpen => Status is ReferralStatus.Received or ReferralStatus.Triaged or ReferralStatus.UnderInvestigation;

    /// <summary>This acceptance still holds: the referral was not taken out again, nor accepted anew since.</summary>
    public bool IsAcceptedBy(ReferralAccepted accepted) => Acceptance is { } holds && holds.At == accepted.At && holds.ChildId == accepted.ChildId;

    /// <summary>Stream of a referral.</summary>
    public static string Stream(Guid referralId) => $"intake.referral-{referralId:D}";

    public static Referral Evolve(Referral state, IEvent happened) => happened switch
    {
        ReferralReceived e => state with
        {
            Id = e.ReferralId,
            Status = ReferralStatus.Received,
            Source = e.Source,
            SubmittedAt = e.SubmittedAt,
            ReceivedAt = e.ReceivedAt,
            Region = e.Region,
            Anonymous = e.Anonymous,
            Content = e.Content,
        },
        ReferralSearched e => state with { Search = e },
        ReferralTriaged e => state with { Status = ReferralStatus.Triaged, Triage = e, ReviewOn = null },
        ReferralIdentified e => state with { Anonymous = e.Anonymous, Region = e.Region, Content = e.Content, IsCompleted = true, Search = null },
        ReferralKeptOpen e => state with { Status = ReferralStatus.UnderInvestigation, ReviewOn = e.ReviewOn, ReviewReminded = false },
        ReferralReviewDue => state with { ReviewReminded = true },
        ReferralAccepted e => state with { Status = ReferralStatus.Accepted, Acceptance = e, ReviewOn = null, Region = e.Region },
        ReferralRedirected e => state with { Status = ReferralStatus.Redirected, Redirection = e, ReviewOn = null },
        ReferralClosed e => state with { Status = ReferralStatus.Closed, Closure = e, ReviewOn = null },
        ReferralJoinCorrected e => state with { Status = ReferralStatus.Triaged, Acceptance = null, Search = null, TakenFrom = state.TakenFrom.Add(e.TakenFrom) },
        ReferralWordingKept => state,
        _ => throw new InvalidOperationException($"A referral does not know {happened.GetType().Name}."),
    };
}
