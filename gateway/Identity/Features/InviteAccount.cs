using Barnahus.Identity.Accounts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Identity.Features;

/// <summary>
/// <c>POST /identity/v1/accounts</c>: the administrator makes an account. The answer holds the invitation code, once; it is handed over
/// in person and taken up at <c>/account/activation</c>. The account may do nothing until another administrator has approved its rights.
/// </summary>
public static class InviteAccount
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/accounts", HandleAsync).Allow(Roles.Administrator).RequireRecentSignIn().WithSummary("Makes an account and invites its holder; its roles and regions are proposed, and another administrator approves them");
        routes.MapPost("/accounts/{accountId:guid}/invitation", AgainAsync).Allow(Roles.Administrator).RequireRecentSignIn()
            .WithSummary("Invites again somebody who never took the invitation up; who has used the account gets a recovery");
    }

    private static async Task<CreatedAnswer<Invitation>> HandleAsync(Request request, Caller caller, Invitations invitations, AccountStore store, Hand hand, CancellationToken cancellationToken)
    {
        AccountForm.Check(
            AccountForm.Text("loginName", request.LoginName),
            AccountForm.Text("name", request.Name),
            AccountForm.Oin("organisation", request.Organisation),
            AccountForm.RolesOf("roles", request.Roles),
            AccountForm.RegionsOf("regions", request.Regions));
        hand.Acts(caller.Command());
        var accountId = await store.TakenForAsync(request.LoginName, cancellationToken) ?? DerivedId.From(caller.RequestId, "account");
        var account = new NewAccount(accountId, request.LoginName, request.Name.Trim(), request.Organisation, request.Roles ?? [], request.Regions ?? []);
        var code = await invitations.InviteAsync(account, null, cancellationToken);
        var user = await store.FindByIdAsync(accountId.ToString("D"), cancellationToken) ?? throw new UnknownException();
        return Reply.Created($"/identity/v1/accounts/{accountId:D}", user.Stands, Invited(accountId, code));
    }

    private static async Task<Answer<Invitation>> AgainAsync(
        Guid accountId, Caller caller, Invitations invitations, AccountStore store, Hand hand, CancellationToken cancellationToken)
    {
        hand.Acts(caller.Command());
        var user = await store.FindByIdAsync(accountId.ToString("D"), cancellationToken) ?? throw new UnknownException();
        var code = accountId == caller.AccountId
            ? throw new RefusedException("own-account", "Nobody changes the rights of their own account. Ask another administrator.")
            : await invitations.InviteAgainAsync(user, null, cancellationToken);
        return Reply.Changed(user.Stands, Invited(accountId, code));
    }

    internal static Invitation Invited(Guid accountId, string? code) => new(
        accountId,
        "invited",
        code,
        code is null ? "This request was carried out before and its code was shown then. Invite again for a new one." : null);

    /// <param name="Status">Always <c>invited</c>.</param>
    /// <param name="InvitationCode">Shown once, to be handed over in person.</param>
    /// <param name="Note">Why there is no code.</param>
    internal sealed record Invitation(Guid AccountId, string Status, string? InvitationCode, string? Note);

    internal sealed record Request(
        string LoginName, string Name, string Organisation, IReadOnlyList<string>? Roles = null, IReadOnlyList<string>? Regions = null);
}
