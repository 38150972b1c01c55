using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Views;
using Barnahus.Testing;

namespace Barnahus.Interviews.Agenda;

/// <summary>Nothing is held twice, and a refusal names the rule only.</summary>
public sealed class AgendaDeciderTests() : DeciderSpec<AgendaCommand, AgendaDay>(AgendaDecider.Decider)
{
    private static readonly TravelTimes Travel = TravelTimes.Default;
    private static readonly Guid Child = new("0199f000-0000-7000-8000-000000000001");
    private static readonly Guid Other = new("0199f000-0000-7000-8000-000000000002");

    [Fact]
    public Task Room_people_and_child_are_held_in_one_event() =>
        Given().When(Reserve(At(1, 10, 12))).Then(new SlotReserved(At(1, 10, 12)));

    [Fact]
    public void A_room_is_not_held_twice() =>
        Given(new SlotReserved(At(1, 10, 12))).When(Reserve(At(2, 11, 13, Other) with { PersonIds = ["i-2"] })).ThenRefused("room-taken");

    [Fact]
    public void A_person_is_not_held_in_two_rooms_at_once() =>
        Given(new SlotReserved(At(1, 10, 12))).When(Reserve(At(2, 11, 13, Other) with { RoomId = "utr-2" })).ThenRefused("person-taken");

    [Fact]
    public void A_child_is_not_held_in_two_places_at_once() =>
        Given(new SlotReserved(At(1, 10, 12)))
            .When(Reserve(At(2, 11, 13) with { RoomId = "lwd-1", StudioId = "leeuwarden", PersonIds = ["i-2"] })).ThenRefused("child-taken");

    [Fact]
    public void The_loser_is_told_what_is_held_and_when_and_not_for_whom()
    {
        var held = Given(new SlotReserved(At(1, 10, 12)));
        held.When(Reserve(At(2, 11, 13, Other) with { PersonIds = ["i-2"] }))
            .ThenRefused("room-taken", "The room is taken at that time. Search again and choose another slot. It is now held for 9 September 2026 12:00 to 14:00.");
        held.When(Reserve(At(2, 11, 13, Other) with { RoomId = "utr-2" }))
            .ThenRefused("person-taken", "Somebody needed is taken at that time. Search again and choose another slot. It is now held for 9 September 2026 12:00 to 14:00.");
        held.When(Reserve(At(2, 11, 13) with { RoomId = "utr-2", PersonIds = ["i-2"] }))
            .ThenRefused("child-taken", "It is now held for 9 September 2026 12:00 to 14:00.");
    }

    [Fact]
    public Task After_a_merge_the_time_is_held_for_the_file_that_goes_on() =>
        Given(new SlotReserved(At(1, 10, 12)), new SlotConfirmed(At(1, 10, 12).Id, Child))
            .When(new AgendaCommand.CarryOver(At(1, 10, 12).Id, Other)).Then(new SlotCarriedOver(At(1, 10, 12).Id, Child, Other));

    [Fact]
    public Task What_is_held_for_the_file_that_goes_on_already_changes_nothing() =>
        Given(new SlotReserved(At(1, 10, 12)), new SlotCarriedOver(At(1, 10, 12).Id, Child, Other))
            .When(new AgendaCommand.CarryOver(At(1, 10, 12).Id, Other)).Then();

    [Fact]
    public Task What_the_agenda_does_not_know_is_not_carried_over() =>
        Given().When(new AgendaCommand.CarryOver(At(1, 10, 12).Id, Other)).Then();

    [Fact]
    public void After_a_merge_no_suspect_of_the_childs_own_case_comes_under_either_id()
    {
        foreach (var child in new[] { Child, Other })
        {
            Given(new SlotReserved(At(1, 10, 12)), new SlotCarriedOver(At(1, 10, 12).Id, Child, Other))
                .When(new AgendaCommand.ExpectSuspect(Suspect(12, 13) with { CaseKeys = [AgendaDay.KeyOf(ChildrenByCase.OwnOf(child))] }, Now))
                .ThenRefused("suspect-in-building");
        }
    }

