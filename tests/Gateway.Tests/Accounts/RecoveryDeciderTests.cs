using Barnahus.Identity.Accounts;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Gateway.Tests.Accounts;

public sealed class RecoveryDeciderTests() : DeciderSpec<AccountCommand, Account>(AccountDecider.Decider)
{
    private static readonly Guid Id = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly Guid One = Guid.Parse("01990000-0000-7000-8000-000000000002");
    private static readonly Guid Two = Guid.Parse("01990000-0000-7000-8000-000000000003");
    private static readonly DateTimeOffset Later = Now.AddDays(7);

    private static readonly AccountInvited Invited =
        new(Id, Personal.Of("vos"), Personal.Of("T. Vos"), "00000000000099900101", Personal.Of("hash"), null, Later);

    private static readonly IEvent[] InUse = [Invited, new AccountActivated(Id, Personal.Of("password hash"), Personal.Of("KEY"), SecondFactor: true, Now)];
    private static readonly RecoveryProposed Proposed = new(Id, One, Personal.Of("lost phone"), Now);

    [Fact]
    public Task One_proposes() => Given(InUse).When(new AccountCommand.ProposeRecovery(One, "lost phone", Now)).Then(Proposed);

    [Fact]
    public Task Another_approves_and_the_way_in_of_before_is_gone() => Given([.. InUse, Proposed])
        .When(Approve(Two, Now.AddDays(1)))
        .Then(
            new RecoveryApproved(Id, One, Two, Now.AddDays(1)),
            new AccountInvitedAgain(Id, Personal.Of("new hash"), null, Later, Now.AddDays(1)));

    [Fact]
    public void Nobody_does_both_and_nobody_does_it_for_themselves()
    {
        Given([.. InUse, Proposed]).When(Approve(One, Now)).ThenRefused("two-administrators");
        Given([.. InUse, Proposed]).When(Approve(Id, Now)).ThenRefused("own-account");
        Given(InUse).When(new AccountCommand.ProposeRecovery(Id, "lost phone", Now)).ThenRefused("own-account");
        Given(InUse).When(Approve(Two, Now)).ThenRefused("no-recovery");
        Given(InUse).When(new AccountCommand.InviteAgain("new hash", Later, Now, One)).ThenRefused("recovery-by-two");
    }

    [Fact]
    public void A_recovered_account_gets_no_further_code_from_one_administrator_alone() =>
        Given([.. InUse, Proposed, new RecoveryApproved(Id, One, Two, Now), new AccountInvitedAgain(Id, Personal.Of("h"), null, Later, Now)])
            .When(new AccountCommand.InviteAgain("new hash", Later, Now, One)).ThenRefused("recovery-by-two");

    [Fact]
    public async Task A_proposal_lapses_after_three_days_and_can_be_rejected()
    {
        Given([.. InUse, Proposed]).When(Approve(Two, Now.AddDays(3))).ThenRefused("no-recovery");
        Given([.. InUse, Proposed]).When(new AccountCommand.ProposeRecovery(Two, "again", Now.AddDays(2))).ThenRefused("recovery-proposed");
        await Given([.. InUse, Proposed]).When(new AccountCommand.ProposeRecovery(Two, "again", Now.AddDays(3)))
            .Then(new RecoveryProposed(Id, Two, Personal.Of("again"), Now.AddDays(3)));
        await Given([.. InUse, Proposed]).When(new AccountCommand.RejectRecovery(Two, Now)).Then(new RecoveryRejected(Id, Two, Now));
        Given([.. InUse, Proposed, new RecoveryRejected(Id, Two, Now)]).When(Approve(Two, Now)).ThenRefused("no-recovery");
    }

    [Fact]
    public void Who_never_used_the_account_is_invited_again_instead() =>
        Given(Invited).When(new AccountCommand.ProposeRecovery(One, "lost the letter", Now)).ThenRefused("account-not-active");

    private static AccountCommand.ApproveRecovery Approve(Guid by, DateTimeOffset at) => new(by, "new hash", Later, at);
}
