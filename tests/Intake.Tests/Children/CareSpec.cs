using Barnahus.Contracts;
using Barnahus.Intake.Children;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Tests.Children;

public sealed class CareSpec : ChildSpec
{
    private static readonly Representative Mother = File.Representatives()[0];
    private static readonly NeedsContent Needs = new(new StructuredNeeds(Lvb: true), ["eigen pet"]);

    [Fact]
    public Task A_parent_who_may_know_is_informed() => Given(Opened)
        .When(new InformRepresentative(Mother, "talk", "Wordt hier gehoord") { Now = Now })
        .Then(new RepresentativeInformed(Now, Mother.PersonId, "talk", Personal.Of("Wordt hier gehoord")) { ChildId = Child });

    [Fact]
    public void A_parent_who_is_suspected_in_conflict_or_unwanted_is_not()
    {
        Given(Opened).When(Inform(Mother with { Suspected = true })).ThenRefused("person-suspected");
        Given(Opened).When(Inform(Mother with { ConflictOfInterest = true })).ThenRefused("conflict-of-interest");
        Given(Opened).When(Inform(Mother with { ChildAllows = false })).ThenRefused("child-does-not-wish");
        Given(Opened).When(Inform(Mother with { ChildAllows = true, Suspected = true })).ThenRefused("person-suspected");
        Given(Opened).When(Inform(null)).ThenRefused("unknown-representative");
        Given(Opened).When(new InformRepresentative(Mother, "talk", " ") { Now = Now }).ThenRefused("content-required");
    }

    [Fact]
    public Task A_parent_who_becomes_suspect_calls_for_a_special_guardian_and_a_lawyer()
    {
        var suspected = Mother with { Suspected = true };
        var after = File with { Recorded = [suspected] };
        return Given(Opened).When(new RecordRepresentative(suspected) { Now = Now, After = after }).Then(
            new RepresentativeRecorded(Now, Mother.PersonId, Personal.Of(suspected)) { ChildId = Child },
            new TaskArisen(Now, Personal.Of(TaskKinds.SpecialGuardian), null) { ChildId = Child },
            Telling(new TaskArisen(Now, Personal.Of(TaskKinds.Lawyer), null) { ChildId = Child }, after));
    }

    [Fact]
    public Task A_special_guardian_answers_that_task()
    {
        var guardian = new Representative(Other, "mr. X", Representative.SpecialGuardian, false, false, false, null, null);
        var after = File with { Recorded = [guardian] };
        var arisen = new TaskArisen(Now, Personal.Of(TaskKinds.SpecialGuardian), null) { ChildId = Child };
        return Given(Opened, arisen).When(new RecordRepresentative(guardian) { Now = Now, After = after }).Then(
            new RepresentativeRecorded(Now, Other, Personal.Of(guardian)) { ChildId = Child },
            Telling(new TaskDone(Now, Personal.Of(TaskKinds.SpecialGuardian), null) { ChildId = Child }, after));
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(3, false)]
    [InlineData(9, true)]
    [InlineData(10, false)]
    public void A_special_guardian_is_needed_in_a_case(int number, bool needed) => FileTasks.NeedsSpecialGuardian(Of(number)).ShouldBe(needed);

    [Fact]
    public Task An_involvement_is_recorded_once()
    {
        var witness = new Involvement(Other, InvolvementCategories.Witness, false, "Juf", null, null);
        var after = File with { Involvements = [witness] };
        var recorded = Telling(new InvolvementRecorded(Now, Other, Personal.Of(witness)) { ChildId = Child }, after);
        return Task.WhenAll(
            Given(Opened).When(new RecordInvolvement(Other, witness) { Now = Now, After = after }).Then(recorded),
            Given(Opened, recorded).When(new RecordInvolvement(Other, witness) { Now = Now, After = after }).Then());
    }

    [Fact]
    public void A_child_that_becomes_suspect_too_is_told_to_the_others() =>
        (File with { Involvements = [new(Other, InvolvementCategories.Suspect, true, null, null, null)] }).Facts().AlsoSuspect.ShouldBeTrue();

    [Fact]
    public Task Needs_are_recorded_and_told()
    {
        var after = File with { RecordedNeeds = Needs };
        after.Facts().Needs.Lvb.ShouldBeTrue();
        return Given(Opened).When(new RecordNeeds(Needs) { Now = Now, After = after })
            .Then(Telling(new NeedsRecorded(Now, Personal.Of(Needs)) { ChildId = Child }, after));
    }