    [Fact]
    public void After_a_merge_it_is_one_child_that_is_not_in_two_places() =>
        Given(new SlotReserved(At(1, 10, 12)), new SlotCarriedOver(At(1, 10, 12).Id, Child, Other))
            .When(Reserve(At(2, 11, 13, Other) with { RoomId = "utr-2", PersonIds = ["i-2"] })).ThenRefused("child-taken");

    [Fact]
    public Task After_a_merge_two_visits_of_one_case_that_touch_are_those_of_one_child()
    {
        var next = At(2, 12, 14, Other) with { RoomId = "utr-2", PersonIds = ["i-2"], CaseKeys = ["k-1"] };
        return Given(new SlotReserved(At(1, 10, 12) with { CaseKeys = ["k-1"] }), new SlotCarriedOver(At(1, 10, 12).Id, Child, Other))
            .When(Reserve(next)).Then(new SlotReserved(next));
    }

    [Fact]
    public Task After_a_merge_what_is_moved_and_given_back_is_that_of_the_file_that_goes_on()
    {
        var moved = At(2, 11, 13, Other);
        return Given(new SlotReserved(At(1, 10, 12)), new SlotConfirmed(At(1, 10, 12).Id, Child), new SlotCarriedOver(At(1, 10, 12).Id, Child, Other))
            .When(Reserve(moved) with { Replaces = At(1, 10, 12).Id }).Then(new SlotReserved(moved));
    }

    [Fact]
    public Task The_next_visit_may_begin_when_the_last_one_ends() =>
        Given(new SlotReserved(At(1, 10, 12))).When(Reserve(At(2, 12, 14, Other))).Then(new SlotReserved(At(2, 12, 14, Other)));

    [Fact]
    public void A_person_cannot_be_in_another_building_before_the_journey_is_over() =>
        Given(new SlotReserved(At(1, 10, 12)))
            .When(Reserve(At(2, 13, 14, Other) with { RoomId = "ams-1", StudioId = "amsterdam" })).ThenRefused("person-travel");

    [Fact]
    public Task After_the_journey_a_person_can()
    {
        var amsterdam = At(2, 14, 15, Other) with { RoomId = "ams-1", StudioId = "amsterdam" };
        return Given(new SlotReserved(At(1, 10, 12))).When(Reserve(amsterdam)).Then(new SlotReserved(amsterdam));
    }

    [Fact]
    public void Children_of_one_case_do_not_meet_in_the_waiting_room_even_when_one_comes_as_the_other_goes() =>
        Given(new SlotReserved(At(1, 10, 12) with { CaseKeys = ["k-1", "k-2"] }))
            .When(Reserve(At(2, 12, 14, Other) with { RoomId = "utr-2", PersonIds = ["i-2"], CaseKeys = ["k-2"] })).ThenRefused("children-crossing");

    [Fact]
    public Task Children_of_one_case_may_come_to_two_buildings()
    {
        var elsewhere = At(2, 10, 12, Other) with { RoomId = "ams-1", StudioId = "amsterdam", PersonIds = ["i-2"], CaseKeys = ["k-1"] };
        return Given(new SlotReserved(At(1, 10, 12) with { CaseKeys = ["k-1"] })).When(Reserve(elsewhere)).Then(new SlotReserved(elsewhere));
    }

    [Fact]
    public void No_child_comes_while_a_suspect_of_its_case_is_in_the_building() =>
        Given(new SuspectExpected(Suspect(12, 13))).When(Reserve(At(1, 10, 12) with { CaseKeys = ["k-1"] })).ThenRefused("suspect-in-building");

    [Fact]
    public void No_suspect_comes_while_a_child_of_the_case_is_in_the_building() =>
        Given(new SlotReserved(At(1, 10, 12) with { CaseKeys = ["k-1"] }))
            .When(new AgendaCommand.ExpectSuspect(Suspect(9, 10), Now)).ThenRefused("suspect-in-building");

