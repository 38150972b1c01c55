using Barnahus.Intake.Access;
using Barnahus.Intake.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Features;

/// <summary>
/// Explicit, expiring sight of what a role does not see by itself (access.md, grant): the whereabouts, by the safety coordinator to a member of the
/// team; the content of the timeline, by a prosecutor and an administrator together to an auditor. An auditor's conflict of interest takes an
/// administrator too, in the same way: nobody puts who oversees out of sight alone.
/// </summary>
public static class GrantSight
{
    /// <param name="AccountId">Who is to see it.</param>
    /// <param name="Group">What: <c>whereabouts</c> (safety coordinator) or <c>timeline</c> (prosecutor, for an auditor).</param>
    /// <param name="Until">Until when (UTC), within 90 days.</param>
    /// <param name="GrantId">An earlier grant or proposal: to withdraw, if its group is yours to give, or (administrator) to approve.</param>
    /// <param name="Approve">An administrator's yes to <paramref name="GrantId"/>.</param>
    public sealed record Request(Guid? AccountId = null, string? Group = null, DateTimeOffset? Until = null, Guid? GrantId = null, bool Approve = false);

    /// <param name="ChildId">The child; an administrator learns nothing else of it.</param>
    /// <param name="AccountId">The auditor.</param>
    /// <param name="Group">What the auditor would see; absent where the auditor is said to be in conflict of interest and would be kept out.</param>
    /// <param name="Until">Until when; absent for a conflict.</param>
    public sealed record Proposal(Guid GrantId, Guid ChildId, Guid AccountId, Guid ProposedBy, DataGroup? Group, DateTimeOffset ProposedAt, DateTimeOffset? Until);

    /// <param name="InForce">Whether it gives sight now; of a conflict, whether it takes it.</param>
    /// <param name="Proposed">Whether it awaits an administrator.</param>
    public sealed record GrantStands(Guid ChildId, Guid GrantId, bool InForce, bool Proposed);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/children/{childId:guid}/access/grants", GrantAsync).Allow(Roles.SafetyCoordinator, Roles.Prosecutor, Roles.Administrator).RequireRecentSignIn()
            .WithSummary("Grant sight for a while, propose it, approve what was proposed, or withdraw it.");
        routes.MapGet("/access/grant-proposals", Proposals).Allow(Roles.Administrator)
            .WithSummary("Grants of content to an auditor, and conflicts of an auditor, that await an administrator.");
    }

    private static async Task<Answer<GrantStands>> GrantAsync(
        Guid childId,
        Request request,
        Caller caller,
        AccessGate gate,
        ChildAccess access,
        CommandHandler handler,
        AccountsView accounts,
        ProposalsView proposals,
        CancellationToken cancellationToken)
    {
        if (caller.Role != Roles.Administrator)
        {
            gate.RequireMember(childId);
        }
        else
        {
            gate.RequireFresh();
            if (request.GrantId is not { } known || proposals.Find(known)?.ChildId is not { } asked || access.Surviving(asked) != access.Surviving(childId)
                || access.Conflicts(childId).Contains(caller.AccountId!.Value))
            {
                throw new UnknownException();
            }

            caller.Admit(SubjectId.Child(childId));
        }

        var id = request.GrantId ?? DerivedId.From(caller.RequestId, "grant");
        var command = Command(access.Surviving(childId), id, request, caller, accounts);
        var result = await handler.HandleAsync(TeamDecider.Decider, AccessStream.Of(command.ChildId), command, caller.Command(), cancellationToken);
        return Reply.Changed(result, new GrantStands(
            childId,
            id,
            result.State.Grants.ContainsKey(id) || (proposals.Find(id) is { Group: null, AccountId: var auditor } && result.State.Conflicts.Contains(auditor)),
            result.State.Proposals.ContainsKey(id) || result.State.ConflictProposals.Values.Any(asked => asked.ProposalId == id)));
    }

    private static TeamCommand Command(Guid childId, Guid grantId, Request request, Caller caller, AccountsView accounts)
    {
        var now = caller.Command().Now;
        if (request.Approve)
        {
            return caller.Role == Roles.Administrator
                ? new ApproveGrant(childId, grantId, caller.AccountId!.Value, now)
                : throw new InvalidException("approve", "is an administrator's to say");
        }

        if (request.GrantId is not null)
        {
            return new WithdrawGrant(childId, grantId, caller.Role);
        }

        if (request.AccountId is not { } accountId || request.Until is not { } until)
        {
            throw new InvalidException("accountId", "name the account and until when");
        }

        var group = Enum.TryParse<DataGroup>(request.Group, ignoreCase: true, out var named) ? named : (DataGroup?)null;
        return (caller.Role, group) switch
        {
            (Roles.SafetyCoordinator, DataGroup.Whereabouts) => new GiveGrant(childId, grantId, accountId, DataGroup.Whereabouts, until, now),
            (Roles.Prosecutor, DataGroup.Timeline) => new ProposeGrant(
                childId, grantId, accountId, accounts.Holds(accountId, Roles.Auditor), DataGroup.Timeline, until, caller.AccountId!.Value, now),
            (Roles.SafetyCoordinator, _) => throw new InvalidException("group", "must be whereabouts: nothing else is the safety coordinator's to grant"),
            _ => throw new InvalidException("group", "must be timeline: nothing else is the prosecutor's to propose"),
        };
    }

    private static Answer<IReadOnlyList<Proposal>> Proposals(
        HttpContext http, Caller caller, AccessGate gate, ChildAccess access, ProposalsView proposals, DomainClock clock, int? page, int? pageSize)
    {
        gate.RequireFresh();
        var shown = proposals.Open(clock.Now)
            .Where(one => !access.Conflicts(one.ChildId).Contains(caller.AccountId!.Value)).ToList().Page(http, page, pageSize);
        foreach (var childId in shown.Select(one => one.ChildId).Distinct())
        {
            caller.Saw(SubjectId.Child(childId), "grant-proposal");
        }

        return Reply.Read(shown);
    }
}
