using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Tests.Children;

public sealed class FileSpec : ChildSpec
{
    private static readonly OpenedFile Both = File with { Referrals = [.. File.Referrals, new(Other, Now, Cases.Content(12))] };
    private static readonly ReferralJoined JoinedEvent =
        (ReferralJoined)Telling(new ReferralJoined(Now, Other, Now, [], Personal.Of(Cases.Content(12))) { ChildId = Child }, Both);

    [Fact]
    public Task A_file_is_opened_with_its_tasks_and_what_others_need_to_know() => Given()
        .When(new OpenFile(Child, Referral, Now, Region, Coordinator, Content) { Now = Now, After = File })
        .Then(Opened, Telling((ChildEvent)AssessmentTask, File));

    [Fact]
    public Task Opening_again_changes_nothing() => Given(Opened, AssessmentTask)
        .When(new OpenFile(Child, Referral, Now, Region, Coordinator, Content) { Now = Now, After = File })
        .Then();

    [Fact]
    public Task A_referral_joins_and_the_facts_follow() => Given(Opened)
        .When(new JoinReferral(Other, Now, [], Cases.Content(12)) { Now = Now, After = Both })
        .Then(JoinedEvent);

    [Fact]
    public Task A_referral_joins_once() =>
        Given(Opened, JoinedEvent).When(new JoinReferral(Other, Now, [], Cases.Content(12)) { Now = Now, After = Both }).Then();

    [Fact]
    public void A_referral_that_joins_a_closed_file_opens_it_again() =>
        Given(Opened, Closed).When(new JoinReferral(Other, Now, [], Cases.Content(12)) { Now = Now, After = Both }).State().Status.ShouldBe(FileStatus.Open);

    [Fact]
    public async Task A_join_names_another_coordinator_unless_one_was_named_since()
    {
        var join = new JoinReferral(Other, Now, [], Cases.Content(12)) { Now = Now, After = Both, SafetyCoordinatorId = Other };
        var reason = Personal.Of("A new referral joined this file, and this coordinator was named with it.");
        var joined = JoinedEvent with { Facts = null };
        await Given(Opened).When(join).Then(joined, Telling(new SafetyCoordinatorNamed(Now, Other, reason) { ChildId = Child }, Both));
        await Given(Opened).When(join with { SafetyCoordinatorId = Coordinator }).Then(JoinedEvent);
        var since = new SafetyCoordinatorNamed(Now.AddMinutes(1), Child, null) { ChildId = Child };
        await Given(Opened, since).When(join).Then(JoinedEvent);
    }

    [Fact]
    public Task A_wrong_join_is_taken_apart() => Given(Opened, JoinedEvent)
        .When(new TakeReferralOut(Other, "Ander kind") { Now = Now, After = File })
        .Then(Telling(new ReferralTakenOut(Now, Other, Personal.Of("Ander kind")) { ChildId = Child }, File));

    [Fact]
    public void Taking_apart_takes_a_reason_a_joined_referral_and_leaves_one()
    {
        Given(Opened, JoinedEvent).When(new TakeReferralOut(Other, null) { Now = Now }).ThenRefused("ground-required");
        Given(Opened, JoinedEvent).When(new TakeReferralOut(Coordinator, "Ander kind") { Now = Now }).ThenRefused("referral-not-joined");
        Given(Opened).When(new TakeReferralOut(Referral, "Ander kind") { Now = Now }).ThenRefused("only-referral");
    }

    [Fact]
    public void Nothing_of_a_referral_that_was_taken_out_stays_behind()
    {
        var both = Of(2) with { Referrals = [.. Of(2).Referrals, .. Of(12, Other).Referrals] };
        both.Identity().FamilyName.ShouldBe("van Dam");
        both.Representatives().Count.ShouldBe(1);
        var alone = both with { Referrals = [both.Referrals[0]] };
        alone.Identity().FamilyName.ShouldBeNull();
        alone.Identity().Bsn.ShouldBeNull();
        alone.Representatives().ShouldBeEmpty();
    }

    [Fact]
    public Task Nor_who_was_recorded_of_those_it_told_of_and_what_followed_from_them_is_no_longer_called_for()
    {
        var joined = JoinedEvent with { Referral = Personal.Of(Content with { Parents = [new("Piet", "father", true, true, null)] }) };
        var father = new Representative(ReferredParent.IdOf(Other, 0), "Piet", "father", true, true, false, null, "06");
        var suspect = new Involvement(father.PersonId, InvolvementCategories.Suspect, false, null, "father", null);
        var witness = new Involvement(Coordinator, InvolvementCategories.Witness, false, "Juf", null, null);
        IEvent[] before =
        [
            Opened,
            joined,
            new TaskArisen(Now, Personal.Of(TaskKinds.Lawyer), null) { ChildId = Child },
            new RepresentativeRecorded(Now, father.PersonId, Personal.Of(father)) { ChildId = Child },
            new InvolvementRecorded(Now, Involvement.IdOf(father.PersonId, suspect.Category), Personal.Of(suspect)) { ChildId = Child },
            new InvolvementRecorded(Now, Involvement.IdOf(Coordinator, witness.Category), Personal.Of(witness)) { ChildId = Child },
        ];
        var after = OpenedAfter(before).Without(Other);
        after.Representatives().ShouldNotContain(one => one.Relation == "father");
        after.Involvements.ShouldBe([witness]);
        var takenOut = new ReferralTakenOut(Now, Other, Personal.Of("Ander kind")) { ChildId = Child };
        var left = OpenedAfter([.. before, takenOut]);
        (left.Referrals.Count, left.Recorded.Count).ShouldBe((1, 0));
        left.Involvements.ShouldBe([witness]);
        return Given(before).When(new TakeReferralOut(Other, "Ander kind") { Now = Now, After = after })
            .Then(takenOut, Telling(new TaskWithdrawn(Now, Personal.Of(TaskKinds.Lawyer)) { ChildId = Child }, after));
    }

