using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Features;

/// <summary>
/// <c>GET /identity/v1/proposals</c>: what waits for a second administrator (rights, recoveries, partners' keys, what is to be taken back into use), and the answer to rights. What is approved is named
/// one by one: nothing slips in that was proposed after the look.
/// </summary>
public static class AnswerProposals
{
    private const string RecoveryKind = "recovery";
    private const string KeyKind = "key";
    private const string EnablingKind = "enabling";

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/proposals", List).Allow(Roles.Administrator, Roles.Auditor).WithSummary("What one administrator proposed and another has not answered yet");
        var rights = routes.MapGroup("/accounts/{accountId:guid}/rights");
        rights.MapPost("/approval", ApproveAsync).Allow(Roles.Administrator).RequireRecentSignIn()
            .WithSummary("Gives an account roles and regions that another administrator proposed, once its holder has taken the invitation up");
        rights.MapPost("/rejection", RejectAsync).Allow(Roles.Administrator).WithSummary("Rejects proposed roles and regions, or takes them back");
    }

    private static Answer<List<ProposalReply>> List(
        HttpContext http, AccountIndex index, ClientIndex clients, PersonalData personal, Caller caller, Hand hand, int? page, int? pageSize) =>
        Reply.Read(index.Rows.SelectMany(row => WaitingOf(row, hand.Now)).Concat(clients.Rows.SelectMany(row => WaitingOf(row, hand.Now))).ToList()
            .Page(http, page, pageSize).Select(one =>
        {
            if (one.Account is { } account)
            {
                caller.Saw(SubjectId.Account(account.AccountId), "account");
            }

            return new ProposalReply(
                one.Account?.AccountId,
                one.Client?.ClientId,
                one.Account is { } named ? personal.Open(named.LoginName).ValueOrDefault : null,
                one.Account is { } holder ? personal.Open(holder.Name).ValueOrDefault : one.Client!.Name,
                one.Account?.Organisation ?? one.Client!.Organisation,
                one.Account?.Activated,
                one.Kind,
                one.Right,
                one.PublicKey,
                one.By.ProposedBy,
                index.Row(one.By.ProposedBy) is { } proposer ? personal.Open(proposer.Name).ValueOrDefault : null,
                one.By.At,
                one.By.At + one.Life);
        }).ToList());

    private static IEnumerable<Waiting> WaitingOf(AccountRow row, DateTimeOffset now)
    {
        foreach (var right in ProposedRight.Of(row.Proposed, now))
        {
            yield return new(row, null, right.Kind, right.Name, null, new(right.ProposedBy, right.At), Right.Life);
        }

        if (row.Recovery is { } recovery && recovery.IsOpen(now, Recovery.Life))
        {
            yield return new(row, null, RecoveryKind, null, null, recovery, Recovery.Life);
        }

        if (row.Enabling is { } enabling && enabling.IsOpen(now, Right.Life))
        {
            yield return new(row, null, EnablingKind, null, null, enabling, Right.Life);
        }
    }

    private static IEnumerable<Waiting> WaitingOf(ClientRow row, DateTimeOffset now)
    {
        var waiting = row.Proposed.OrderBy(key => key.KeyId, StringComparer.Ordinal)
            .Select(key => new Waiting(null, row, KeyKind, key.KeyId, key.PublicKey, new(key.ProposedBy, key.At), ClientDecider.Life));
        return (row.Enabling is { } enabling ? waiting.Append(new(null, row, EnablingKind, null, null, enabling, ClientDecider.Life)) : waiting)
            .Where(one => one.By.IsOpen(now, one.Life));
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

    /// <summary>Of an account or of a client.</summary>
    private sealed record Waiting(AccountRow? Account, ClientRow? Client, string Kind, string? Right, string? PublicKey, Proposal By, TimeSpan Life);

    internal sealed record Request(IReadOnlyList<string>? Roles = null, IReadOnlyList<string>? Regions = null);
}

/// <summary>Something that one administrator proposed for an account or a partner's client.</summary>
/// <param name="AccountId">Absent for a client.</param>
/// <param name="ClientId">Absent for an account.</param>
/// <param name="Name">Of the account's holder or of the partner.</param>
/// <param name="Organisation">OIN of the account or the client.</param>
/// <param name="TakenUp">The account's holder has taken the invitation up.</param>
/// <param name="Kind"><c>role</c>, <c>region</c>, <c>recovery</c>, <c>key</c> or <c>enabling</c>: whoever asks for the same approves it.</param>
/// <param name="Right">Name of the role or region, id of the key; absent for the others.</param>
/// <param name="PublicKey">PEM: what the partner is asked about.</param>
/// <param name="ProposedBy">Account of the administrator.</param>
/// <param name="Until">It lapses then.</param>
public sealed record ProposalReply(
    Guid? AccountId,
    string? ClientId,
    string? LoginName,
    string? Name,
    string Organisation,
    bool? TakenUp,
    string Kind,
    string? Right,
    string? PublicKey,
    Guid ProposedBy,
    string? ProposedByName,
    DateTimeOffset At,
    DateTimeOffset Until);