    [Fact]
    public Task A_suspect_of_another_case_is_in_nobodys_way() =>
        Given(new SlotReserved(At(1, 10, 12) with { CaseKeys = ["k-2"] }))
            .When(new AgendaCommand.ExpectSuspect(Suspect(9, 11), Now)).Then(new SuspectExpected(Suspect(9, 11)));

    [Fact]
    public Task A_suspect_visit_that_is_off_keeps_nobody_out() =>
        Given(new SuspectExpected(Suspect(9, 11)))
            .When(new AgendaCommand.CancelSuspectVisit(Suspect(9, 11).Id)).Then(new SuspectNotExpected(Suspect(9, 11).Id));

    [Fact]
    public void A_visit_does_not_run_past_midnight() =>
        Given().When(Reserve(At(1, 21, 23))).ThenRefused("not-within-one-day");

    [Fact]
    public Task The_booking_that_is_moved_is_not_in_its_own_way() =>
        Given(new SlotReserved(At(1, 10, 12)), new SlotConfirmed(At(1, 10, 12).Id, Child))
            .When(Reserve(At(2, 11, 13)) with { Replaces = At(1, 10, 12).Id }).Then(new SlotReserved(At(2, 11, 13)));

    [Fact]
    public void The_booking_of_another_child_does_not_make_way() =>
        Given(new SlotReserved(At(1, 10, 12)), new SlotConfirmed(At(1, 10, 12).Id, Child))
            .When(Reserve(At(2, 11, 13, Other)) with { Replaces = At(1, 10, 12).Id }).ThenRefused("room-taken");

    [Fact]
    public Task What_was_released_is_free() =>
        Given(new SlotReserved(At(1, 10, 12)), new SlotReleased(At(1, 10, 12).Id, Child, "cancelled"))
            .When(Reserve(At(2, 10, 12, Other))).Then(new SlotReserved(At(2, 10, 12, Other)));

    [Fact]
    public Task What_lapsed_before_its_timer_came_is_closed_in_the_same_append() =>
        Given(new SlotReserved(Lapsed())).When(Reserve(At(2, 10, 12, Other)))
            .Then(new SlotExpired(Lapsed().Id, Child), new SlotReserved(At(2, 10, 12, Other)));

    [Fact]
    public Task A_reservation_is_confirmed() =>
        Given(new SlotReserved(At(1, 10, 12))).When(Confirm(1)).Then(new SlotConfirmed(At(1, 10, 12).Id, Child));

    [Fact]
    public Task A_late_confirmation_holds_as_long_as_nobody_took_the_place() =>
        Given(new SlotReserved(Lapsed()), new SlotExpired(Lapsed().Id, Child)).When(Confirm(1)).Then(new SlotConfirmed(Lapsed().Id, Child));

    [Fact]
    public void A_late_confirmation_is_refused_when_the_place_was_taken() =>
        Given(new SlotReserved(Lapsed()), new SlotExpired(Lapsed().Id, Child), new SlotReserved(At(2, 10, 12, Other)))
            .When(Confirm(1)).ThenRefused("room-taken");

    [Fact]
    public void What_was_released_is_not_confirmed() =>
        Given(new SlotReserved(At(1, 10, 12)), new SlotReleased(At(1, 10, 12).Id, Child, "cancelled")).When(Confirm(1)).ThenRefused("reservation-gone");

    [Fact]
    public Task A_reservation_expires_when_its_time_is_over() =>
        Given(new SlotReserved(Lapsed())).When(new AgendaCommand.Expire(Lapsed().Id, Now)).Then(new SlotExpired(Lapsed().Id, Child));

    [Fact]
    public Task A_reservation_does_not_expire_early() =>
        Given(new SlotReserved(At(1, 10, 12))).When(new AgendaCommand.Expire(At(1, 10, 12).Id, Now)).Then();

