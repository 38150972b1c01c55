using Barnahus.Identity.Accounts;
using Barnahus.Identity.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Features;

/// <summary><c>GET /identity/v1/accounts</c> and one of them: who may act as what. For the administrator; each look is recorded.</summary>
public static class ListAccounts
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/accounts", List).Allow(Roles.Administrator, Roles.Auditor).WithSummary("Accounts, with roles, organisation and regions");
        routes.MapGet("/accounts/{accountId:guid}", One).Allow(Roles.Administrator, Roles.Auditor).WithSummary("One account");
    }

    private static Answer<List<AccountReply>> List(HttpContext http, AccountIndex index, PersonalData personal, Caller caller, Hand hand, int? page, int? pageSize) =>
        Reply.Read(index.Rows.ToList().Page(http, page, pageSize).Select(row => Show(row, personal, caller, hand)).ToList());

    private static Answer<AccountReply> One(Guid accountId, AccountIndex index, PersonalData personal, Caller caller, Hand hand)
    {
        var row = index.Row(accountId) ?? throw new UnknownException();
        return Reply.Read(Show(row, personal, caller, hand), row.Revision);
    }

    private static AccountReply Show(AccountRow row, PersonalData personal, Caller caller, Hand hand)
    {
        caller.Saw(SubjectId.Account(row.AccountId), "account");
        return new(
            row.AccountId,
            personal.Open(row.LoginName).ValueOrDefault,
            personal.Open(row.Name).ValueOrDefault,
            row.Organisation,
            [.. row.Roles],
            [.. row.Regions],
            row.Disabled ? "disabled" : row.Activated ? "active" : "invited",
            ProposedRight.Of(row.Proposed, hand.Now),
            row.Recovery,
            row.Enabling);
    }

    internal sealed record AccountReply(
        Guid AccountId, string? LoginName, string? Name, string Organisation, IReadOnlyList<string> Roles, IReadOnlyList<string> Regions, string Status,
        IReadOnlyList<ProposedRight> Proposed, Proposal? Recovery, Proposal? Enabling);
}
