using Barnahus.Intake.Referrals;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Tests.Referrals;

public sealed class DecidingSpec : ReferralSpec
{
    private static readonly DateOnly Today = new(2026, 9, 2);
    private static readonly DateOnly NextWeek = new(2026, 9, 9);
    private static readonly ReferralKeptOpen KeptOpen = new(NextWeek, Personal.Of("Hotel onbekend")) { ReferralId = Id };

    [Fact]
    public Task A_searched_and_triaged_referral_is_accepted() => Given(Received, Searched, Triaged).When(Accept()).Then(Accepted);

    [Fact]
    public void Accepting_without_a_search_is_refused() => Given(Received, Triaged).When(Accept()).ThenRefused("search-first");

    [Fact]
    public void Accepting_without_triage_is_refused() => Given(Received, Searched).When(Accept()).ThenRefused("triage-first");

    [Fact]
    public void Accepting_without_a_safety_coordinator_is_refused() =>
        Given(Received, Searched, Triaged).When(Accept() with { SafetyCoordinatorId = null }).ThenRefused("safety-coordinator-required");

    [Fact]
    public void Without_a_known_place_the_officer_names_the_region()
    {
        var nowhere = (ReferralReceived)Received with { Region = null };
        Given(nowhere, Searched, Triaged).When(Accept()).ThenRefused("region-required");
        Given(nowhere, Searched, Triaged).When(Accept(region: "Limburg")).State().Region.ShouldBe("Limburg");
    }

    [Fact]
    public void Of_two_acceptances_the_second_is_refused() =>
        Given(Received, Searched, Triaged, Accepted).When(Accept(Officer)).ThenRefused("already-accepted");

    [Fact]
    public Task It_is_redirected_to_somebody_on_a_ground() => Given(Received, Triaged)
        .When(new RedirectReferral(Now, new("avim", "Limburg"), "Woont in Limburg"))
        .Then(new ReferralRedirected(Now, Personal.Of(new RouteChoice("avim", "Limburg")), Personal.Of("Woont in Limburg")) { ReferralId = Id });

    [Fact]
    public void Redirecting_takes_a_ground_a_recipient_and_triage()
    {
        Given(Received, Triaged).When(new RedirectReferral(Now, new("avim", null), "")).ThenRefused("ground-required");
        Given(Received, Triaged).When(new RedirectReferral(Now, null, "Elders")).ThenRefused("recipient-required");
        Given(Received).When(new RedirectReferral(Now, new("avim", null), "Elders")).ThenRefused("triage-first");
    }

    [Fact]
    public Task It_is_closed_on_a_ground() => Given(Received, Triaged).When(new CloseReferral(Now, "Dubbel")).Then(Closed);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void Closing_without_a_ground_is_refused(string? ground) =>
        Given(Received, Triaged).When(new CloseReferral(Now, ground)).ThenRefused("ground-required");

    [Fact]
    public void Closing_without_triage_is_refused() => Given(Received).When(new CloseReferral(Now, "Dubbel")).ThenRefused("triage-first");

    [Fact]
    public void What_ended_stays_ended()
    {
        Given(Received, Triaged, Closed).When(Accept()).ThenRefused("already-closed");
        var redirected = new ReferralRedirected(Now, Personal.Of(new RouteChoice("avim", null)), Personal.Of("Elders")) { ReferralId = Id };
        Given(Received, Triaged, redirected).When(new CloseReferral(Now, "Dubbel")).ThenRefused("already-redirected");
    }

    [Fact]
    public Task It_stays_open_until_a_review_date() =>
        Given(Received, Triaged).When(new KeepReferralOpen(Today, NextWeek, "Hotel onbekend")).Then(KeptOpen);

    [Fact]
    public void Staying_open_takes_a_reason_and_a_day_to_come()
    {
        Given(Received, Triaged).When(new KeepReferralOpen(Today, NextWeek, null)).ThenRefused("ground-required");
        Given(Received, Triaged).When(new KeepReferralOpen(Today, Today, "Hotel onbekend")).ThenRefused("review-date-in-past");
    }

    [Fact]
    public Task On_the_review_day_somebody_is_reminded() =>
        Given(Received, Triaged, KeptOpen).When(new RemindOfReview(NextWeek)).Then(new ReferralReviewDue(NextWeek) { ReferralId = Id });

    [Fact]
    public async Task Nobody_is_reminded_early_or_twice_or_of_what_was_decided()
    {
        await Given(Received, Triaged, KeptOpen).When(new RemindOfReview(NextWeek.AddDays(-1))).Then();
        await Given(Received, Triaged, KeptOpen, new ReferralReviewDue(NextWeek) { ReferralId = Id }).When(new RemindOfReview(NextWeek)).Then();
        await Given(Received, Triaged, KeptOpen, Closed).When(new RemindOfReview(NextWeek)).Then();
    }

    [Fact]
    public async Task A_wrong_join_is_taken_apart_and_the_referral_waits_again()
    {
        await Given(Received, Searched, Triaged, Accepted).When(new CorrectJoin(Now, Child, "Ander kind"))
            .Then(new ReferralJoinCorrected(Now, Child, Personal.Of("Ander kind")) { ReferralId = Id });
        await Given(Received, Searched, Triaged, Accepted).When(new CorrectJoin(Now, Officer, "Ander kind")).Then();
        var state = Given(Received, Searched, Triaged, Accepted).When(new CorrectJoin(Now, Child, "Ander kind")).State();
        state.ChildId.ShouldBeNull();
        state.TakenFrom.ShouldBe([Child]);
        state.Search.ShouldBeNull("the child must be searched anew");
    }
}
