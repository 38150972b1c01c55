using System.Collections.Immutable;
using Barnahus.Intake.Access;
using Barnahus.Intake.Children;
using Barnahus.Intake.Municipalities;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Features;

/// <summary>Accepting a referral: a new file, or joining one that the search offered. A person joins, never the program.</summary>
public static class AcceptReferral
{
    /// <param name="ChildId">File to join; left out: a new file.</param>
    /// <param name="SafetyCoordinatorId">Account that looks after the child's safety from now on; left out in a join: the one of that file.</param>
    /// <param name="Team">Further members, each in a role the account holds. Only who is on the team of the file that is joined names any.</param>
    /// <param name="Region">Region that takes the child, when no place is known.</param>
    public sealed record AcceptanceRequest(Guid? ChildId = null, Guid? SafetyCoordinatorId = null, IReadOnlyList<TeamMember>? Team = null, string? Region = null);

    /// <param name="Status">Always <c>accepted</c>.</param>
    /// <param name="NewFile">False: it joined a file.</param>
    public sealed record AcceptedReferral(Guid ReferralId, string Status, Guid? ChildId, bool? NewFile, string? Region);

    public static void Map(RouteGroupBuilder routes) =>
        routes.MapPost("/referrals/{referralId:guid}/acceptance", HandleAsync).Allow(Roles.IntakeOfficer)
            .WithSummary("Accept a referral after searching and triage: opens a child file or joins one that the search offered, and puts the team on it.")
            .WithDescription("Who joins a referral to a file without being on its team hands it over: that team decides who comes on it, so the request names no team and no coordinator (409 handover).");

    private static async Task<Answer<AcceptedReferral>> HandleAsync(
        Guid referralId,
        AcceptanceRequest request,
        Caller caller,
        ReferralDesk desk,
        CommandHandler handler,
        ChildFiles files,
        ChildAccess access,
        AccountsView accounts,
        Acceptance acceptance,
        MunicipalityTable municipalities,
        CancellationToken cancellationToken)
    {
        var referral = await desk.RequireForDecisionAsync(referralId, cancellationToken);
        var coordinator = request.SafetyCoordinatorId;
        if (request.Region is not null && !municipalities.IsRegion(request.Region))
        {
            throw new InvalidException("region", "is no region of the municipality table");
        }

        var context = caller.Command();
        var officer = caller.AccountId!.Value;
        IReadOnlyList<TeamMember> team = [.. (request.Team ?? []).Distinct()];
        RequireRoles(request, team, accounts);
        if (request.ChildId is { } joined && referral.Search is { } search)
        {
            // A file that the search did not offer is answered like one that is not there: an id alone opens nothing.
            if (search.Candidates.All(hit => hit.ChildId != joined))
            {
                throw new UnknownException();
            }

            var file = await RequireJoinableAsync(joined, caller, files, access, cancellationToken);
            var (known, _) = await handler.StateAsync(TeamDecider.Decider, AccessStream.Of(joined), cancellationToken);
            var onTeam = known.Members.Contains((officer, Roles.IntakeOfficer));
            RequireHandover(request, onTeam);

            // By the team's own stream: who was marked a moment ago may not be in the view yet. The view knows them of a file that is just being merged into this one.
            var conflicts = known.Conflicts.Union(access.Conflicts(joined));
            RequireNoConflict(request, conflicts);
            coordinator ??= file.SafetyCoordinatorId;
            if (onTeam && coordinator is { } kept && conflicts.Contains(kept))
            {
                throw new RefusedException(
                    "conflict-of-interest", "The safety coordinator of that file is marked in conflict of interest with this child. Name another one in safetyCoordinatorId.");
            }
        }

        var command = new Referrals.AcceptReferral(
            context.Now,
            request.ChildId ?? DerivedId.From(context.CommandId, "child"),
            request.ChildId is null,
            request.Region,
            officer,
            coordinator,
            team);
        var result = await handler.HandleAsync(ReferralDecider.Decider, Referral.Stream(referralId), command, context, cancellationToken);
        var position = await acceptance.FollowAsync(result.Events.OfType<ReferralAccepted>().First(), context, cancellationToken);
        return Reply.Changed(
            result with { Position = position > result.Position ? position : result.Position },
            new AcceptedReferral(
                referralId, result.State.Status.Code(), result.State.ChildId, result.State.Acceptance?.NewFile, result.State.Region));
    }

    private static void RequireRoles(AcceptanceRequest request, IReadOnlyList<TeamMember> team, AccountsView accounts)
    {
        var unfit = team.FirstOrDefault(member => !accounts.Holds(member.AccountId, member.Role))
            ?? (request.SafetyCoordinatorId is { } coordinator && !accounts.Holds(coordinator, Roles.SafetyCoordinator)
                ? new TeamMember(coordinator, Roles.SafetyCoordinator)
                : null);
        if (unfit is not null)
        {
            throw new RefusedException("role-not-held", $"This account does not hold the role {unfit.Role}.");
        }
    }

    /// <summary>Joining needs a file that stands, and an officer who is not in conflict of interest with that child.</summary>
    private static async Task<ChildFile> RequireJoinableAsync(
        Guid childId, Caller caller, ChildFiles files, ChildAccess access, CancellationToken cancellationToken)
    {
        var (file, _) = await files.StateAsync(childId, cancellationToken);
        if (file.Status == FileStatus.None || access.Conflicts(childId).Contains(caller.AccountId!.Value))
        {
            throw new UnknownException();
        }

        caller.Admit(SubjectId.Child(childId));
        return file.MergedInto is { } into ? throw new RefusedException("file-merged", $"This file goes on as {into:D}; use that one.") : file;
    }

    /// <summary>After the handover: who is in conflict with a child is for its team alone to learn.</summary>
    private static void RequireNoConflict(AcceptanceRequest request, ImmutableHashSet<Guid> conflicts)
    {
        if ((request.Team ?? []).Any(member => conflicts.Contains(member.AccountId)) || (request.SafetyCoordinatorId is { } named && conflicts.Contains(named)))
        {
            throw new RefusedException("conflict-of-interest", "An account named here is marked in conflict of interest with this child.");
        }
    }

    /// <summary>Only who is on the team of a file lets others in (<see cref="Acceptance"/>): a team named from outside would be dropped, so it is refused.</summary>
    private static void RequireHandover(AcceptanceRequest request, bool onTeam)
    {
        if (!onTeam && request is not { SafetyCoordinatorId: null, Team: null or { Count: 0 } })
        {
            throw new RefusedException(
                "handover",
                "You are not on the team of that file: joining hands the referral over to them, and they decide who comes on it. Leave out team and safetyCoordinatorId.");
        }
    }
}
