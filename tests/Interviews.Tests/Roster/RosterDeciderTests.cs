using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Interviews.Roster;

/// <summary>Buildings and rooms.</summary>
public sealed class PremisesDeciderTests() : DeciderSpec<PremisesCommand, Premises>(PremisesDecider.Decider)
{
    private static readonly StudioOpened Utrecht = new("utrecht", "Midden-Nederland", "Barnahus Utrecht", null);
    private static readonly StudioOpened Amsterdam = new("amsterdam", "Amsterdam", "Barnahus Amsterdam", null);
    private static readonly RoomEquipped Room = new("utr-1", "utrecht", 4, 12, true, false);
    private static readonly Guid Id = new("0199f000-0000-7000-8000-000000000001");

    [Fact]
    public Task A_studio_is_opened() =>
        Given().When(new PremisesCommand.OpenStudio(new Studio("utrecht", "Midden-Nederland", "Barnahus Utrecht"))).Then(Utrecht);

    [Fact]
    public Task A_studio_that_is_already_so_changes_nothing() =>
        Given(Utrecht).When(new PremisesCommand.OpenStudio(new Studio("utrecht", "Midden-Nederland", "Barnahus Utrecht"))).Then();

    [Fact]
    public Task A_studio_gets_hours_of_its_own()
    {
        var hours = new OpeningHours([DayOfWeek.Saturday], new TimeOnly(10, 0), new TimeOnly(16, 0));
        return Given(Utrecht)
            .When(new PremisesCommand.OpenStudio(new Studio("utrecht", "Midden-Nederland", "Barnahus Utrecht", hours)))
            .Then(Utrecht with { Hours = hours });
    }

    [Fact]
    public void A_studio_does_not_close_before_it_opens() =>
        Given()
            .When(new PremisesCommand.OpenStudio(new Studio("u", "M", "U", new OpeningHours([DayOfWeek.Monday], new TimeOnly(17, 0), new TimeOnly(9, 0)))))
            .ThenRefused("opening-hours");

    [Fact]
    public Task A_room_is_equipped() =>
        Given(Utrecht).When(new PremisesCommand.EquipRoom(new Room("utr-1", "utrecht", 4, 12, true))).Then(Room);

    [Fact]
    public void A_room_needs_its_studio() =>
        Given().When(new PremisesCommand.EquipRoom(new Room("utr-1", "utrecht", 4, 12, true))).ThenRefused("studio-unknown");

    [Fact]
    public void A_room_does_not_move_to_another_studio() =>
        Given(Utrecht, Amsterdam, Room).When(new PremisesCommand.EquipRoom(new Room("utr-1", "amsterdam", 4, 12, true))).ThenRefused("room-in-another-studio");

    [Fact]
    public void Ages_of_a_room_run_upwards() =>
        Given(Utrecht).When(new PremisesCommand.EquipRoom(new Room("utr-1", "utrecht", 12, 4, true))).ThenRefused("room-ages");

    [Fact]
    public Task Opening_hours_are_set_once()
    {
        var hours = new OpeningHours([DayOfWeek.Monday], new TimeOnly(8, 0), new TimeOnly(20, 0));
        return Given(new OpeningHoursSet(hours)).When(new PremisesCommand.SetOpeningHours(hours with { Days = [DayOfWeek.Monday] })).Then();
    }

    [Fact]
    public Task A_room_is_taken_out_of_use_for_a_time() =>
        Given(Utrecht, Room)
            .When(new PremisesCommand.PlanClosing(new Closing(Id, null, "utr-1", Now, Now.AddDays(1))))
            .Then(new ClosingPlanned(Id, null, "utr-1", Now, Now.AddDays(1)));

    [Fact]
    public void An_unknown_room_cannot_be_closed() =>
        Given(Utrecht).When(new PremisesCommand.PlanClosing(new Closing(Id, null, "utr-1", Now, Now.AddDays(1)))).ThenRefused("room-unknown");

    [Fact]
    public void A_closing_ends_after_it_begins() =>
        Given(Utrecht).When(new PremisesCommand.PlanClosing(new Closing(Id, "utrecht", null, Now, Now))).ThenRefused("closing-empty");

    [Fact]
    public Task A_closing_is_withdrawn() =>
        Given(Utrecht, new ClosingPlanned(Id, "utrecht", null, Now, Now.AddDays(1)))
            .When(new PremisesCommand.WithdrawClosing(Id)).Then(new ClosingWithdrawn(Id));

