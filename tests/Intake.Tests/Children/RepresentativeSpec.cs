using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Tests.Children;

/// <summary>One person is told of by several referrals and recorded by officers: nobody who is barred is let in under another id.</summary>
public sealed class RepresentativeSpec : ChildSpec
{
    private static readonly Guid Here = ReferredParent.IdOf(Referral, 0);
    private static readonly Guid There = ReferredParent.IdOf(Other, 0);
    private static readonly OpenedFile Mine = Telling(Referral, new("Anna", "mother", false, true, true));
    private static readonly OpenedFile Theirs = Telling(Other, new("Anna", "mother", false, true, null));
    private static readonly Representative Suspected = new(There, "Anna", "mother", true, true, false, null, null);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mother_who_is_suspected_in_one_file_is_so_after_a_merge_under_both_ids(bool intoMine)
    {
        var recorded = Theirs with { Recorded = [Suspected] };
        var one = intoMine ? Merging.Together(Mine, recorded) : Merging.Together(recorded, Mine);
        one.Representatives().ShouldHaveSingleItem().WhyNotInformed.ShouldBe("person-suspected");
        one.FindRepresentative(Here)!.Person.WhyNotInformed.ShouldBe("person-suspected");
        one.FindRepresentative(There)!.Person.WhyNotInformed.ShouldBe("person-suspected");
        one.Facts().Representatives.ShouldHaveSingleItem().MayBeInformed.ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void And_so_is_one_whose_name_the_officer_set_right(bool intoMine)
    {
        var recorded = Theirs with { Recorded = [Suspected with { Name = "Anna de Vries" }] };
        var one = intoMine ? Merging.Together(Mine, recorded) : Merging.Together(recorded, Mine);
        var mother = one.Representatives().ShouldHaveSingleItem();
        mother.Name.ShouldBe("Anna de Vries");
        mother.Suspected.ShouldBeTrue();
    }

    [Fact]
    public void Who_was_recorded_apart_and_may_be_the_same_person_bars_both()
    {
        var apart = Merging.Together(Mine, Theirs with { Recorded = [Suspected with { PersonId = Coordinator, Suspected = false, ConflictOfInterest = true }] });
        apart.Representatives().Count.ShouldBe(2);
        apart.Representatives().ShouldAllBe(one => one.WhyNotInformed == "conflict-of-interest");
        var another = apart with { Recorded = [apart.Recorded[0] with { Name = "Bea" }] };
        another.Representatives().Count(one => one.MayBeInformed).ShouldBe(1, "another name is another person");
    }

    [Fact]
    public void What_is_told_later_bars_who_was_cleared_before()
    {
        var cleared = Mine with { Recorded = [Suspected with { PersonId = Here, Suspected = false }] };
        var joined = cleared with { Referrals = [.. cleared.Referrals, .. Telling(Other, new("Anna", "mother", true, true, null)).Referrals] };
        joined.Representatives().ShouldHaveSingleItem().Suspected.ShouldBeTrue();
    }

    [Fact]
    public Task What_is_recorded_of_a_person_holds_under_every_id()
    {
        var cleared = Suspected with { PersonId = Here, Suspected = false };
        var after = Merging.Together(Mine, Theirs) with { Recorded = [cleared, cleared with { PersonId = There }] };
        after.Representatives().ShouldHaveSingleItem().MayBeInformed.ShouldBeTrue();
        return Given(Opened).When(new RecordRepresentative(cleared) { Now = Now, AlsoAs = [There], After = after }).Then(
            new RepresentativeRecorded(Now, Here, Personal.Of(cleared)) { ChildId = Child },
            Telling(new RepresentativeRecorded(Now, There, Personal.Of(cleared with { PersonId = There })) { ChildId = Child }, after));
    }

    private static OpenedFile Telling(Guid referral, ReferredParent parent) =>
        OpenedFile.Empty with { Referrals = [new(referral, Now, Content with { Parents = [parent] })] };
}
