using Barnahus.Intake.Referrals;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Tests.Referrals;

public sealed class ReceivingSpec : ReferralSpec
{
    private static readonly ReceiveReferral Receive = new(Id, "urn:nld:oin:00000000000099900007", Now, Now, Region, Content);

    [Fact]
    public Task A_referral_is_received() => Given().When(Receive).Then(Received);

    [Fact]
    public Task The_same_source_and_id_again_changes_nothing() => Given(Received).When(Receive).Then();

    [Fact]
    public Task A_search_is_recorded_with_why_each_candidate_matched()
    {
        SearchHit[] hits = [new(Child, ["bsn"])];
        return Given(Received).When(new RecordSearch(Now, hits)).Then(new ReferralSearched(Now, hits) { ReferralId = Id });
    }

    [Fact]
    public void Nothing_can_be_asked_of_a_referral_that_never_came() => Given().When(new CloseReferral(Now, "Dubbel")).ThenRefused("unknown-referral");

    [Fact]
    public Task An_anonymous_referral_is_upgraded_and_must_be_searched_again()
    {
        var known = Content with { Anonymous = false };
        var identified = new ReferralIdentified(false, Region, Personal.Of(known)) { ReferralId = Id };
        Fold(Received, Searched, identified).Search.ShouldBeNull();
        return Given(Received, Searched).When(new IdentifyReferral(known, Region)).Then(identified);
    }

    [Fact]
    public Task Words_that_were_kept_against_the_list_are_recorded() => Given(Received, Triaged)
        .When(new CloseReferral(Now, "Een loverboy") { KeptTerms = ["loverboy*"] })
        .Then(
            new ReferralClosed(Now, Personal.Of("Een loverboy")) { ReferralId = Id },
            new ReferralWordingKept(Personal.Of<IReadOnlyList<string>>(["loverboy*"])) { ReferralId = Id });
}