    [Fact]
    public async Task Who_came_with_a_referral_is_recorded_though_the_file_was_closed_since_and_not_when_it_was_taken_out()
    {
        var father = new Involvement(ReferredParent.IdOf(Other, 0), InvolvementCategories.Suspect, false, null, "father", null);
        var id = Involvement.IdOf(father.PersonId, father.Category);
        var by = new RecordInvolvement(id, father) { Now = Now };
        await Given(Opened, JoinedEvent, Closed).When(by with { BroughtBy = Other }).Then(new InvolvementRecorded(Now, id, Personal.Of(father)) { ChildId = Child });
        Given(Opened, JoinedEvent, Closed).When(by with { BroughtBy = Other }).State().Status.ShouldBe(FileStatus.Closed);
        await Given(Opened, JoinedEvent, new ReferralTakenOut(Now, Other, Personal.Of("Ander kind")) { ChildId = Child }).When(by with { BroughtBy = Other }).Then();
        Given(Opened, JoinedEvent, Closed).When(by).ThenRefused("file-closed");
    }

    [Fact]
    public Task What_was_unknown_is_completed_and_answers_its_task()
    {
        var after = Of(2) with { Stated = new Dictionary<string, string?> { ["familyName"] = "van Dam" } };
        var arisen = new TaskArisen(Now, Personal.Of(TaskKinds.IdentifyChild), null) { ChildId = Child };
        return Given(Opened, arisen).When(new CompleteIdentity(["familyName"]) { Now = Now, After = after }).Then(
            new IdentityCompleted(Now, ["familyName"], Personal.Of(after.Stated)) { ChildId = Child },
            Telling(new TaskDone(Now, Personal.Of(TaskKinds.IdentifyChild), null) { ChildId = Child }, after));
    }

    [Fact]
    public void What_is_known_is_not_completed_but_corrected() =>
        Given(Opened).When(new CompleteIdentity([]) { Now = Now, After = File }).ThenRefused("nothing-unknown");

    [Fact]
    public Task A_wrong_value_is_corrected_and_the_old_one_hidden()
    {
        var after = File with { Stated = new Dictionary<string, string?> { ["givenName"] = "Jayson" } };
        after.Identity().GivenName.ShouldBe("Jayson");
        return Given(Opened).When(new CorrectIdentity("givenName", "Verschreven") { Now = Now, After = after }).Then(
            Telling(new IdentityCorrected(Now, "givenName", Personal.Of(after.Stated), Personal.Of("Verschreven")) { ChildId = Child }, after));
    }

    [Fact]
    public void A_value_can_be_corrected_to_unknown() =>
        (File with { Stated = new Dictionary<string, string?> { ["bsn"] = null } }).Identity().Bsn.ShouldBeNull();

    [Fact]
    public void Correcting_takes_a_reason() =>
        Given(Opened).When(new CorrectIdentity("givenName", "") { Now = Now, After = File }).ThenRefused("ground-required");

    [Fact]
    public Task A_fact_of_a_referral_is_corrected()
    {
        var right = Content with { Facts = [Content.Facts[0] with { Where = "thuis" }] };
        var after = File with { Referrals = [new(Referral, Now, right)] };
        return Given(Opened).When(new CorrectReferral(Referral, "facts[0].where", right, "Was thuis") { Now = Now, After = after })
            .Then(Telling(new ReferralCorrected(Now, Referral, "facts[0].where", Personal.Of(right), Personal.Of("Was thuis")) { ChildId = Child }, after));
    }

    [Fact]
    public Task A_file_is_closed_on_a_ground() => Given(Opened).When(new CloseFile("Klaar") { Now = Now }).Then(Closed);

    [Fact]
    public Task And_opened_again() => Given(Opened, Closed).When(new ReopenFile("Nieuw signaal") { Now = Now })
        .Then(new FileReopened(Now, Personal.Of("Nieuw signaal")) { ChildId = Child });

    [Fact]
    public void Closing_and_reopening_take_a_ground_and_the_other_state()
    {
        Given(Opened).When(new CloseFile(null) { Now = Now }).ThenRefused("ground-required");
        Given(Opened, Closed).When(new CloseFile("Klaar") { Now = Now }).ThenRefused("already-closed");
        Given(Opened).When(new ReopenFile("Nieuw signaal") { Now = Now }).ThenRefused("already-open");
        Given(Opened, Closed).When(new RecordWishes("Ik wil naar huis") { Now = Now }).ThenRefused("file-closed");
    }

    [Fact]
    public void A_file_that_never_was_answers_nothing() => Given().When(new CloseFile("Klaar") { Now = Now }).ThenRefused("unknown-child");
}
