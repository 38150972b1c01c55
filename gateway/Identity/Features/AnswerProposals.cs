using Barnahus.Identity.Accounts;
using Barnahus.Identity.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Features;

/// <summary>
/// <c>GET /identity/v1/proposals</c>: what waits for a second administrator, rights and recoveries, and the answer to rights. What is approved is named
/// one by one: nothing slips in that was proposed after the look.
/// </summary>
public static class AnswerProposals
{
    private const string RecoveryKind = "recovery";

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/proposals", List).Allow(Roles.Administrator, Roles.Auditor).WithSummary("What one administrator proposed and another has not answered yet");
        var rights = routes.MapGroup("/accounts/{accountId:guid}/rights");
        rights.MapPost("/approval", ApproveAsync).Allow(Roles.Administrator).RequireRecentSignIn()
            .WithSummary("Gives an account roles and regions that another administrator proposed, once its holder has taken the invitation up");
        rights.MapPost("/rejection", RejectAsync).Allow(Roles.Administrator).WithSummary("Rejects proposed roles and regions, or takes them back");
    }

    private static Answer<List<ProposalReply>> List(
        HttpContext http, AccountIndex index, PersonalData personal, Caller caller, Hand hand, int? page, int? pageSize) =>
        Reply.Read(index.Rows.SelectMany(row => WaitingOf(row, hand.Now)).ToList().Page(http, page, pageSize).Select(one =>
        {
            caller.Saw(SubjectId.Account(one.Account.AccountId), "account");
            return new ProposalReply(
                one.Account.AccountId,
                personal.Open(one.Account.LoginName).ValueOrDefault,
                personal.Open(one.Account.Name).ValueOrDefault,
                one.Account.Organisation,
                one.Account.Activated,
                one.Kind,
                one.Right,
                one.ProposedBy,
                index.Row(one.ProposedBy) is { } proposer ? personal.Open(proposer.Name).ValueOrDefault : null,
                one.At,
                one.At + one.Life);
        }).ToList());

    private static IEnumerable<Waiting> WaitingOf(AccountRow row, DateTimeOffset now)
    {
        foreach (var right in ProposedRight.Of(row.Proposed, now))
        {
            yield return new(row, right.Kind, right.Name, right.ProposedBy, right.At, Right.Life);
        }

        if (row.Recovery is { } recovery && recovery.IsOpen(now, Recovery.Life))
        {
            yield return new(row, RecoveryKind, null, recovery.ProposedBy, recovery.At, Recovery.Life);
        }
    }

    private static Task<Answer<ChangeAccount.AccountStands>> ApproveAsync(
        Guid accountId, Request request, Caller caller, Hand hand, AccountStore store, CancellationToken cancellationToken) =>
        AnswerAsync(right => new AccountCommand.ApproveRight(right, caller.AccountId!.Value, hand.Now), accountId, request, caller, hand, store, cancellationToken);

    private static Task<Answer<ChangeAccount.AccountStands>> RejectAsync(
        Guid accountId, Request request, Caller caller, Hand hand, AccountStore store, CancellationToken cancellationToken) =>
        AnswerAsync(right => new AccountCommand.RejectRight(right, caller.AccountId!.Value, hand.Now), accountId, request, caller, hand, store, cancellationToken);

    private static async Task<Answer<ChangeAccount.AccountStands>> AnswerAsync(
        Func<Right, AccountCommand> command, Guid accountId, Request request, Caller caller, Hand hand, AccountStore store, CancellationToken cancellationToken)
    {
        AccountForm.Check(
            AccountForm.RolesOf("roles", request.Roles),
            AccountForm.RegionsOf("regions", request.Regions),
            ("roles", request.Roles is { Count: > 0 } || request.Regions is { Count: > 0 }, "Name the roles or regions that were proposed."));
        var user = await ChangeAccount.FindAsync(accountId, caller, hand, store, cancellationToken);
        foreach (var right in (request.Roles ?? []).Select(Right.Role).Concat((request.Regions ?? []).Select(region => Right.Region(region.Trim()))))
        {
            await store.SendAsync(user, command(right), cancellationToken);
        }

        return ChangeAccount.Changed(user, hand);
    }

    private sealed record Waiting(AccountRow Account, string Kind, string? Right, Guid ProposedBy, DateTimeOffset At, TimeSpan Life);

    internal sealed record Request(IReadOnlyList<string>? Roles = null, IReadOnlyList<string>? Regions = null);
}

/// <summary>Something that one administrator proposed for an account.</summary>
/// <param name="Organisation">OIN of the account.</param>
/// <param name="TakenUp">The account's holder has taken the invitation up.</param>
/// <param name="Kind"><c>role</c>, <c>region</c> or <c>recovery</c>.</param>
/// <param name="Right">Name of the role or region; absent for a recovery.</param>
/// <param name="ProposedBy">Account of the administrator.</param>
/// <param name="Until">It lapses then.</param>
public sealed record ProposalReply(
    Guid AccountId,
    string? LoginName,
    string? Name,
    string Organisation,
    bool TakenUp,
    string Kind,
    string? Right,
    Guid ProposedBy,
    string? ProposedByName,
    DateTimeOffset At,
    DateTimeOffset Until);
