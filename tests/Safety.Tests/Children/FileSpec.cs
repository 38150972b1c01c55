using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Files;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Risk;
using Barnahus.Safety.Surroundings;

namespace Barnahus.Safety.Tests.Children;

public sealed class FileSpec : SafetySpec
{
    private static readonly Guid Colleague = Guid.Parse("01990000-0000-7000-8000-0000000000c2");
    private static readonly SuspectedRepresentative SuspectedFather = new(Father, ReassessmentId);

    private static CoordinatorHandedOver HandedOver => new(Child, Coordinator, Colleague, Now, Personal.Of("x"));

    private static FileLearned Merged => Learned(File(9, "merged", OtherChild));

    private static ReassessmentOpened ParentSuspect =>
        new(Child, ReassessmentId, Now, Personal.Of(Now + Day), Personal.Of(new TriggerContent("parent-suspect", null, null, Father)));

    [Fact]
    public Task The_coordinator_comes_with_the_file() => Given().When(Learn(File())).Then(Learned(File()));

    [Fact]
    public void The_coordinator_named_on_acceptance_has_the_child() => Given().When(Learn(File())).State().CoordinatorId.ShouldBe(Coordinator);

    [Fact]
    public Task An_older_message_changes_nothing() => Given(Learned(File(5))).When(Learn(File(4, "closed"))).Then();

    [Fact]
    public Task The_same_message_changes_nothing() => Given(Learned(File(5))).When(Learn(File(5, "closed"))).Then();

    [Fact]
    public Task A_parent_who_becomes_a_suspect_opens_a_reassessment() => Given(Learned(File()))
        .When(Learn(File(4, suspected: true), SuspectedFather)).Then(Learned(File(4, suspected: true)), ParentSuspect);

    [Fact]
    public Task That_somebody_was_suspected_is_learned_from_an_older_message_too() => Given(Learned(File(5)))
        .When(Learn(File(4, suspected: true), SuspectedFather)).Then(ParentSuspect);

    [Fact]
    public void Its_term_counts_from_when_Intake_recorded_it_however_late_we_hear_it() => Given(Learned(File()))
        .When(Learn(File(4, suspected: true), SuspectedFather) with { ToldAt = Now - (Day / 2) })
        .State().Reassessments[ReassessmentId].DueAt.ShouldBe(Personal.Of(Now + (Day / 2)));

    [Fact]
    public Task One_parent_opens_one_reassessment() => Given(Learned(File(4, suspected: true)), ParentSuspect)
        .When(Learn(File(5, suspected: true), SuspectedFather)).Then(Learned(File(5, suspected: true)));

    [Fact]
    public void Whom_Intake_names_has_the_child() => Given(Learned(File())).When(Learn(File(8, coordinator: Colleague))).State().CoordinatorId.ShouldBe(Colleague);

    [Fact]
    public void An_old_handover_stands_until_Intake_names_another()
    {
        var third = OtherChild;
        Given(Learned(File()), HandedOver).When(Learn(File(8, coordinator: third))).State().CoordinatorId.ShouldBe(third);
        Given(Learned(File()), HandedOver, Learned(File(8, coordinator: third))).When(Learn(File(9, coordinator: Coordinator))).State().CoordinatorId.ShouldBe(Coordinator);
    }

    [Fact]
    public void An_old_handover_stands_when_Intake_speaks_again() => Given(Learned(File()), HandedOver)
        .When(Learn(File(8))).State().CoordinatorId.ShouldBe(Colleague);

    [Fact]
    public void A_merged_file_refuses_every_command_of_a_person()
    {
        SafetyCommand[] commands =
        [
            new AssessRisk(Child, Now, AssessmentId, Risk, null, null),
            new OpenReassessment(Child, Now, ReassessmentId, Trigger("runaway"), Day),
            new ProposeMeasure(Child, Now, MeasureId, PhoneSwap, Now, null, Day, false),
            new RecordWhereabouts(Child, Now, MeasureId, Now, new WhereaboutsContent("x", null, null)),
        ];
        foreach (var command in commands)
        {
            Given(Merged).When(command).ThenRefused("file-merged");
        }
    }

    [Fact]
    public Task What_Intake_says_of_a_merged_file_is_still_learned() => Given(Merged)
        .When(Learn(File(10, "merged", OtherChild))).Then(Learned(File(10, "merged", OtherChild)));

    [Fact]
    public Task The_other_file_takes_the_open_matters_over()
    {
        var stay = new WhereaboutsContent("Aunt in Zwolle", null, null);
        var proposal = new ProposeMeasure(Child, Now - Day, MeasureId, PhoneSwap, Now - Day, Now + Day, Day, false);
        return Given(Learned(File()))
            .When(new TakeOver(
                Child, Now, OtherChild,
                [new CarriedMeasure(proposal, MeasureStatus.Confirmed, Now)],
                [new CarriedReassessment(DerivedId.From("runaway"), Now - Day, Now + (Day / 6), Trigger("runaway"))],
                [new CarriedContact(AssessmentId, Father, Contact())],
                new RecordWhereabouts(Child, Now, AssessmentId, Now - Day, stay),
                null, ReassessmentId, Now + Day))
            .Then(
                new FileTakenOver(Child, OtherChild, Now),
                new MeasureProposed(Child, MeasureId, Now - Day, Now + Day, Personal.Of(Now), Now, Personal.Of(PhoneSwap)),
                new MeasureActivated(Child, MeasureId, Now),
                new MeasureConfirmed(Child, MeasureId, Now, null),
                new ReassessmentOpened(Child, DerivedId.From("runaway"), Now - Day, Personal.Of(Now + (Day / 6)), Personal.Of(Trigger("runaway"))),
                new ContactSet(Child, AssessmentId, Father, Now, Personal.Of(Contact())),
                new WhereaboutsRecorded(Child, AssessmentId, Now - Day, Now, Personal.Of(stay)),
                new ReassessmentOpened(Child, ReassessmentId, Now, Personal.Of(Now + Day), Personal.Of(new TriggerContent("files-merged", null, null, null))));
    }

    [Fact]
    public Task It_takes_them_over_once() => Given(new FileTakenOver(Child, OtherChild, Now))
        .When(new TakeOver(Child, Now, OtherChild, [], [], [], null, null, ReassessmentId, Now + Day)).Then();
}
