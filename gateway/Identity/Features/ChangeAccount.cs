using Barnahus.Identity.Accounts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Identity.Features;

/// <summary>Roles and regions proposed and taken, an account taken out of use and back: by an administrator, never on the own account.</summary>
public static class ChangeAccount
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/accounts/{accountId:guid}/roles", RolesAsync).Allow(Roles.Administrator).RequireRecentSignIn().WithSummary("Proposes roles, which another administrator approves, and takes roles at once");
        routes.MapPost("/accounts/{accountId:guid}/regions", RegionsAsync).Allow(Roles.Administrator).RequireRecentSignIn().WithSummary("Proposes regions, which another administrator approves, and takes regions at once");
        routes.MapPost("/accounts/{accountId:guid}/disabling", DisableAsync).Allow(Roles.Administrator)
            .WithSummary("Takes an account out of use; its tokens end within five minutes");
        routes.MapPost("/accounts/{accountId:guid}/enabling", EnableAsync).Allow(Roles.Administrator).RequireRecentSignIn().WithSummary("Takes an account back into use, once a second administrator asks for the same");
    }

    private static async Task<Answer<AccountStands>> RolesAsync(
        Guid accountId, Request request, Caller caller, Hand hand, AccountStore store, CancellationToken cancellationToken)
    {
        AccountForm.Check(AccountForm.RolesOf("grant", request.Grant), AccountForm.RolesOf("take", request.Take));
        var user = await FindAsync(accountId, caller, hand, store, cancellationToken);
        foreach (var role in request.Grant ?? [])
        {
            await store.AddToRoleAsync(user, role, cancellationToken);
        }

        foreach (var role in request.Take ?? [])
        {
            await store.RemoveFromRoleAsync(user, role, cancellationToken);
        }

        await store.UpdateAsync(user, cancellationToken);
        return Changed(user, hand);
    }

    private static async Task<Answer<AccountStands>> RegionsAsync(
        Guid accountId, Request request, Caller caller, Hand hand, AccountStore store, CancellationToken cancellationToken)
    {
        AccountForm.Check(AccountForm.RegionsOf("grant", request.Grant), AccountForm.RegionsOf("take", request.Take));
        var user = await FindAsync(accountId, caller, hand, store, cancellationToken);
        foreach (var region in request.Grant ?? [])
        {
            await store.SendAsync(user, new AccountCommand.Grant(Right.Region(region.Trim()), hand.AccountId, hand.Now), cancellationToken);
        }

        foreach (var region in request.Take ?? [])
        {
            await store.SendAsync(user, new AccountCommand.TakeRegion(region.Trim(), hand.AccountId), cancellationToken);
        }

        return Changed(user, hand);
    }

    private static async Task<Answer<AccountStands>> DisableAsync(Guid accountId, Caller caller, Hand hand, AccountStore store, CancellationToken cancellationToken)
    {
        var user = await FindAsync(accountId, caller, hand, store, cancellationToken);
        await store.SendAsync(user, new AccountCommand.Disable(hand.AccountId), cancellationToken);
        return Changed(user, hand);
    }

    private static async Task<Answer<AccountStands>> EnableAsync(Guid accountId, Caller caller, Hand hand, AccountStore store, CancellationToken cancellationToken)
    {
        var user = await FindAsync(accountId, caller, hand, store, cancellationToken);
        await store.SendAsync(user, new AccountCommand.Enable(caller.AccountId!.Value, hand.Now), cancellationToken);
        return Changed(user, hand);
    }

    internal static async Task<AccountUser> FindAsync(Guid accountId, Caller caller, Hand hand, AccountStore store, CancellationToken cancellationToken)
    {
        hand.Acts(caller.Command());
        return await store.FindByIdAsync(accountId.ToString("D"), cancellationToken) ?? throw new UnknownException();
    }

    internal static Answer<AccountStands> Changed(AccountUser user, Hand hand) => Reply.Changed(user.Stands, new AccountStands(
        user.Id,
        [.. user.State.Roles],
        [.. user.State.Regions],
        ProposedRight.Of(user.State.Proposed, hand.Now),
        user.State.Disabled ? "disabled" : user.State.PasswordHash is null ? "invited" : "active"));

    /// <param name="Status"><c>invited</c>, <c>active</c> or <c>disabled</c>.</param>
    /// <param name="Proposed">Waits for another administrator.</param>
    internal sealed record AccountStands(
        Guid? AccountId, IReadOnlyList<string> Roles, IReadOnlyList<string> Regions, IReadOnlyList<ProposedRight> Proposed, string Status);

    internal sealed record Request(IReadOnlyList<string>? Grant = null, IReadOnlyList<string>? Take = null);
}
