using Barnahus.Intake.Access;
using Barnahus.Intake.Children;
using Barnahus.Intake.Messages;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Shown = Barnahus.Platform.Hosting.Either<Barnahus.Intake.Features.KeepTeam.TeamSheet, Barnahus.Intake.Features.FileShown>;

namespace Barnahus.Intake.Features;

/// <summary>Who is on the team of a child, and who must never see it: the streams every service judges access by.</summary>
public static class KeepTeam
{
    /// <param name="Remove">True to take the account off the team in this role.</param>
    public sealed record MemberRequest(Guid AccountId, string? Role = null, bool Remove = false);

    /// <param name="Lift">True when the mark was an error or has ended: said by two of the team it is lifted.</param>
    public sealed record ConflictRequest(Guid AccountId, bool Lift = false);

    /// <param name="AccountId">Who looks after the child's safety from now on.</param>
    /// <param name="Reason">Why it goes over, for who reads the file later.</param>
    public sealed record CoordinatorRequest(Guid AccountId, string? Reason = null);

    /// <param name="Members">Who is on the team, each in which role.</param>
    /// <param name="Conflicts">Accounts that must never see the child.</param>
    /// <param name="Awaiting">Auditors who were said to be in conflict: they see the child until an administrator has said yes.</param>
    /// <param name="Lifting">Accounts whose mark one of the team wants lifted; another must say so too.</param>
    public sealed record TeamSheet(
        Guid ChildId, IReadOnlyList<TeamMember> Members, IReadOnlyList<Guid> Conflicts, IReadOnlyList<Guid> Awaiting, IReadOnlyList<Guid> Lifting);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/children/{childId:guid}/team", ReadAsync).Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator)
            .WithSummary("The team of a child and who must never see it; its ETag is for If-Match of changes to them.");
        routes.MapPost("/children/{childId:guid}/team-members", MemberAsync).Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator)
            .WithSummary("Put an account on the team of a child in a role it holds, or take it off.");
        routes.MapPost("/children/{childId:guid}/safety-coordinator", CoordinatorAsync).Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator)
            .WithSummary("Name another safety coordinator, who comes on the team; the coordinator hands over here too.");
        routes.MapPost("/children/{childId:guid}/access/conflicts", ConflictAsync).Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator)
            .WithSummary("Mark an account in conflict of interest with the child, or lift the mark, which takes two of the team. An auditor is kept out once an administrator has said yes.");
    }

    private static Task<Answer<TeamSheet>> MemberAsync(
        Guid childId, MemberRequest request, Caller caller, AccessGate gate, CommandHandler handler, AccountsView accounts, CancellationToken cancellationToken)
    {
        if (request.Role is not { } role || !Roles.All.Contains(role))
        {
            throw new InvalidException("role", "must be a role of domain.md, e.g. interviewer");
        }

        var member = new TeamMember(request.AccountId, role);
        TeamCommand command = request.Remove
            ? new RemoveMember(childId, request.AccountId, role)
            : new AddMembers(childId, [member], accounts.Holds(request.AccountId, role) ? [] : [member]);
        return DecideAsync(childId, command, caller, gate, handler, cancellationToken);
    }

    private static async Task<Answer<FileShort>> CoordinatorAsync(
        Guid childId,
        CoordinatorRequest request,
        Caller caller,
        FileDesk desk,
        CommandHandler handler,
        ChildAccess access,
        AccountsView accounts,
        CancellationToken cancellationToken)
    {
        var answer = await desk.ChangeAsync(
            childId,
            [request.Reason],
            (_, opened, context) => new NameSafetyCoordinator(
                request.AccountId,
                request.Reason,
                accounts.Holds(request.AccountId, Roles.SafetyCoordinator),
                access.Conflicts(childId).Contains(request.AccountId)) { Now = context.Now, After = opened },
            cancellationToken);

        // Judged first: who was refused or came too late lets nobody in. Were this to fail, AdmitNamedCoordinator does it.
        await handler.HandleAsync(
            TeamDecider.Decider, AccessStream.Of(childId), AdmitNamedCoordinator.Command(childId, request.AccountId), AdmitNamedCoordinator.Context(caller.Command()), cancellationToken);
        return answer;
    }

    private static Task<Answer<TeamSheet>> ConflictAsync(
        Guid childId, ConflictRequest request, Caller caller, AccessGate gate, CommandHandler handler, AccountsView accounts, CancellationToken cancellationToken) =>
        DecideAsync(
            childId,
            request.Lift
                ? new LiftConflict(childId, request.AccountId, caller.AccountId!.Value)
                : new MarkConflict(
                    childId, request.AccountId, accounts.Holds(request.AccountId, Roles.Auditor), DerivedId.From(caller.RequestId, "conflict"), caller.AccountId!.Value),
            caller,
            gate,
            handler,
            cancellationToken);

    private static async Task<Answer<TeamSheet>> DecideAsync(
        Guid childId, TeamCommand command, Caller caller, AccessGate gate, CommandHandler handler, CancellationToken cancellationToken)
    {
        gate.RequireMember(childId);
        var result = await handler.HandleAsync(TeamDecider.Decider, AccessStream.Of(childId), command, caller.Command(), cancellationToken);
        return Reply.Changed(result, Sheet(childId, result.State));
    }

    private static async Task<Answer<Shown>> ReadAsync(Guid childId, AccessGate gate, Caller caller, CommandHandler handler, CancellationToken cancellationToken)
    {
        gate.RequireMember(childId);
        var (team, revision) = await handler.StateAsync(TeamDecider.Decider, AccessStream.Of(childId), cancellationToken);
        caller.Saw(SubjectId.Child(childId), "team");
        return Reply.Read(team.MergedInto is { } into ? new Shown(FileShown.GoesOnAs(childId, into)) : new Shown(Sheet(childId, team)), revision);
    }

    private static TeamSheet Sheet(Guid childId, Team team) => new(
        childId,
        [.. team.Members.Select(member => new TeamMember(member.AccountId, member.Role)).OrderBy(member => member.Role, StringComparer.Ordinal).ThenBy(member => member.AccountId)],
        [.. team.Conflicts.Order()],
        [.. team.ConflictProposals.Keys.Order()],
        [.. team.LiftProposals.Keys.Order()]);
}
