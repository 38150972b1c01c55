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
    private static readonly Guid Second = DerivedId.From("second officer");
    private static readonly Guid Proposal = DerivedId.From("conflict");
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
    public async Task What_follows_from_a_decision_that_stands_adds_who_may_and_leaves_out_who_is_in_conflict()
    {
        TeamMember[] members = [new(Officer, Roles.IntakeOfficer), new(Vos, Roles.Interviewer)];
        var officer = new MemberAdded(Child, Officer, Roles.IntakeOfficer);
        await Given().When(new AdmitMembers(Child, members)).Then(officer, Added);
        await Given(new ConflictMarked(Child, Vos)).When(new AdmitMembers(Child, members)).Then(officer);
        await Given(new ConflictMarked(Child, Vos), officer).When(new AdmitMembers(Child, members)).Then();
    }

    [Fact]
    public async Task Members_leave_but_not_the_last_officer()
    {
        await Given(Added).When(new RemoveMember(Child, Vos, Roles.Interviewer)).Then(new MemberRemoved(Child, Vos, Roles.Interviewer));
        await Given().When(new RemoveMember(Child, Vos, Roles.Interviewer)).Then();
        Given(Keeps(Officer)).When(new RemoveMember(Child, Officer, Roles.IntakeOfficer)).ThenRefused("last-intake-officer");
        Given(Keeps(Officer), Keeps(Second), new ConflictMarked(Child, Second)).When(new RemoveMember(Child, Officer, Roles.IntakeOfficer))
            .ThenRefused("last-intake-officer");
        await Given(Keeps(Officer), Keeps(Second)).When(new RemoveMember(Child, Officer, Roles.IntakeOfficer))
            .Then(new MemberRemoved(Child, Officer, Roles.IntakeOfficer));
    }

    [Fact]
    public async Task The_last_officer_who_may_see_the_child_is_not_marked()
    {
        var asked = new ConflictProposed(Child, Proposal, Vos, Officer);
        Given(Keeps(Vos)).When(Mark()).ThenRefused("last-intake-officer");
        Given(Keeps(Vos), Keeps(Second), new ConflictMarked(Child, Second)).When(Mark()).ThenRefused("last-intake-officer");
        Given(Keeps(Vos)).When(Mark(isAuditor: true)).ThenRefused("last-intake-officer");
        Given(Keeps(Vos), asked).When(new ApproveGrant(Child, Proposal, DerivedId.From("administrator"), Now)).ThenRefused("last-intake-officer");
        await Given(Keeps(Vos), Keeps(Second)).When(Mark()).Then(new ConflictMarked(Child, Vos));
    }

    [Fact]
    public async Task Whoever_is_marked_loses_what_was_granted()
    {
        var ofAnother = Granted with { GrantId = Second, AccountId = Officer };
        await Given(Added, Granted, ofAnother).When(Mark()).Then(new ConflictMarked(Child, Vos), new GrantWithdrawn(Child, Granted.GrantId));
        await Given(Added, Granted).When(new TakeOverTeam(Child, Team.Initial with { Conflicts = [Vos] }))
            .Then(new ConflictMarked(Child, Vos), new GrantWithdrawn(Child, Granted.GrantId));
        await Given(new ConflictMarked(Child, Vos)).When(new TakeOverTeam(Child, Team.Initial with { Grants = Team.Initial.Grants.Add(Granted.GrantId, Granted) }))
            .Then(new GrantWithdrawn(Child, Granted.GrantId));
    }

    [Fact]
    public async Task The_first_of_two_counts_only_while_of_the_team_and_not_marked()
    {
        var marked = new ConflictMarked(Child, Vos);
        var first = new ConflictLiftProposed(Child, Vos, Officer);
        var anew = new ConflictLiftProposed(Child, Vos, Second);
        var lift = new LiftConflict(Child, Vos, Second);
        await Given(Keeps(Officer), Keeps(Second), marked, first).When(lift).Then(new ConflictLifted(Child, Vos));
        await Given(Keeps(Officer), Keeps(Second), marked, first, new MemberRemoved(Child, Officer, Roles.IntakeOfficer)).When(lift).Then(anew);
        await Given(Keeps(Officer), Keeps(Second), marked, first, new ConflictMarked(Child, Officer)).When(lift).Then(anew);
        await Given(new MemberAdded(Child, Officer, Roles.SafetyCoordinator), Keeps(Second), marked, first).When(lift).Then(new ConflictLifted(Child, Vos));
    }

    [Fact]
    public async Task A_grant_is_for_a_member_and_for_a_while()
    {
        await Given(Added).When(Grant(Now.AddDays(1))).Then(Granted);
        await Given(Added, Granted).When(new WithdrawGrant(Child, Officer, Roles.SafetyCoordinator)).Then(new GrantWithdrawn(Child, Officer));
        await Given(Added).When(new WithdrawGrant(Child, Officer, Roles.SafetyCoordinator)).Then();
        Given().When(Grant(Now.AddDays(1))).ThenRefused("not-on-team");
        Given(Added).When(Grant(Now)).ThenRefused("grant-term");
        Given(Added).When(Grant(Now.AddDays(91))).ThenRefused("grant-term");
    }

    [Fact]
    public async Task Whoever_leaves_the_team_altogether_leaves_the_way_in_to_the_whereabouts_behind()
    {
        var second = new MemberAdded(Child, Vos, Roles.YouthCare);
        var withdrawn = new GrantWithdrawn(Child, Granted.GrantId);
        await Given(Added, Granted).When(new RemoveMember(Child, Vos, Roles.Interviewer)).Then(new MemberRemoved(Child, Vos, Roles.Interviewer), withdrawn);
        await Given(Added, second, Granted).When(new RemoveMember(Child, Vos, Roles.Interviewer)).Then(new MemberRemoved(Child, Vos, Roles.Interviewer));
        await Given(Added, Granted with { AccountId = Officer }).When(new RemoveMember(Child, Vos, Roles.Interviewer))
            .Then(new MemberRemoved(Child, Vos, Roles.Interviewer));
    }

    [Theory]
    [InlineData(DataGroup.Timeline, Roles.SafetyCoordinator, false)]
    [InlineData(DataGroup.Timeline, Roles.Prosecutor, true)]
    [InlineData(DataGroup.Timeline, Roles.Administrator, true)]
    [InlineData(DataGroup.Whereabouts, Roles.SafetyCoordinator, true)]
    [InlineData(DataGroup.Whereabouts, Roles.Prosecutor, false)]
    [InlineData(DataGroup.Whereabouts, Roles.Administrator, false)]
    public async Task Nobody_ends_a_grant_that_is_anothers_to_give(DataGroup group, string role, bool ends)
    {
        var withdrawing = Given(Added, Granted with { Group = group }).When(new WithdrawGrant(Child, Granted.GrantId, role));
        if (ends)
        {
            await withdrawing.Then(new GrantWithdrawn(Child, Granted.GrantId));
        }
        else
        {
            withdrawing.ThenRefused("grant-of-another");
        }
    }

    [Fact]
    public async Task An_auditor_is_kept_out_by_two_people_only()
    {
        var proposed = new ConflictProposed(Child, Proposal, Vos, Officer);
        var marked = new ConflictMarked(Child, Vos);
        await Given().When(Mark(isAuditor: true)).Then(proposed);
        await Given(proposed).When(Mark(isAuditor: true)).Then();
        await Given(proposed).When(new ApproveGrant(Child, Proposal, DerivedId.From("administrator"), Now)).Then(marked);
        Given(proposed).When(new ApproveGrant(Child, Proposal, Officer, Now)).ThenRefused("two-people");
        Given(proposed).When(new ApproveGrant(Child, Proposal, Vos, Now)).ThenRefused("two-people");
        Given(proposed, marked).When(new ApproveGrant(Child, Proposal, DerivedId.From("administrator"), Now)).ThenRefused("no-such-proposal");
        await Given(proposed).When(new WithdrawGrant(Child, Proposal, Roles.Administrator)).Then(new ConflictLifted(Child, Vos));
        Given(proposed).When(new WithdrawGrant(Child, Proposal, Roles.Prosecutor)).ThenRefused("grant-of-another");
        await Given(proposed).When(new LiftConflict(Child, Vos, Officer)).Then(new ConflictLifted(Child, Vos));
        var other = Team.Initial with { ConflictProposals = Team.Initial.ConflictProposals.Add(Vos, proposed with { ChildId = Officer }) };
        await Given().When(new TakeOverTeam(Child, other)).Then(proposed);
        await Given(marked).When(new TakeOverTeam(Child, other)).Then();
    }

    [Fact]
    public async Task A_conflict_is_marked_and_lifted()
    {
        var marked = new ConflictMarked(Child, Vos);
        await Given(Added).When(Mark()).Then(marked);
        await Given(Added, marked).When(Mark()).Then();
        var asked = new ConflictLiftProposed(Child, Vos, Officer);
        await Given(Added, marked).When(new LiftConflict(Child, Vos, Officer)).Then(asked);
        Given(Added, marked, asked).When(new LiftConflict(Child, Vos, Officer)).ThenRefused("two-people");
        await Given(Keeps(Officer), Added, marked, asked).When(new LiftConflict(Child, Vos, Second)).Then(new ConflictLifted(Child, Vos));
        await Given(Added, marked, asked).When(Mark()).Then(marked);
        await Given(Added, marked, asked, marked).When(new LiftConflict(Child, Vos, Officer)).Then(asked);
        await Given(Added).When(new LiftConflict(Child, Vos, Officer)).Then();
    }

    [Fact]
    public async Task A_merged_team_points_on()
    {
        var merged = new ChildMerged(Child, Officer);
        await Given(Added).When(new MergeTeam(Child, Officer)).Then(merged);
        await Given(Added, merged).When(new MergeTeam(Child, Officer)).Then();
        Given(Added, merged).When(Mark()).ThenRefused("file-merged");
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
        await Given(conflict, Added, Granted, Proposed).When(new TakeOverTeam(Child, other)).Then(Added);
        await Given(conflict, Added, Granted, new GrantGiven(Child, Proposed.GrantId, Vos, DataGroup.Timeline, Proposed.Until))
            .When(new TakeOverTeam(Child, other)).Then(Added);
        await Given(conflict, Added, Granted).When(new RemoveMember(Child, Vos, Roles.Interviewer))
            .Then(new MemberRemoved(Child, Vos, Roles.Interviewer), new GrantWithdrawn(Child, Granted.GrantId));
    }

    private static MemberAdded Keeps(Guid accountId) => new(Child, accountId, Roles.IntakeOfficer);

    private static MarkConflict Mark(bool isAuditor = false) => new(Child, Vos, isAuditor, Proposal, Officer);

    private static GiveGrant Grant(DateTimeOffset until) => new(Child, Officer, Vos, DataGroup.Whereabouts, until, Now);
}
