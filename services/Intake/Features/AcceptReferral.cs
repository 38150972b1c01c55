using Barnahus.Intake.Children;
using Barnahus.Intake.Municipalities;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Features;

/// <summary>Accepting a referral: a new file, or joining one that the search offered. A person joins, never the program.</summary>
public static class AcceptReferral
{
    /// <param name="ChildId">File to join; left out: a new file.</param>
    /// <param name="SafetyCoordinatorId">Account that looks after the child's safety from now on.</param>
    /// <param name="Team">Further members, each in a role the account holds.</param>
    /// <param name="Region">Region that takes the child, when no place is known.</param>
    public sealed record AcceptanceRequest(Guid? ChildId = null, Guid? SafetyCoordinatorId = null, IReadOnlyList<TeamMember>? Team = null, string? Region = null);

    public static void Map(RouteGroupBuilder routes) =>
        routes.MapPost("/referrals/{referralId:guid}/acceptance", HandleAsync).Allow(Roles.IntakeOfficer)
            .WithSummary("Accept a referral after searching and triage: opens a child file or joins one that the search offered, and puts the team on it.")
            .WithDescription("Who joins a referral to a file without being on its team hands it over: that team decides who comes on it.");

    private static async Task<IResult> HandleAsync(
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

            await RequireJoinableAsync(joined, [officer, .. team.Select(member => member.AccountId), .. request.SafetyCoordinatorId is { } one ? [one] : Array.Empty<Guid>()], files, access, officer, cancellationToken);
        }

        var command = new Referrals.AcceptReferral(
            context.Now,
            request.ChildId ?? DerivedId.From(context.CommandId, "child"),
            request.ChildId is null,
            request.Region,
            officer,
            request.SafetyCoordinatorId,
            team);
        var result = await handler.HandleAsync(ReferralDecider.Decider, Referral.Stream(referralId), command, context, cancellationToken);
        var position = await acceptance.FollowAsync(result.Events.OfType<ReferralAccepted>().First(), context, cancellationToken);
        return Reply.Changed(
            result with { Position = position > result.Position ? position : result.Position },
            new
            {
                referralId,
                status = result.State.Status.Code(),
                childId = result.State.ChildId,
                newFile = result.State.Acceptance?.NewFile,
                region = result.State.Region,
            });
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

    /// <summary>Joining needs a file that stands, and nobody in conflict of interest with that child.</summary>
    private static async Task RequireJoinableAsync(
        Guid childId, IReadOnlyList<Guid> accounts, ChildFiles files, ChildAccess access, Guid officer, CancellationToken cancellationToken)
    {
        var (file, _) = await files.StateAsync(childId, cancellationToken);
        var conflicts = access.Conflicts(childId);
        if (file.Status == FileStatus.None || conflicts.Contains(officer))
        {
            throw new UnknownException();
        }

        if (file.MergedInto is { } into)
        {
            throw new RefusedException("file-merged", $"This file goes on as {into:D}; use that one.");
        }

        if (accounts.Any(conflicts.Contains))
        {
            throw new RefusedException("conflict-of-interest", "An account named here is marked in conflict of interest with this child.");
        }
    }
}
