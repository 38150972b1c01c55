using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Xunit.Abstractions;

namespace Barnahus.Platform.Tests.Access;

/// <summary>
/// Every cell of access.md's matrix, in all circumstances: role, group of data, membership, grant, break-glass, conflict, read and change. What is
/// expected is read from the table as people wrote it (matrix.md), and not from the code's own.
/// </summary>
public sealed class MatrixTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_cell_opens_to_whom_the_table_says_and_to_nobody_else()
    {
        var wrong = new List<string>();
        int allowed = 0, refused = 0;
        foreach (var role in Roles.All)
        {
            foreach (var group in Enum.GetValues<DataGroup>())
            {
                foreach (var one in Circumstances.Of(role, group))
                {
                    var expected = WrittenMatrix.Expected(one);
                    var seen = one.Fold().SightOf(Circumstances.Child, Circumstances.Account, role, group, Circumstances.Now);
                    _ = expected == Sight.None ? refused++ : allowed++;
                    if (seen != expected)
                    {
                        wrong.Add($"{one}: {seen}, not {expected}");
                    }
                }
            }
        }

        output.WriteLine($"Cells of the matrix in all circumstances: {allowed + refused}, of which {allowed} open and {refused} refused.");
        wrong.ShouldBeEmpty();
        allowed.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Whatever_a_disclosure_may_open_has_a_controller_who_sees_it_and_a_prosecutor_decides_on_nothing_medical()
    {
        foreach (var group in Enum.GetValues<DataGroup>())
        {
            var opens = Roles.All.Any(role => AccessMatrix.Of(role, group).Through == Through.Disclosure);
            var controller = AccessMatrix.ControllerOf(group);
            (controller is not null).ShouldBe(opens, $"{group}");
            foreach (var role in controller is null ? [] : new[] { controller.Decides, controller.Agrees }.OfType<string>())
            {
                AccessMatrix.Of(role, group).ShouldBe(new(Sight.Full, Through.Team), $"{role} decides on {group}");
            }
        }

        AccessMatrix.ControllerOf(DataGroup.Medical).ShouldBe(new(Roles.Medical));
        AccessMatrix.ControllerOf(DataGroup.Account).ShouldBe(new(Roles.Interviewer, Roles.Prosecutor));
    }

    [Fact]
    public void Only_the_team_changes_anything_and_breaking_glass_makes_no_member()
    {
        foreach (var one in Roles.All.SelectMany(role => Circumstances.Of(role, DataGroup.File)))
        {
            one.Fold().IsMember(Circumstances.Child, Circumstances.Account, one.Role)
                .ShouldBe(one is { Membership: Membership.InThisRole, Conflict: false }, $"{one}");
        }
    }

    [Fact]
    public void A_sentence_of_the_timeline_opens_what_its_reader_may_see_elsewhere()
    {
        foreach (var one in Roles.All.Where(role => role != Roles.Auditor).SelectMany(role => Enum.GetValues<DataGroup>().SelectMany(part => Circumstances.Of(role, part))))
        {
            one.Fold().OpensOnTimeline(Circumstances.Child, Circumstances.Account, one.Role, one.Group, Circumstances.Now)
                .ShouldBe(WrittenMatrix.Expected(one with { Group = DataGroup.Timeline }) == Sight.Full && WrittenMatrix.Expected(one) == Sight.Full, $"{one}");
        }
    }

    [Fact]
    public void To_an_auditor_the_timeline_opens_by_a_grant_of_its_own_and_never_the_whereabouts()
    {
        foreach (var one in Circumstances.Of(Roles.Auditor, DataGroup.Timeline))
        {
            foreach (var part in Enum.GetValues<DataGroup>())
            {
                one.Fold().OpensOnTimeline(Circumstances.Child, Circumstances.Account, one.Role, part, Circumstances.Now)
                    .ShouldBe(one is { Granted: Granted.ThisGroup, Conflict: false } && part != DataGroup.Whereabouts, $"{part} {one}");
            }
        }
    }

    [Fact]
    public void A_child_that_is_not_there_is_seen_by_nobody()
    {
        var access = new Circumstances(Roles.Auditor, DataGroup.Timeline, Membership.InThisRole, Granted.ThisGroup, Glass.Broken, false).Fold();
        foreach (var (role, group) in Roles.All.SelectMany(role => Enum.GetValues<DataGroup>().Select(group => (role, group))))
        {
            access.SightOf(DerivedId.From("nobody"), Circumstances.Account, role, group, Circumstances.Now).ShouldBe(Sight.None);
        }
    }

    [Fact]
    public void A_merged_file_is_seen_as_the_one_it_went_into()
    {
        var into = DerivedId.From("into");
        foreach (var one in Roles.All.SelectMany(role => Circumstances.Of(role, DataGroup.File)))
        {
            var access = one.Fold();
            var before = access.SightOf(Circumstances.Child, Circumstances.Account, one.Role, one.Group, Circumstances.Now);
            var merged = new ChildMerged(Circumstances.Child, into);
            access.Apply(merged, Circumstances.Logged(merged));
            access.SightOf(into, Circumstances.Account, one.Role, one.Group, Circumstances.Now).ShouldBe(before, $"{one}");
            access.SightOf(Circumstances.Child, Circumstances.Account, one.Role, one.Group, Circumstances.Now).ShouldBe(before, $"{one}");
        }
    }
}
