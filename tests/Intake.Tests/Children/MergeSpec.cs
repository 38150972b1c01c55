using Barnahus.Contracts;
using Barnahus.Intake.Children;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Tests.Children;

public sealed class MergeSpec : ChildSpec
{
    private static readonly MergePrepared Prepared = new(Now, Other, Personal.Of("Zelfde kind")) { ChildId = Child };
    private static readonly FileAbsorbed Absorbed = new(Now, Other) { ChildId = Child };

    [Fact]
    public async Task A_merge_is_prepared_with_a_reason()
    {
        await Given(Opened).When(new PrepareMerge(Other, "Zelfde kind") { Now = Now }).Then(Prepared);
        await Given(Opened, Prepared).When(new PrepareMerge(Other, "Zelfde kind") { Now = Now }).Then();
        Given(Opened).When(new PrepareMerge(Other, "") { Now = Now }).ThenRefused("ground-required");
        Given(Opened).When(new PrepareMerge(Child, "Zelfde kind") { Now = Now }).ThenRefused("same-file");
        Given(Opened, Prepared).When(new PrepareMerge(Coordinator, "Zelfde kind") { Now = Now }).ThenRefused("merge-under-way");
    }

    [Fact]
    public async Task The_other_file_is_merged_once()
    {
        await Given(Opened).When(new MergeInto(Other, Now) { Now = Now }).Then(Merged);
        await Given(Opened, Merged).When(new MergeInto(Other, Now) { Now = Now }).Then();
        Given(Opened, Merged).When(new MergeInto(Coordinator, Now) { Now = Now }).ThenRefused("file-merged");
    }

    [Fact]
    public async Task Two_files_are_not_merged_into_each_other_and_an_attempt_that_is_resumed_finds_the_same()
    {
        var declined = new MergeDeclined(Now, Other, Now) { ChildId = Child };
        await Given(Opened, Prepared).When(new MergeInto(Other, Now) { Now = Now }).Then(declined);
        await Given(Opened, Prepared, declined, new MergeAbandoned(Now, Other) { ChildId = Child }).When(new MergeInto(Other, Now) { Now = Now }).Then();
        await Given(Opened, Prepared, declined, new MergeAbandoned(Now, Other) { ChildId = Child }).When(new MergeInto(Other, Now.AddMinutes(1)) { Now = Now }).Then(Merged);
    }

    [Fact]
    public void A_file_that_took_the_other_over_is_not_merged_into_it_by_an_attempt_that_is_resumed() =>
        Given(Opened, Prepared, new FileAbsorbed(Now, Other) { ChildId = Child }).When(new MergeInto(Other, Now) { Now = Now }).ThenRefused("merged-the-other-way");

    [Fact]
    public async Task What_could_not_be_merged_is_let_go_and_a_later_attempt_stands()
    {
        await Given(Opened, Prepared).When(new AbandonMerge(Other, Now) { Now = Now }).Then(new MergeAbandoned(Now, Other) { ChildId = Child });
        await Given(Opened, Prepared).When(new AbandonMerge(Other, Now.AddMinutes(-1)) { Now = Now }).Then();
    }

    [Fact]
    public Task The_content_of_the_other_file_comes_over()
    {
        var from = ChildFile.Initial with { Id = Other, Status = FileStatus.Merged };
        var content = Of(12, Other) with { Involvements = [new(Other, InvolvementCategories.Victim, true, null, null, null)] };
        var mine = File with { Involvements = [new(Child, InvolvementCategories.Victim, true, null, null, null)] };
        var after = Merging.Together(mine, content);
        after.Involvements.Count.ShouldBe(1, "the child is one victim, whichever file named it");
        var involved = new InvolvementRecorded(Now, Platform.Deciding.DerivedId.From(Child, "victim"), Personal.Of(mine.Involvements[0])) { ChildId = Child };
        return Given(Opened, involved, Prepared)
            .When(new Absorb(from, content, [(Now, "Naar huis")], [(Now, new IndividualAssessment("x", [], [], null))]) { Now = Now, After = after })
            .Then(
                new ReferralJoined(Now, Other, Cases.Time(12), [], Personal.Of(Cases.Content(12))) { ChildId = Child },
                new WishesRecorded(Now, Personal.Of("Naar huis")) { ChildId = Child },
                new AssessmentMade(Now, 1, Personal.Of(new IndividualAssessment("x", [], [], null))) { ChildId = Child },
                Telling(Absorbed, after));
    }