    [Fact]
    public void A_referral_that_joins_adds_its_needs_to_what_was_recorded_before_it_and_takes_them_along_when_it_leaves()
    {
        var first = Content with { StructuredNeeds = new(SupportPerson: true) };
        var opened = new FileOpened(Now, Referral, Now, Region, Coordinator, Personal.Of(first)) { ChildId = Child };
        var recorded = new NeedsRecorded(Now, Personal.Of(Needs)) { ChildId = Child };
        var joined = new ReferralJoined(Now, Other, Now, [], Personal.Of(first with { StructuredNeeds = new("ar", MedicalFirst: true) })) { ChildId = Child };
        OpenedAfter(opened, recorded).Needs().Structured.ShouldBe(new StructuredNeeds(Lvb: true), "who recorded had what was told before them");
        OpenedAfter(opened, recorded, joined).Needs().Structured.ShouldBe(new StructuredNeeds("ar", Lvb: true, MedicalFirst: true));
        OpenedAfter(opened, recorded, joined, recorded).Needs().Structured.ShouldBe(new StructuredNeeds(Lvb: true));
        OpenedAfter(opened, recorded, joined, new ReferralTakenOut(Now, Other, Personal.Of("Ander kind")) { ChildId = Child })
            .Needs().Structured.ShouldBe(new StructuredNeeds(Lvb: true));
    }

    [Fact]
    public void Needs_that_leave_no_time_are_refused() => Given(Opened)
        .When(new RecordNeeds(new(new StructuredNeeds(NotBefore: new(14, 0), NotAfter: new(14, 0)), [])) { Now = Now })
        .ThenRefused("no-time-left");

    [Fact]
    public Task A_wish_is_kept_in_the_childs_words() => Given(Opened).When(new RecordWishes("Niet op school") { Now = Now })
        .Then(new WishesRecorded(Now, Personal.Of("Niet op school")) { ChildId = Child });

    [Fact]
    public void An_empty_wish_is_none() => Given(Opened).When(new RecordWishes("") { Now = Now }).ThenRefused("content-required");

    [Fact]
    public Task An_assessment_is_a_version_answers_its_task_and_protects_a_minor()
    {
        var made = new IndividualAssessment("Alleen thuis", ["geen oogcontact"], [], "Zelf kiezen");
        return Given(Opened, AssessmentTask).When(new MakeAssessment(made, true) { Now = Now }).Then(
            new AssessmentMade(Now, 1, Personal.Of(made with { ProtectionNeeds = ["geen oogcontact", "minor"] })) { ChildId = Child },
            new TaskDone(Now, Personal.Of(TaskKinds.IndividualAssessment), null) { ChildId = Child });
    }

    [Fact]
    public Task A_later_assessment_is_the_next_version()
    {
        var made = new IndividualAssessment("Alleen thuis", [], [], null);
        var first = new AssessmentMade(Now, 1, Personal.Of(made)) { ChildId = Child };
        return Given(Opened, first).When(new MakeAssessment(made, false) { Now = Now })
            .Then(new AssessmentMade(Now, 2, Personal.Of(made)) { ChildId = Child });
    }

    [Fact]
    public Task Handing_over_answers_its_task()
    {
        var arisen = new TaskArisen(Now, Personal.Of(TaskKinds.Handover), null) { ChildId = Child };
        return Given(Opened, arisen).When(new HandOver("00000000000099900009", "Begeleid wonen") { Now = Now }).Then(
            new ChildHandedOver(Now, Personal.Of("00000000000099900009"), Personal.Of("Begeleid wonen")) { ChildId = Child },
            new TaskDone(Now, Personal.Of(TaskKinds.Handover), null) { ChildId = Child });
    }

    [Fact]
    public void Handing_over_to_nobody_is_refused() => Given(Opened).When(new HandOver(null, "Iets") { Now = Now }).ThenRefused("recipient-required");

