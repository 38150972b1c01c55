using Barnahus.Platform.Privacy;
using Barnahus.Safety.Measures;

namespace Barnahus.Safety.Tests.Children;

public sealed class MeasureSpec : SafetySpec
{
    private static ProposeMeasure Propose(DateTimeOffset? start = null, DateTimeOffset? end = null, bool endRequired = false) =>
        new(Child, Now, MeasureId, PhoneSwap, start ?? Now, end, Day, endRequired);

    [Fact]
    public Task A_proposed_measure_must_be_confirmed_within_the_term_of_its_type() => Given()
        .When(Propose()).Then(new MeasureProposed(Child, MeasureId, Now, null, Personal.Of(Now + Day), Now, Personal.Of(PhoneSwap)));

    [Fact]
    public Task The_term_of_a_measure_that_starts_later_counts_from_its_start() => Given()
        .When(Propose(start: Now + (3 * Day))).Then(new MeasureProposed(Child, MeasureId, Now + (3 * Day), null, Personal.Of(Now + (4 * Day)), Now, Personal.Of(PhoneSwap)));

    [Fact]
    public void A_measure_that_must_end_is_refused_without_an_end() => Given().When(Propose(endRequired: true)).ThenRefused("measure-without-end");

    [Fact]
    public void A_measure_cannot_end_before_it_starts() => Given().When(Propose(Now + (2 * Day), Now + Day)).ThenRefused("ends-before-start");

    [Fact]
    public void A_measure_cannot_have_ended_already() => Given().When(Propose(Now - (2 * Day), Now - Day)).ThenRefused("end-in-the-past");

    [Fact]
    public Task A_measure_that_is_known_is_not_proposed_twice() => Given(Proposed()).When(Propose()).Then();

    [Fact]
    public Task A_measure_goes_from_proposed_to_active() => Given(Proposed())
        .When(new ActivateMeasure(Child, Now, MeasureId)).Then(new MeasureActivated(Child, MeasureId, Now));

    [Fact]
    public Task And_from_active_to_confirmed() => Given(Proposed(), Activated)
        .When(new ConfirmMeasure(Child, Now, MeasureId, "Seen.")).Then(new MeasureConfirmed(Child, MeasureId, Now, Personal.Of("Seen.")));

    [Fact]
    public void What_is_only_proposed_cannot_be_confirmed() => Given(Proposed())
        .When(new ConfirmMeasure(Child, Now, MeasureId, null)).ThenRefused("activate-first");

    [Fact]
    public Task What_is_confirmed_is_confirmed() => Given(Proposed(), Activated, Confirmed).When(new ConfirmMeasure(Child, Now, MeasureId, null)).Then();

    [Fact]
    public Task A_measure_in_force_is_ended_with_a_reason() => Given(Proposed(), Activated, Confirmed)
        .When(new EndMeasure(Child, Now, MeasureId, "Safe now.")).Then(new MeasureEnded(Child, MeasureId, Now, Personal.Of("Safe now.")));

    [Fact]
    public void A_measure_that_never_held_is_withdrawn_and_not_ended() => Given(Proposed())
        .When(new EndMeasure(Child, Now, MeasureId, "x")).ThenRefused("withdraw-instead");

    [Fact]
    public Task A_measure_is_withdrawn_before_it_is_confirmed() => Given(Proposed(), Activated)
        .When(new WithdrawMeasure(Child, Now, MeasureId, "Not needed.")).Then(new MeasureWithdrawn(Child, MeasureId, Now, Personal.Of("Not needed.")));

    [Fact]
    public void A_confirmed_measure_is_ended_and_not_withdrawn() => Given(Proposed(), Activated, Confirmed)
        .When(new WithdrawMeasure(Child, Now, MeasureId, "x")).ThenRefused("end-instead");

    [Fact]
    public Task A_measure_is_extended_beyond_its_end() => Given(Proposed(Now + Day))
        .When(new ExtendMeasure(Child, Now, MeasureId, Now + (9 * Day), "Still threatened."))
        .Then(new MeasureExtended(Child, MeasureId, Now + (9 * Day), Now, Personal.Of("Still threatened.")));

    [Fact]
    public void An_extension_lies_after_the_present_end() => Given(Proposed(Now + (9 * Day)))
        .When(new ExtendMeasure(Child, Now, MeasureId, Now + Day, "x")).ThenRefused("not-later");

    [Fact]
    public void A_measure_without_end_has_nothing_to_extend() => Given(Proposed())
        .When(new ExtendMeasure(Child, Now, MeasureId, Now + Day, "x")).ThenRefused("no-end-to-extend");

    [Fact]
    public void A_closed_measure_does_not_move_any_more() => Given(Proposed(), Activated, new MeasureEnded(Child, MeasureId, Now, Personal.Of("x")))
        .When(new ConfirmMeasure(Child, Now, MeasureId, null)).ThenRefused("measure-closed");

    [Fact]
    public void A_measure_of_another_file_is_unknown() => Given().When(new ActivateMeasure(Child, Now, MeasureId)).ThenRefused("no-such-measure");
}