    [Fact]
    public void A_travel_time_is_the_same_both_ways()
    {
        var state = Given(Utrecht, Amsterdam).When(new PremisesCommand.SetTravelTime("utrecht", "amsterdam", 45)).State();
        state.Travel.Minutes("utrecht", "amsterdam").ShouldBe(45);
        state.Travel.Minutes("amsterdam", "utrecht").ShouldBe(45);
        state.Travel.Minutes("amsterdam", "leeuwarden").ShouldBe(120);
        state.Travel.Minutes("amsterdam", "amsterdam").ShouldBe(0);
    }

    [Fact]
    public Task A_travel_time_that_is_already_so_changes_nothing() =>
        Given(Utrecht, Amsterdam, new TravelTimeSet("amsterdam", "utrecht", 45))
            .When(new PremisesCommand.SetTravelTime("utrecht", "amsterdam", 45)).Then();
}

/// <summary>People on the roster.</summary>
public sealed class StaffMemberDeciderTests() : DeciderSpec<StaffMemberCommand, StaffMember>(StaffMemberDecider.Decider)
{
    private static readonly StaffEntry Vos = new("i-vos", "interviewer", ["Midden-Nederland"], new Certificate(4, 18, true, new DateOnly(2027, 6, 30)), null);
    private static readonly IReadOnlyList<WorkingHours> Mornings = [new(DayOfWeek.Monday, new TimeOnly(9, 0), new TimeOnly(12, 0))];
    private static readonly Period Week = new(Now, Now.AddDays(7));
    private static readonly StaffIdentity Name = new("T. Vos", "f");
    private static readonly Guid Id = new("0199f000-0000-7000-8000-000000000001");
    private static readonly IReadOnlyList<string> None = [];
    private static readonly PersonEnrolled Enrolled = new(Vos, Personal.Of(Name), Personal.Of(None));

    [Fact]
    public Task A_person_is_enrolled() => Given().When(new StaffMemberCommand.Enrol(Vos, Name, None, true)).Then(Enrolled);

    [Fact]
    public Task An_entry_that_is_already_so_changes_nothing() =>
        Given(Enrolled).When(new StaffMemberCommand.Enrol(Vos with { Regions = ["Midden-Nederland"] }, Name, None, false)).Then();

    [Fact]
    public Task Another_certificate_is_a_change() =>
        Given(Enrolled).When(new StaffMemberCommand.Enrol(Vos with { Certified = null }, Name, None, false))
            .Then(new PersonEnrolled(Vos with { Certified = null }, Personal.Of(Name), Personal.Of(None)));

    [Fact]
    public void A_code_keeps_its_role() =>
        Given(Enrolled).When(new StaffMemberCommand.Enrol(Vos with { Role = "interpreter" }, Name, None, false)).ThenRefused("person-role");

    [Fact]
    public void Nothing_is_recorded_of_somebody_unknown() =>
        Given().When(new StaffMemberCommand.RecordAbsence(Id, Week)).ThenRefused("person-unknown");

    [Fact]
    public Task An_absence_is_recorded() =>
        Given(Enrolled).When(new StaffMemberCommand.RecordAbsence(Id, Week)).Then(new AbsenceRecorded("i-vos", Id, Personal.Of(Week)));

    [Fact]
    public void An_absence_ends_after_it_begins() =>
        Given(Enrolled).When(new StaffMemberCommand.RecordAbsence(Id, new Period(Now, Now))).ThenRefused("absence-empty");

    [Fact]
    public Task An_absence_is_withdrawn() =>
        Given(Enrolled, new AbsenceRecorded("i-vos", Id, Personal.Of(Week)))
            .When(new StaffMemberCommand.WithdrawAbsence(Id)).Then(new AbsenceWithdrawn("i-vos", Id));

    [Fact]
    public void Working_hours_end_after_they_begin() =>
        Given(Enrolled)
            .When(new StaffMemberCommand.SetWorkingHours([new WorkingHours(DayOfWeek.Monday, new TimeOnly(12, 0), new TimeOnly(9, 0))], true))
            .ThenRefused("working-hours");

    [Fact]
    public Task Working_hours_are_set() =>
        Given(Enrolled).When(new StaffMemberCommand.SetWorkingHours(Mornings, true)).Then(new WorkingHoursSet("i-vos", Personal.Of(Mornings)));

    [Fact]
    public Task Working_hours_that_are_already_so_change_nothing() =>
        Given(Enrolled, new WorkingHoursSet("i-vos", Personal.Of(Mornings))).When(new StaffMemberCommand.SetWorkingHours(Mornings, false)).Then();

    [Fact]
    public void The_name_of_a_stream_does_not_carry_the_code() => StaffMember.StreamOf("i-vos").ShouldNotContain("vos");
}