    [Fact]
    public async Task The_birthday_timer_raises_the_handover_once_and_on_the_first_of_its_month()
    {
        var nuria = Of(5);
        var before = new DateTimeOffset(2026, 5, 31, 12, 0, 0, TimeSpan.Zero);
        await Given(Opened).When(new RaiseTasks { Now = before, After = nuria }).Then();
        await Given(Opened).When(new RaiseTasks { Now = before.AddDays(1), After = nuria })
            .Then(new TaskArisen(before.AddDays(1), Personal.Of(TaskKinds.Handover), Personal.Of(new DateOnly(2026, 12, 19))) { ChildId = Child });
        var done = new TaskDone(Now, Personal.Of(TaskKinds.Handover), null) { ChildId = Child };
        await Given(Opened, done).When(new RaiseTasks { Now = Now, After = nuria }).Then();
        await Given(Opened, Closed).When(new RaiseTasks { Now = Now, After = nuria }).Then();
    }

    [Fact]
    public async Task A_birth_date_that_is_set_right_takes_the_handover_along()
    {
        var february = Handover(new(2027, 2, 10));
        var march = Born(2009, 3, 10);
        var later = Handover(new(2027, 3, 10));
        var withdrawn = new TaskWithdrawn(Now, Personal.Of(TaskKinds.Handover)) { ChildId = Child };
        var done = new TaskDone(Now, Personal.Of(TaskKinds.Handover), null) { ChildId = Child };
        await Given(Opened, february).When(Correct(Born(2014, 2, 10))).Then(Corrected(Born(2014, 2, 10)), Telling(withdrawn, Born(2014, 2, 10)));
        await Given(Opened, february).When(Correct(march)).Then(Corrected(march), withdrawn, Telling(later, march));
        await Given(Opened, february, done).When(Correct(march)).Then(Corrected(march), Telling(later, march));
        await Given(Opened, february, done).When(Correct(Born(2009, 2, 11))).Then(Telling(Corrected(Born(2009, 2, 11)), Born(2009, 2, 11)));
        await Given(Opened, february, withdrawn).When(Correct(Born(2009, 2, 10)))
            .Then(Corrected(Born(2009, 2, 10)), Telling(february, Born(2009, 2, 10)));
        await Given(Opened, february).When(new RaiseTasks { Now = Now, After = Born(2009, 2, 10) }).Then();

        CorrectIdentity Correct(OpenedFile after) => new("birthDate", "Verschreven") { Now = Now, After = after };
        IdentityCorrected Corrected(OpenedFile after) => new(Now, "birthDate", Personal.Of(after.Stated), Personal.Of("Verschreven")) { ChildId = Child };
        TaskArisen Handover(DateOnly due) => new(Now, Personal.Of(TaskKinds.Handover), Personal.Of(due)) { ChildId = Child };
        OpenedFile Born(int year, int month, int day) => File with { Stated = new Dictionary<string, string?> { ["birthDate"] = $"{year}-{month:00}-{day:00}" } };
    }

    [Fact]
    public async Task Another_coordinator_who_holds_the_role_is_named()
    {
        await Given(Opened).When(new NameSafetyCoordinator(Other, "Leave.", true, false) { Now = Now, After = File })
            .Then(Telling(new SafetyCoordinatorNamed(Now, Other, Personal.Of("Leave.")) { ChildId = Child }, File));
        await Given(Opened).When(new NameSafetyCoordinator(Coordinator, null, true, false) { Now = Now }).Then();
        Given(Opened).When(new NameSafetyCoordinator(Other, null, false, false) { Now = Now }).ThenRefused("role-not-held");
        Given(Opened).When(new NameSafetyCoordinator(Other, null, true, true) { Now = Now }).ThenRefused("conflict-of-interest");
    }

    [Fact]
    public async Task A_task_is_done_by_a_person_once()
    {
        var lawyer = new TaskArisen(Now, Personal.Of(TaskKinds.Lawyer), null) { ChildId = Child };
        await Given(Opened, lawyer).When(new CompleteTask(TaskKinds.Lawyer, "Gevraagd") { Now = Now })
            .Then(new TaskDone(Now, Personal.Of(TaskKinds.Lawyer), Personal.Of("Gevraagd")) { ChildId = Child });
        Given(Opened, AssessmentTask).When(new CompleteTask(TaskKinds.IndividualAssessment, "Gemaakt") { Now = Now }).ThenRefused("answered-by-the-file");
        Given(Opened).When(new CompleteTask(TaskKinds.Handover, null) { Now = Now }).ThenRefused("no-such-task");
    }

    private static InformRepresentative Inform(Representative? one) => new(one, "talk", "Iets") { Now = Now };
}
