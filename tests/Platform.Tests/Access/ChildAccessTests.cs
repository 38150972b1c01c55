using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.Access;

/// <summary>Who is on a team, and who could have read what is restricted until the interview.</summary>
public sealed class ChildAccessTests
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Child = Guid.Parse("0198f000-0000-7000-8000-000000000001");
    private static readonly Guid Other = Guid.Parse("0198f000-0000-7000-8000-000000000002");
    private static readonly Guid Vos = Guid.Parse("0198f000-0000-7000-8000-000000000011");
    private static readonly Guid Okafor = Guid.Parse("0198f000-0000-7000-8000-000000000012");
    private readonly ChildAccess _access = new();

    [Fact]
    public void An_interviewer_could_read_a_part_when_she_came_before_it_was_restricted()
    {
        Happens(new MemberAdded(Child, Vos, Roles.Interviewer), Noon.AddHours(-1));
        Happens(new MemberAdded(Child, Okafor, Roles.Interviewer), Noon);
        _access.CouldRead(Child, Noon).ShouldBe([Vos]);
        _access.CouldRead(Child, Noon.AddHours(-2)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Roles.Psychologist, true)]
    [InlineData(Roles.Prosecutor, true)]
    [InlineData(Roles.IntakeOfficer, true)]
    [InlineData(Roles.YouthCare, true)]
    [InlineData(Roles.Medical, false)]
    [InlineData(Roles.Lawyer, false)]
    public void Who_sees_files_whole_could_whenever_and_even_after_leaving(string role, bool could)
    {
        Happens(new MemberAdded(Child, Vos, role), Noon.AddHours(1));
        Happens(new MemberRemoved(Child, Vos, role), Noon.AddHours(2));
        _access.CouldRead(Child, Noon).ShouldBe(could ? [Vos] : []);
        _access.IsMember(Child, Vos, role).ShouldBeFalse();
        _access.Team(Child).ShouldBeEmpty();
    }

    [Fact]
    public void Who_comes_back_has_been_there_since_the_first_time()
    {
        Happens(new MemberAdded(Child, Vos, Roles.Interviewer), Noon.AddHours(-1));
        Happens(new MemberRemoved(Child, Vos, Roles.Interviewer), Noon.AddMinutes(-30));
        Happens(new MemberAdded(Child, Vos, Roles.Interviewer), Noon.AddHours(1));
        _access.CouldRead(Child, Noon).ShouldBe([Vos]);
        _access.IsMember(Child, Vos, Roles.Interviewer).ShouldBeTrue();
    }

    [Fact]
    public void Who_broke_the_glass_could_and_is_on_no_team()
    {
        Happens(new GlassBroken(Child, Guid.NewGuid(), Vos, Roles.IntakeOfficer, Noon.AddHours(1), Personal.Of("Danger")), Noon);
        _access.CouldRead(Child, Noon).ShouldBe([Vos]);
        _access.Team(Child).ShouldBeEmpty();
        _access.IsMember(Child, Vos, Roles.IntakeOfficer).ShouldBeFalse();
    }

    [Fact]
    public void A_merge_brings_the_teams_together_with_what_they_could_read()
    {
        Happens(new MemberAdded(Child, Vos, Roles.Interviewer), Noon.AddHours(-1));
        Happens(new MemberAdded(Other, Vos, Roles.Interviewer), Noon.AddHours(1));
        Happens(new MemberAdded(Child, Okafor, Roles.Psychologist), Noon);
        Happens(new MemberRemoved(Child, Okafor, Roles.Psychologist), Noon);
        Happens(new ChildMerged(Child, Other), Noon.AddHours(2));
        _access.CouldRead(Other, Noon).ShouldBe([Vos, Okafor], ignoreOrder: true);
        _access.Team(Other).ShouldBe([(Vos, Roles.Interviewer)]);
        _access.Team(Child).ShouldBe([(Vos, Roles.Interviewer)]);
    }

    [Fact]
    public void Merges_are_followed_over_any_number_of_steps_and_a_circle_ends()
    {
        Guid[] ids = [.. Enumerable.Range(1, 5).Select(_ => Guid.NewGuid())];
        foreach (var (from, into) in ids.Zip(ids.Skip(1)))
        {
            Happens(new ChildMerged(from, into), Noon);
        }

        _access.Surviving(ids[0]).ShouldBe(ids[^1]);
        _access.Surviving(Other).ShouldBe(Other);
        Happens(new MemberAdded(ids[^1], Vos, Roles.Interviewer), Noon);
        _access.IsMember(ids[0], Vos, Roles.Interviewer).ShouldBeTrue();
        Happens(new ChildMerged(ids[^1], ids[0]), Noon);
        _access.IsMember(ids[0], Vos, Roles.Interviewer).ShouldBeFalse("a circle opens to nobody");
    }

    private void Happens(IEvent e, DateTimeOffset at) => _access.Apply(e, TestEvents.Logged(e, at)).ShouldBeTrue();
}
