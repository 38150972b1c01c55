using Barnahus.Identity.Accounts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Identity.Features;

/// <summary>
/// A lost phone or password: one administrator proposes, another approves and gets a new invitation code to hand over in person. The holder is told
/// at the next sign-in.
/// </summary>
public static class RecoverAccount
{
    public static void Map(RouteGroupBuilder routes)
    {
        var recovery = routes.MapGroup("/accounts/{accountId:guid}/recovery");
        recovery.MapPost("", ProposeAsync).Allow(Roles.Administrator).RequireRecentSignIn().WithSummary("Proposes a new way in for the holder");
        recovery.MapPost("/approval", ApproveAsync).Allow(Roles.Administrator).RequireRecentSignIn()
            .WithSummary("Approves what another administrator proposed; password, second factor and sessions of before are worth nothing from now on");
        recovery.MapPost("/rejection", RejectAsync).Allow(Roles.Administrator).WithSummary("Rejects a proposal or takes it back");
    }

    private static async Task<Answer<RecoveryStands>> ProposeAsync(
        Guid accountId, Request request, Caller caller, Hand hand, AccountStore store, CancellationToken cancellationToken)
    {
        AccountForm.Check(AccountForm.Text("reason", request.Reason));
        var user = await ChangeAccount.FindAsync(accountId, caller, hand, store, cancellationToken);
        await store.SendAsync(user, new AccountCommand.ProposeRecovery(caller.AccountId!.Value, request.Reason.Trim(), hand.Now), cancellationToken);
        return Stands(user);
    }

    private static async Task<Answer<InviteAccount.Invitation>> ApproveAsync(
        Guid accountId, Caller caller, Hand hand, Invitations invitations, AccountStore store, CancellationToken cancellationToken)
    {
        var user = await ChangeAccount.FindAsync(accountId, caller, hand, store, cancellationToken);
        var code = await invitations.ApproveRecoveryAsync(user, caller.AccountId!.Value, cancellationToken);
        return Reply.Changed(user.Stands, InviteAccount.Invited(accountId, code));
    }

    private static async Task<Answer<RecoveryStands>> RejectAsync(Guid accountId, Caller caller, Hand hand, AccountStore store, CancellationToken cancellationToken)
    {
        var user = await ChangeAccount.FindAsync(accountId, caller, hand, store, cancellationToken);
        await store.SendAsync(user, new AccountCommand.RejectRecovery(caller.AccountId!.Value, hand.Now), cancellationToken);
        return Stands(user);
    }

    private static Answer<RecoveryStands> Stands(AccountUser user) => Reply.Changed(user.Stands, new RecoveryStands(user.Id, user.State.Recovery));

    /// <param name="Recovery">What is proposed; absent when nothing is.</param>
    internal sealed record RecoveryStands(Guid? AccountId, Proposal? Recovery);

    internal sealed record Request(string Reason);
}
