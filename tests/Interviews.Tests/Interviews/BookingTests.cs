using System.Collections.Immutable;
using Barnahus.Contracts;
using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Roster;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Tests.Interviews;

public sealed class BookingTests : InterviewSpec
{
    private static readonly IEvent[] ToBook = [Learned, Requested(First), Approved(First)];

    [Fact]
    public Task A_decided_interview_is_booked_and_an_hour_is_long_for_eight_years() =>
        Given(ToBook).When(Booking(First, Slot())).Then(new InterviewBooked(ChildId, First, Warned(Slot(), "long-for-age")));

    [Fact]
    public Task Five_minutes_per_year_of_age_is_not_long() =>
        Given(ToBook).When(Booking(First, Slot(minutes: 40))).Then(new InterviewBooked(ChildId, First, Slot(minutes: 40)));

    [Fact]
    public Task A_support_person_who_is_wanted_and_not_booked_is_warned_of() => Given(ToBook)
        .When(Booking(First, Slot(minutes: 40), With(facts => facts with { Needs = new(SupportPerson: true) })))
        .Then(new InterviewBooked(ChildId, First, Warned(Slot(minutes: 40), "support-person-to-arrange")));

    [Fact]
    public Task What_the_search_warned_of_stays_a_warning() => Given(ToBook)
        .When(Booking(First, Slot()) with { Warnings = ["observer-unavailable"] })
        .Then(new InterviewBooked(ChildId, First, Warned(Slot(), "long-for-age", "observer-unavailable")));

    [Fact]
    public void Nothing_is_booked_before_the_decision() => Given(Learned, Requested(First)).When(Booking(First, Slot())).ThenRefused("not-decided");

    [Fact]
    public void Nothing_is_booked_in_the_past() => Given(ToBook).When(Booking(First, Slot(days: -1))).ThenRefused("in-the-past");

    [Fact]
    public void What_is_booked_is_moved_and_not_booked_again() =>
        Given([.. ToBook, Booked(First)]).When(Booking(First, Slot(days: 8))).ThenRefused("already-booked");

    [Fact]
    public void The_medical_examination_comes_first() => Given(ToBook)
        .When(Booking(First, Slot(), With(facts => facts with { Needs = new(MedicalFirst: true) }))).ThenRefused("medical-first");

    [Fact]
    public void A_planned_examination_is_none_yet() => Given([.. ToBook, new ExaminationPlanned(ChildId, Appointment, Personal.Of(Now), Personal.Of(true), null)])
        .When(Booking(First, Slot(), With(facts => facts with { Needs = new(MedicalFirst: true) }))).ThenRefused("medical-first");

    [Fact]
    public Task Once_examined_the_child_is_booked() =>
        Given([.. ToBook, new ExaminationPlanned(ChildId, Appointment, Personal.Of(Now), Personal.Of(true), null), new ExaminationDone(ChildId, Appointment, Personal.Of(Now))])
            .When(Booking(First, Slot(minutes: 40), With(facts => facts with { Needs = new(MedicalFirst: true) })))
            .Then(new InterviewBooked(ChildId, First, Slot(minutes: 40)));

    [Fact]
    public Task Medical_first_can_be_waived() => Given([.. ToBook, Waived(First, "medical-first")])
        .When(Booking(First, Slot(minutes: 40), Waiving("medical-first") with { Facts = Facts with { Needs = new(MedicalFirst: true) } }))
        .Then(new InterviewBooked(ChildId, First, Slot(minutes: 40)));

    [Fact]
    public void A_child_that_became_suspect_meanwhile_is_not_booked() => Given(ToBook)
        .When(Booking(First, Slot(), With(facts => facts with { AlsoSuspect = true }))).ThenRefused("suspect-status-first");

    [Fact]
    public Task The_mother_attends_the_welcome()
    {
        var slot = Slot(minutes: 40, attendance: [new(Mother, StudioPlace.Welcome)]);
        return Given(ToBook).When(Booking(First, slot)).Then(new InterviewBooked(ChildId, First, slot));
    }

    [Fact]
    public void Attendance_has_its_places()
    {
        Attending(Mother, StudioPlace.ObservationRoom).ThenRefused("no-parent-in-observation-room");
        Attending(Mother, StudioPlace.InterviewRoom).ThenRefused("no-parent-in-interview-room");
        Attending(Stepfather, StudioPlace.Welcome).ThenRefused("may-not-be-informed");
        Attending(Father, StudioPlace.Welcome).ThenRefused("may-not-be-informed");
        Attending(Companion, StudioPlace.ObservationRoom).ThenRefused("companion-outside");
    }

