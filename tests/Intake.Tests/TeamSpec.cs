using Barnahus.Intake.Access;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests;

public sealed class TeamSpec() : DeciderSpec<TeamCommand, Team>(TeamDecider.Decider)
{
    private static readonly Guid Child = DerivedId.From("child");
    private static readonly Guid Vos = DerivedId.From("vos");
    private static readonly Guid Officer = DerivedId.From("officer");
    private static readonly MemberAdded Added = new(Child, Vos, Roles.Interviewer);
    private static readonly GrantGiven Granted = new(Child, Officer, Vos, DataGroup.Whereabouts, Now.AddDays(1));
    private static readonly GrantProposed Proposed = new(Child, DerivedId.From("proposal"), Vos, DataGroup.Timeline, Now.AddDays(1), Officer);

    protected override System.Reflection.Assembly Events => typeof(MemberAdded).Assembly;

    [Fact]
    public async Task Members_come_on_the_team_once()
    {
        TeamMember[] members = [new(Vos, Roles.Interviewer), new(Vos, Roles.Interviewer)];
        await Given().When(new AddMembers(Child, members, [])).Then(Added);
        await Given(Added).When(new AddMembers(Child, members, [])).Then();
    }

    [Fact]
    public void Nobody_comes_on_it_without_the_role_or_in_conflict()
    {
        TeamMember[] members = [new(Vos, Roles.Interviewer)];
        Given().When(new AddMembers(Child, members, members)).ThenRefused("role-not-held");
        Given(new ConflictMarked(Child, Vos)).When(new AddMembers(Child, members, [])).ThenRefused("conflict-of-interest");
    }

    [Fact]
    public async Task Members_leave_but_not_the_last_officer()
    {
        await Given(Added).When(new RemoveMember(Child, Vos, Roles.Interviewer)).Then(new MemberRemoved(Child, Vos, Roles.Interviewer));
        await Given().When(new RemoveMember(Child, Vos, Roles.Interviewer)).Then();
        Given(new MemberAdded(Child, Officer, Roles.IntakeOfficer)).When(new RemoveMember(Child, Officer, Roles.IntakeOfficer))
            .ThenRefused("last-intake-officer");
    }

    [Fact]
    public async Task A_grant_is_for_a_member_and_for_a_while()
    {
        await Given(Added).When(Grant(Now.AddDays(1))).Then(Granted);
        await Given(Added, Granted).When(new WithdrawGrant(Child, Officer)).Then(new GrantWithdrawn(Child, Officer));
        await Given(Added).When(new WithdrawGrant(Child, Officer)).Then();
        Given().When(Grant(Now.AddDays(1))).ThenRefused("not-on-team");
        Given(Added).When(Grant(Now)).ThenRefused("grant-term");
        Given(Added).When(Grant(Now.AddDays(91))).ThenRefused("grant-term");
    }

    [Fact]
    public async Task A_conflict_is_marked_and_lifted()
    {
        var marked = new ConflictMarked(Child, Vos);
        await Given(Added).When(new MarkConflict(Child, Vos)).Then(marked);
        await Given(Added, marked).When(new MarkConflict(Child, Vos)).Then();
        await Given(Added, marked).When(new LiftConflict(Child, Vos)).Then(new ConflictLifted(Child, Vos));
        await Given(Added).When(new LiftConflict(Child, Vos)).Then();
    }

    [Fact]
    public async Task A_merged_team_points_on()
    {
        var merged = new ChildMerged(Child, Officer);
        await Given(Added).When(new MergeTeam(Child, Officer)).Then(merged);
        await Given(Added, merged).When(new MergeTeam(Child, Officer)).Then();
        Given(Added, merged).When(new MarkConflict(Child, Vos)).ThenRefused("file-merged");
    }

    [Fact]
    public async Task A_team_that_was_taken_over_can_be_taken_back_one_by_one()
    {
        var other = Team.Initial with
        {
            Members = [(Vos, Roles.Interviewer)],
            Conflicts = [Officer],
            Grants = Team.Initial.Grants.Add(Granted.GrantId, Granted),
            Proposals = Team.Initial.Proposals.Add(Proposed.GrantId, Proposed with { ChildId = Officer }),
        };
        var conflict = new ConflictMarked(Child, Officer);
        await Given().When(new TakeOverTeam(Child, other)).Then(conflict, Added, Granted, Proposed);
        await Given(conflict, Added, Granted, Proposed).When(new TakeOverTeam(Child, other)).Then();
        await Given(conflict, Added, Granted, new GrantGiven(Child, Proposed.GrantId, Vos, DataGroup.Timeline, Proposed.Until)).When(new TakeOverTeam(Child, other)).Then();
        await Given(conflict, Added, Granted).When(new RemoveMember(Child, Vos, Roles.Interviewer)).Then(new MemberRemoved(Child, Vos, Roles.Interviewer));
    }

    private static GiveGrant Grant(DateTimeOffset until) => new(Child, Officer, Vos, DataGroup.Whereabouts, until, Now);
}
