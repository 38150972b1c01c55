using Barnahus.Identity.Accounts;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Gateway.Tests.Accounts;

/// <summary>What an account may do is given by two administrators, to whoever has taken it up.</summary>
public sealed class RightDeciderTests() : DeciderSpec<AccountCommand, Account>(AccountDecider.Decider)
{
    private static readonly Guid Id = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly Guid One = Guid.Parse("01990000-0000-7000-8000-000000000002");
    private static readonly Guid Two = Guid.Parse("01990000-0000-7000-8000-000000000003");
    private static readonly Right Interviewer = Right.Role("interviewer");
    private static readonly Right Limburg = Right.Region("Limburg");

    private static readonly AccountInvited Invited =
        new(Id, Personal.Of("vos"), Personal.Of("T. Vos"), "00000000000099900101", Personal.Of("hash"), null, Now.AddDays(7));

    private static readonly IEvent[] InUse = [Invited, new AccountActivated(Id, Personal.Of("password hash"), Personal.Of("KEY"), SecondFactor: true, Now)];
    private static readonly RightProposed Proposed = new(Id, "role", "interviewer", One, Now);

    [Fact]
    public async Task One_proposes_and_that_gives_nothing()
    {
        await Given(Invited).When(new AccountCommand.Grant(Interviewer, One, Now)).Then(Proposed);
        await Given(Invited).When(new AccountCommand.Grant(Limburg, One, Now)).Then(new RightProposed(Id, "region", "Limburg", One, Now));
        await Given(Invited, Proposed).When(new AccountCommand.Grant(Interviewer, One, Now)).Then();
        Given(Invited, Proposed).When(new AccountCommand.Grant(Interviewer, Two, Now)).ThenRefused("right-proposed");
        Fold(Invited, Proposed).Roles.ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_approves_and_it_is_given()
    {
        await Given([.. InUse, Proposed]).When(new AccountCommand.ApproveRight(Interviewer, Two, Now.AddDays(1)))
            .Then(new RightApproved(Id, "role", "interviewer", One, Two, Now.AddDays(1)), new RoleGranted(Id, "interviewer"));
        await Given([.. InUse, new RightProposed(Id, "region", "Limburg", One, Now)]).When(new AccountCommand.ApproveRight(Limburg, Two, Now))
            .Then(new RightApproved(Id, "region", "Limburg", One, Two, Now), new RegionGranted(Id, "Limburg"));
        await Given([.. InUse, new RoleGranted(Id, "interviewer")]).When(new AccountCommand.Grant(Interviewer, One, Now)).Then();
    }

    [Fact]
    public void Nobody_does_both_and_nobody_does_it_for_themselves()
    {
        Given([.. InUse, Proposed]).When(new AccountCommand.ApproveRight(Interviewer, One, Now)).ThenRefused("two-administrators");
        Given([.. InUse, Proposed]).When(new AccountCommand.ApproveRight(Interviewer, Id, Now)).ThenRefused("own-account");
        Given([.. InUse, Proposed]).When(new AccountCommand.ApproveRight(Limburg, Two, Now)).ThenRefused("no-proposal");
        Given([.. InUse, Proposed]).When(new AccountCommand.ApproveRight(Interviewer, Two, Now.AddDays(14))).ThenRefused("no-proposal");
        Given([.. InUse, Proposed, new AccountDisabled(Id)]).When(new AccountCommand.ApproveRight(Interviewer, Two, Now)).ThenRefused("account-disabled");
    }

    /// <summary>Else who has the code takes the account up after the approval, as whoever the second administrator spoke to.</summary>
    [Fact]
    public void It_is_approved_only_when_somebody_holds_the_account()
    {
        Given(Invited, Proposed).When(new AccountCommand.ApproveRight(Interviewer, Two, Now)).ThenRefused("account-not-active");
        Given([.. InUse, Proposed, new AccountInvitedAgain(Id, Personal.Of("h"), null, Now.AddDays(7), Now)])
            .When(new AccountCommand.ApproveRight(Interviewer, Two, Now)).ThenRefused("account-not-active");
    }

    [Fact]
    public async Task One_administrator_alone_gets_no_new_code_for_an_account_that_has_rights()
    {
        var again = new AccountCommand.InviteAgain("new hash", Now.AddDays(7), Now, One);
        Given(Invited, new RoleGranted(Id, "administrator")).When(again).ThenRefused("rights-before-holder");
        Given(Invited, new RegionGranted(Id, "Limburg")).When(again).ThenRefused("rights-before-holder");
        var invited = new AccountInvitedAgain(Id, Personal.Of("new hash"), null, Now.AddDays(7), Now);
        await Given(Invited, Proposed).When(again).Then(invited);
        await Given(Invited, new RoleGranted(Id, "administrator")).When(again with { By = null }).Then(invited);
    }

    [Fact]
    public async Task A_proposal_is_rejected_or_taken_back()
    {
        var rejected = new RightRejected(Id, "role", "interviewer", One, Now);
        await Given([.. InUse, Proposed]).When(new AccountCommand.RejectRight(Interviewer, One, Now)).Then(rejected);
        await Given([.. InUse, Proposed, rejected]).When(new AccountCommand.RejectRight(Interviewer, Two, Now)).Then();
        Given([.. InUse, Proposed, rejected]).When(new AccountCommand.ApproveRight(Interviewer, Two, Now)).ThenRefused("no-proposal");
    }

    [Fact]
    public Task The_installation_itself_gives_at_once() =>
        Given(Invited).When(new AccountCommand.Grant(Right.Role("administrator"), null, Now)).Then(new RoleGranted(Id, "administrator"));
}