    [Fact]
    public Task What_was_closed_in_either_file_stays_closed_the_stricter_kind_wins_and_it_is_said_before_the_content()
    {
        var from = MergedWith(
            Restricted(FileParts.Referrals, RestrictionKinds.UntilInterviewed),
            Restricted(FileParts.Representatives, RestrictionKinds.Processing),
            Restricted(FileParts.Needs, RestrictionKinds.UntilInterviewed),
            Restricted(FileParts.Wishes, RestrictionKinds.Processing));
        var content = Of(12, Other);
        var after = Merging.Together(File, content);
        return Given(Opened, Restricted(FileParts.Representatives, RestrictionKinds.UntilInterviewed), Restricted(FileParts.Needs, RestrictionKinds.Processing), Prepared)
            .When(new Absorb(from, content, [], []) { Now = Now, After = after })
            .Then(
                CarriedOver(FileParts.Referrals, RestrictionKinds.UntilInterviewed),
                CarriedOver(FileParts.Representatives, RestrictionKinds.Processing),
                CarriedOver(FileParts.Wishes, RestrictionKinds.Processing),
                new ReferralJoined(Now, Other, Cases.Time(12), [], Personal.Of(Cases.Content(12))) { ChildId = Child },
                Telling(Absorbed, after));
    }

    [Fact]
    public void What_waited_for_an_interview_waits_no_longer_when_either_file_had_one()
    {
        var waiting = Restricted(FileParts.Referrals, RestrictionKinds.UntilInterviewed);
        var kept = Restricted(FileParts.Needs, RestrictionKinds.Processing);
        var interviewed = new ChildInterviewed(Now, 7) { ChildId = Child };
        var absorb = new Absorb(MergedWith(waiting, kept), Of(12, Other), [], []) { Now = Now, After = Merging.Together(File, Of(12, Other)) };
        Given(Opened, interviewed, Prepared).When(absorb).State().Restrictions.Keys.ShouldBe([FileParts.Needs]);

        var there = absorb with { From = MergedWith(kept, interviewed) };
        Given(Opened, waiting, Restricted(FileParts.Needs, RestrictionKinds.UntilInterviewed), Prepared).When(there).State()
            .Restrictions.Keys.ShouldBe([FileParts.Needs]);
    }

    [Fact]
    public Task The_child_has_the_needs_of_both_files()
    {
        var mine = new NeedsContent(new StructuredNeeds(ExtraBreaks: true), ["eigen pet"]);
        var content = Of(12, Other).WithNeeds(new(new StructuredNeeds(Lvb: true, MedicalFirst: true), ["rustig"]));
        var after = Merging.Together(File.WithNeeds(mine), content);
        var both = new NeedsContent(new StructuredNeeds(Lvb: true, ExtraBreaks: true, MedicalFirst: true), ["eigen pet", "rustig"]);
        return Given(Opened, new NeedsRecorded(Now, Personal.Of(mine)) { ChildId = Child }, Prepared)
            .When(new Absorb(MergedWith(), content, [], []) { Now = Now, After = after })
            .Then(
                new ReferralJoined(Now, Other, Cases.Time(12), [], Personal.Of(Cases.Content(12))) { ChildId = Child },
                new NeedsRecorded(Now, Personal.Of(both)) { ChildId = Child },
                Telling(Absorbed, after));
    }

    [Fact]
    public void Needs_that_were_recorded_in_one_file_do_not_take_the_place_of_those_told_in_the_other()
    {
        var told = OpenedFile.Empty with { Referrals = [new(Referral, Now, Content with { StructuredNeeds = new(MedicalFirst: true) })] };
        var recorded = Of(12, Other).WithNeeds(new(new StructuredNeeds(Lvb: true), []));
        foreach (var both in new[] { Merging.Together(told, recorded), Merging.Together(recorded, told) })
        {
            both.Needs().Structured.ShouldBe(new StructuredNeeds(Lvb: true, MedicalFirst: true));
        }
    }

    [Fact]
    public Task What_was_absorbed_is_not_absorbed_again() => Given(Opened, Prepared, Absorbed)
        .When(new Absorb(ChildFile.Initial with { Id = Other }, File, [], []) { Now = Now, After = File }).Then();

    [Fact]
    public void A_merged_file_refuses_and_points_on() =>
        Given(Opened, Merged).When(new RecordWishes("Ik wil naar huis") { Now = Now }).ThenRefused("file-merged");

    private static PartRestricted Restricted(string part, string kind) => new(Now, part, kind, Personal.Of("Onbevangen horen")) { ChildId = Child };

    private static PartRestricted CarriedOver(string part, string kind) =>
        new(Now, part, kind, Personal.Of("It was restricted in the file that was merged into this one.")) { ChildId = Child };

    /// <summary>The other file as it was frozen, after these events.</summary>
    private static ChildFile MergedWith(params Platform.EventLog.IEvent[] events) =>
        events.Aggregate(ChildFile.Initial, ChildFile.Evolve) with { Id = Other, Status = FileStatus.Merged };
}
