using Barnahus.Intake.Access;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests;

/// <summary>Break-glass and the grants that take two people.</summary>
public sealed class EmergencySpec() : DeciderSpec<TeamCommand, Team>(TeamDecider.Decider)
{
    private const string Why = "Het kind staat nu aan de balie";
    private static readonly Guid Child = DerivedId.From("child");
    private static readonly Guid Break = DerivedId.From("break");
    private static readonly Guid Vos = DerivedId.From("vos");
    private static readonly Guid Other = DerivedId.From("other");
    private static readonly Guid Auditor = DerivedId.From("auditor");
    private static readonly GlassBroken Broken = new(Child, Break, Vos, Roles.Interviewer, Now.AddMinutes(60), Personal.Of(Why));
    private static readonly GrantProposed Proposed = new(Child, Break, Auditor, DataGroup.Timeline, Now.AddDays(7), Vos);

    protected override System.Reflection.Assembly Events => typeof(MemberAdded).Assembly;

    [Fact]
    public async Task A_file_is_opened_for_sixty_minutes_and_asking_again_gains_no_time()
    {
        await Given().When(Open()).Then(Broken);
        await Given(Broken).When(Open(minutes: 59)).Then();
        await Given(Broken).When(Open(minutes: 60)).Then(Broken with { Until = Now.AddMinutes(120) });
    }

    [Fact]
    public void Who_is_in_conflict_or_on_the_team_does_not_break_glass()
    {
        Given(new ConflictMarked(Child, Vos)).When(Open()).ThenRefused("conflict-of-interest");
        Given(new MemberAdded(Child, Vos, Roles.Interviewer)).When(Open()).ThenRefused("on-the-team");
        Given(new ChildMerged(Child, Other)).When(Open()).ThenRefused("file-merged");
    }

    [Fact]
    public async Task Somebody_else_judges_it_once_even_after_a_merge()
    {
        var review = new ReviewGlass(Child, Break, Other, false, "Kon wachten");
        var reviewed = new GlassReviewed(Child, Break, false, Personal.Of("Kon wachten"));
        await Given(Broken).When(review).Then(reviewed);
        await Given(Broken, new ChildMerged(Child, Other)).When(review).Then(reviewed);
        Given(Broken).When(review with { By = Vos }).ThenRefused("own-opening");
        Given(Broken, reviewed).When(review).ThenRefused("nothing-to-review");
        Given().When(review).ThenRefused("nothing-to-review");
    }

    [Fact]
    public async Task Content_for_an_auditor_takes_a_prosecutor_and_an_administrator()
    {
        await Given().When(Propose()).Then(Proposed);
        Given().When(Propose() with { IsAuditor = false }).ThenRefused("not-an-auditor");
        Given().When(Propose() with { Until = Now }).ThenRefused("grant-term");

        var given = new GrantGiven(Child, Break, Auditor, DataGroup.Timeline, Now.AddDays(7));
        await Given(Proposed).When(new ApproveGrant(Child, Break, Other, Now)).Then(given);
        await Given(Proposed, given).When(new ApproveGrant(Child, Break, Other, Now)).Then();
        await Given(Proposed).When(new WithdrawGrant(Child, Break, Roles.Prosecutor)).Then(new GrantWithdrawn(Child, Break));
        Given(Proposed).When(new ApproveGrant(Child, Break, Vos, Now)).ThenRefused("two-people");
        Given(Proposed).When(new ApproveGrant(Child, Break, Auditor, Now)).ThenRefused("two-people");
        Given(Proposed).When(new ApproveGrant(Child, Break, Other, Now.AddDays(8))).ThenRefused("grant-term");
        Given().When(new ApproveGrant(Child, Break, Other, Now)).ThenRefused("no-such-proposal");
    }

    private static BreakGlass Open(int minutes = 0) => new(Child, Break, Vos, Roles.Interviewer, Why, Now.AddMinutes(minutes));

    private static ProposeGrant Propose() => new(Child, Break, Auditor, true, DataGroup.Timeline, Now.AddDays(7), Vos, Now);
}