    [Fact]
    public Task What_was_confirmed_does_not_expire() =>
        Given(new SlotReserved(Lapsed()), new SlotConfirmed(Lapsed().Id, Child)).When(new AgendaCommand.Expire(Lapsed().Id, Now)).Then();

    [Fact]
    public Task The_same_reservation_again_changes_nothing() =>
        Given(new SlotReserved(At(1, 10, 12))).When(Reserve(At(1, 10, 12))).Then();

    [Fact]
    public void Another_reservation_under_the_same_id_is_refused() =>
        Given(new SlotReserved(At(1, 10, 12))).When(Reserve(At(1, 13, 14))).ThenRefused("reservation-exists");

    [Fact]
    public Task Releasing_twice_changes_nothing() =>
        Given(new SlotReserved(At(1, 10, 12)), new SlotReleased(At(1, 10, 12).Id, Child, "cancelled"))
            .When(new AgendaCommand.Release(At(1, 10, 12).Id, "cancelled")).Then();

    [Theory]
    [InlineData("cancelled")]
    [InlineData("rescheduled")]
    [InlineData("not-booked")]
    public async Task What_expired_and_was_given_up_is_released_and_no_late_confirmation_holds_it(string reason)
    {
        await Given(new SlotReserved(Lapsed()), new SlotExpired(Lapsed().Id, Child))
            .When(new AgendaCommand.Release(Lapsed().Id, reason)).Then(new SlotReleased(Lapsed().Id, Child, reason));
        Given(new SlotReserved(Lapsed()), new SlotExpired(Lapsed().Id, Child), new SlotReleased(Lapsed().Id, Child, reason))
            .When(Confirm(1)).ThenRefused("reservation-gone");
    }

    [Fact]
    public Task What_another_booked_and_confirmed_is_not_given_back_by_one_who_did_not_book() =>
        Given(new SlotReserved(At(1, 10, 12)), new SlotConfirmed(At(1, 10, 12).Id, Child))
            .When(new AgendaCommand.Release(At(1, 10, 12).Id, AgendaDecider.NotBooked)).Then();

    [Fact]
    public Task What_is_called_off_after_it_was_confirmed_is_given_back() =>
        Given(new SlotReserved(At(1, 10, 12)), new SlotConfirmed(At(1, 10, 12).Id, Child))
            .When(new AgendaCommand.Release(At(1, 10, 12).Id, "cancelled")).Then(new SlotReleased(At(1, 10, 12).Id, Child, "cancelled"));

    [Fact]
    public Task Where_nothing_was_ever_held_there_is_nothing_to_give_back() =>
        Given().When(new AgendaCommand.Release(At(1, 10, 12).Id, AgendaDecider.NotBooked)).Then();

    [Fact]
    public void What_was_booked_and_is_not_in_the_agenda_is_told() =>
        Given().When(new AgendaCommand.Release(At(1, 10, 12).Id, "cancelled")).ThenRefused("reservation-gone");

    private static AgendaCommand.Reserve Reserve(Reservation wanted) => new(wanted, null, Travel, Now);

    private static AgendaCommand.Confirm Confirm(byte id) => new(At(id, 10, 12).Id, Travel, Now);

    private static Reservation At(byte id, int from, int to, Guid? child = null) => new(
        new Guid(id, 0, 0, 0, 0, 0, 0, 0, 0, 0, id), child ?? Child, "utrecht", "utr-1", ["i-1", "p-1"], Hour(from), Hour(to), Hour(from).AddMinutes(15),
        Hour(to).AddMinutes(-30), [], Now.AddMinutes(10));

    private static Reservation Lapsed() => At(1, 10, 12) with { ExpiresAt = Now.AddMinutes(-1) };

    private static SuspectVisit Suspect(int from, int to) => new(new Guid(9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9), "utrecht", Hour(from), Hour(to), ["k-1"]);

    private static DateTimeOffset Hour(int hour) => new(2026, 9, 9, hour, 0, 0, TimeSpan.Zero);
}