    [Theory]
    [InlineData("specialised-judge")]
    [InlineData("separate-room")]
    [InlineData("no-eye-contact")]
    [InlineData("closed-doors")]
    public async Task A_hearing_keeps_its_conditions_unless_waived(string rule)
    {
        var hearing = new HearingArrangement(Judge, rule != "specialised-judge", rule != "separate-room", rule != "no-eye-contact", rule != "closed-doors");
        IEvent[] decided = [Learned, Requested(First, InterviewKind.RcHearing), Approved(First, role: "examining-judge")];
        var slot = Slot(minutes: 40, hearing: hearing);
        Given(decided).When(Booking(First, slot)).ThenRefused(rule);
        await Given([.. decided, Waived(First, rule)]).When(Booking(First, slot, Waiving(rule))).Then(new InterviewBooked(ChildId, First, slot));
    }

    [Fact]
    public void A_hearing_without_arrangement_is_not_booked() =>
        Given(Learned, Requested(First, InterviewKind.RcHearing), Approved(First, role: "examining-judge"))
            .When(Booking(First, Slot())).ThenRefused("hearing-arrangement");

    [Fact]
    public Task A_booking_is_moved() => Given([.. ToBook, Booked(First)])
        .When(Moving(Slot(days: 9, minutes: 40)))
        .Then(new InterviewRescheduled(ChildId, First, Slot(days: 9, minutes: 40), Slot(), Personal.Of("School trip")));

    [Fact]
    public void What_is_not_booked_is_not_moved() => Given(ToBook).When(Moving(Slot(days: 9))).ThenRefused("not-booked");

    [Fact]
    public void A_move_keeps_the_rules() => Given([.. ToBook, Booked(First)])
        .When(Moving(Slot(days: 9, attendance: [new(Mother, StudioPlace.ObservationRoom)]))).ThenRefused("no-parent-in-observation-room");

    [Fact]
    public Task An_interview_is_called_off_with_a_reason() => Given([.. ToBook, Booked(First)])
        .When(new InterviewsCommand.Cancel(First, Cancellation())).Then(new InterviewCancelled(ChildId, First, Cancellation(), Slot()));

    [Fact]
    public void An_interview_under_way_is_not_called_off() =>
        Given([.. Ready(First), Started(First)]).When(new InterviewsCommand.Cancel(First, Cancellation())).ThenRefused("already-started");

    [Fact]
    public Task A_reservation_that_is_gone_takes_the_booking_with_it() => Given([.. ToBook, Booked(First)])
        .When(new InterviewsCommand.LetBookingLapse(First, Slot().BookingId)).Then(new BookingLapsed(ChildId, First, Slot().BookingId));

    [Fact]
    public Task A_reservation_that_was_replaced_takes_nothing_with_it() => Given([.. ToBook, Booked(First)])
        .When(new InterviewsCommand.LetBookingLapse(First, Slot(days: 3).BookingId)).Then();

    [Fact]
    public void Of_two_merged_files_with_an_interview_each_only_one_goes_on()
    {
        var other = Fold(Ready(Second)).Interviews[0];
        Given([.. ToBook, new InterviewCarriedOver(ChildId, OtherChildId, other)]).When(Booking(First, Slot())).ThenRefused("one-interview");
    }

    private static InterviewsCommand.Reschedule Moving(Booking to) =>
        new(First, to, [], Personal.Of("School trip"), Now, Child, Lengths);

    private Outcome Attending(Guid person, string place) => Given(ToBook).When(Booking(First, Slot(attendance: [new(person, place)])));

    [Fact]
    public void What_warns_now_is_judged_on_what_is_known_now()
    {
        var interview = Fold([.. Ready(First), new InterviewRescheduled(
            ChildId, First, Slot(attendance: [new(Mother, StudioPlace.Welcome), new(Companion, StudioPlace.Welcome)]) with { InterpreterId = "t-arabic" }, Slot(), Personal.Of("x"))])
            .Interviews[0];
        RosterPerson Person(string id, string gender, bool lvb, params string[] languages) =>
            new(new StaffEntry(id, "interviewer", [], new Certificate(4, 12, lvb, DateOnly.MaxValue), null), gender, languages, null, [], []);
        var roster = new RosterImage(Premises.Initial, ImmutableSortedDictionary<string, RosterPerson>.Empty
            .Add("i-brouwer", Person("i-brouwer", "f", lvb: false)).Add("t-arabic", Person("t-arabic", "f", lvb: false, "ar")));
        IReadOnlyList<string> Warnings(StructuredNeeds needs, bool suspected = false, params IReadOnlyList<string> waived) => BookingRules.WarningsNow(
            interview,
            Waiving(waived) with { Facts = Facts with { Needs = needs, Representatives = [new(Mother, "mother", suspected, MayBeInformed: true)] } },
            roster);

        Warnings(new()).ShouldBeEmpty();
        Warnings(new(), suspected: true).ShouldBe(["attendance-barred"]);
        Warnings(new(Interpreter: "ar", InterviewerGender: "f")).ShouldBeEmpty("the booking has them");
        Warnings(new(Interpreter: "ti", Lvb: true, InterviewerGender: "m", SupportPerson: true))
            .ShouldBe(["support-person-to-arrange", "interpreter-language", "interviewer-gender", "interviewer-certified-lvb"]);
        Warnings(new(InterviewerGender: "m"), false, "interviewer-gender").ShouldBeEmpty("it was waived");
    }
}
