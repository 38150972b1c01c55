using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Referrals;

/// <summary>As a referral was weighed before grounds and routes were sealed.</summary>
[EventType("intake.referral-triaged.v1", Retired = true)]
public sealed record ReferralTriagedV1(
    DateTimeOffset At,
    IReadOnlyList<string> StepsTaken,
    bool ReportObligatory,
    IReadOnlyList<string> Grounds,
    IReadOnlyList<string> Proposed,
    IReadOnlyList<RouteChoice> Chosen,
    [property: Personal(Regime.Police)] Personal<string>? WhyStepsNotTaken,
    [property: Personal(Regime.Police)] Personal<string>? DeviationReason,
    [property: Personal(Regime.Police)] Personal<string>? Note) : ReferralEvent;

/// <summary>As a referral was redirected before the route was sealed.</summary>
[EventType("intake.referral-redirected.v1", Retired = true)]
public sealed record ReferralRedirectedV1(
    DateTimeOffset At, RouteChoice To, [property: Personal(Regime.Police)] Personal<string> Ground) : ReferralEvent;

/// <summary>As words were kept before they were sealed.</summary>
[EventType("intake.referral-wording-kept.v1", Retired = true)]
public sealed record ReferralWordingKeptV1(IReadOnlyList<string> Terms) : ReferralEvent;

/// <summary>What stood in clear is personal from here on; what was written stays as it was.</summary>
internal sealed class ReferralUpcaster
    : IUpcaster<ReferralTriagedV1, ReferralTriaged>, IUpcaster<ReferralRedirectedV1, ReferralRedirected>, IUpcaster<ReferralWordingKeptV1, ReferralWordingKept>
{
    public ReferralTriaged Upcast(ReferralTriagedV1 old) => new(
        old.At,
        Personal.Of(new TriageOutcome(old.StepsTaken, old.ReportObligatory, old.Grounds, old.Proposed, old.Chosen)),
        old.WhyStepsNotTaken,
        old.DeviationReason,
        old.Note) { ReferralId = old.ReferralId, ChildId = old.ChildId };

    public ReferralRedirected Upcast(ReferralRedirectedV1 old) =>
        new(old.At, Personal.Of(old.To), old.Ground) { ReferralId = old.ReferralId, ChildId = old.ChildId };

    public ReferralWordingKept Upcast(ReferralWordingKeptV1 old) => new(Personal.Of(old.Terms)) { ReferralId = old.ReferralId, ChildId = old.ChildId };
}
