using Barnahus.Intake.Referrals;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Tests.Referrals;

public sealed class TriageSpec : ReferralSpec
{
    private static readonly TriageAdvice Obligatory = new(true, ["acute-unsafety"], ["112", "avim"], ["csg"]);

    [Fact]
    public Task Triage_keeps_the_steps_the_obligation_and_the_routes() =>
        Given(Received).When(Triage(Obligatory, ["112", "avim", "veilig-thuis"])).Then(new ReferralTriaged(
            Now,
            Personal.Of(new TriageOutcome(
                ["signals", "consultation"], true, ["acute-unsafety"], ["112", "avim"], [new("112", Region), new("avim", Region), new("veilig-thuis", Region)])),
            Personal.Of("Hotel"),
            null,
            null) { ReferralId = Id });

    [Fact]
    public void An_obligatory_report_is_not_left_out_whatever_the_reason() =>
        Given(Received).When(Triage(Obligatory, ["care-coordinator"], "Liever niet")).ThenRefused("report-obligatory");

    [Fact]
    public void Leaving_out_a_proposed_route_takes_a_reason() =>
        Given(Received).When(Triage(Obligatory, ["112"])).ThenRefused("deviation-reason-required");

    [Fact]
    public void With_a_reason_it_is_left_out() =>
        Given(Received).When(Triage(Obligatory, ["112"], "AVIM zat aan tafel")).State().Triage!.DeviationReason.ShouldBe(Personal.Of("AVIM zat aan tafel"));

    [Fact]
    public void An_accepted_referral_is_not_triaged_again() =>
        Given(Received, Searched, Triaged, Accepted).When(Triage(Obligatory, ["112", "avim"])).ThenRefused("already-accepted");

    [Theory]
    [InlineData(1, true, "team-zeden")]
    [InlineData(2, true, "112,avim")]
    [InlineData(3, true, "112,team-zeden")]
    [InlineData(6, true, "avim,team-zeden")]
    [InlineData(8, false, "team-zeden")]
    [InlineData(9, true, "112,avim,team-zeden,veilig-thuis")]
    [InlineData(11, true, "112,team-zeden")]
    public void The_rules_propose_for_a_case(int number, bool obligatory, string routes)
    {
        var advice = TriageAdvice.Of(Cases.Content(number), Cases.Time(number));
        advice.ReportObligatory.ShouldBe(obligatory);
        advice.Proposed.ShouldBe(routes.Split(','));
    }

    [Fact]
    public void A_disclosure_without_any_other_route_goes_to_Veilig_Thuis() =>
        TriageAdvice.Of(Content with { Suspicions = ["other"], DisclosureByChild = true, AcuteUnsafety = false }, Now).Proposed.ShouldBe(["veilig-thuis"]);

    [Fact]
    public void The_centre_for_sexual_violence_is_considered_within_seven_days()
    {
        var abused = Content with { Suspicions = ["sexual-abuse"], LastEventAt = Now.AddDays(-7).AddMinutes(1) };
        TriageAdvice.Of(abused, Now).Consider.ShouldContain("csg");
        TriageAdvice.Of(abused with { LastEventAt = Now.AddDays(-7) }, Now).Consider.ShouldNotContain("csg");
    }

    private static TriageReferral Triage(TriageAdvice advice, string[] routes, string? reason = null) =>
        new(Now, advice, [.. routes.Select(route => new RouteChoice(route, Region))], ["signals", "consultation"], "Hotel", reason, null);
}
