using Barnahus.Intake.Access;
using Barnahus.Intake.Children;
using Barnahus.Intake.Suspects;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Referrals;

/// <summary>
/// What follows from accepting a referral: the file, who is involved, and the team. Each step is a command with an id derived from the acceptance,
/// so the request does it at once and a reaction does the rest after a crash, with the same effect.
/// </summary>
public sealed class Acceptance(CommandHandler handler, ChildFiles files, PersonalData personal)
{
    /// <param name="accepted">The acceptance.</param>
    /// <param name="context">Context of the command that accepted.</param>
    /// <returns>Position from which on views show all of it.</returns>
    public async Task<LogPosition> FollowAsync(ReferralAccepted accepted, CommandContext context, CancellationToken cancellationToken)
    {
        var (referral, _) = await handler.StateAsync(ReferralDecider.Decider, Referral.Stream(accepted.ReferralId), cancellationToken);
        if (!referral.IsAcceptedBy(accepted))
        {
            // Taken out again before this could be resumed: nothing of it comes back into that file.
            return LogPosition.Start;
        }

        if (personal.Open(referral.Content!).ValueOrDefault is not { } content)
        {
            // Destroyed in the meantime: nothing of it may come back in another stream.
            return LogPosition.Start;
        }

        while (true)
        {
            try
            {
                return await FollowAsync(await files.PresentIdAsync(accepted.ChildId!.Value, cancellationToken), accepted, referral, content, context, cancellationToken);
            }
            catch (RefusedException refused) when (refused.Rule == "file-merged")
            {
                // It was merged since it was looked up: the steps go on in the file that took it over.
            }
        }
    }

    private async Task<LogPosition> FollowAsync(
        Guid childId, ReferralAccepted accepted, Referral referral, ReferralContent content, CommandContext context, CancellationToken cancellationToken)
    {
        // The team first: were the rest to fail, somebody can see that it did.
        var team = await TeamAsync(childId, accepted, context.Then("team"), cancellationToken);
        if (accepted.NewFile)
        {
            await OpenAsync(childId, accepted, referral, content, context.Then("open-file"), cancellationToken);
        }
        else
        {
            await JoinAsync(childId, accepted, team, referral, content, context.Then("join-file"), cancellationToken);
        }

        return await InvolveAsync(childId, accepted, content, context, cancellationToken);
    }

    /// <summary>
    /// Only who is on the team of a file lets others in. An officer of elsewhere hands the referral over: joining it to a file must be no way
    /// to let oneself into any file that a search offers. The acceptance stands: who was marked in conflict meanwhile stays out, and nothing else waits for that.
    /// </summary>
    /// <returns>The team as it is then.</returns>
    private async Task<Team> TeamAsync(Guid childId, ReferralAccepted accepted, CommandContext context, CancellationToken cancellationToken)
    {
        var (team, _) = await handler.StateAsync(TeamDecider.Decider, AccessStream.Of(childId), cancellationToken);
        if (accepted.NewFile || team.Members.Contains((accepted.OfficerId, Roles.IntakeOfficer)))
        {
            await handler.HandleAsync(
                TeamDecider.Decider, AccessStream.Of(childId), new AdmitMembers(childId, Members(accepted)), context, cancellationToken);
            (team, _) = await handler.StateAsync(TeamDecider.Decider, AccessStream.Of(childId), cancellationToken);
        }

        return team;
    }

    private static TeamMember[] Members(ReferralAccepted accepted) =>
    [
        new(accepted.OfficerId, Roles.IntakeOfficer), new(accepted.SafetyCoordinatorId, Roles.SafetyCoordinator), .. accepted.Team,
    ];

    private Task<CommandResult<ChildFile>> OpenAsync(
        Guid childId, ReferralAccepted accepted, Referral referral, ReferralContent content, CommandContext context, CancellationToken cancellationToken) =>
        files.HandleAsync(
            childId,
            new OpenFile(childId, accepted.ReferralId, referral.SubmittedAt, accepted.Region, accepted.SafetyCoordinatorId, content)
            {
                Now = accepted.At,
                After = OpenedFile.Empty with { Referrals = [new(accepted.ReferralId, referral.SubmittedAt, content)] },
            },
            context,
            cancellationToken);

    private Task<CommandResult<ChildFile>> JoinAsync(
        Guid childId, ReferralAccepted accepted, Team team, Referral referral, ReferralContent content, CommandContext context, CancellationToken cancellationToken) =>
        files.ChangeAsync(
            childId,
            context,
            (_, opened) =>
            {
                var after = opened with { Referrals = [.. opened.Referrals, new(accepted.ReferralId, referral.SubmittedAt, content)] };
                return new JoinReferral(accepted.ReferralId, referral.SubmittedAt, after.KnownBeyond(opened), content)
                {
                    Now = accepted.At,
                    After = after,

                    // Of the file that was chosen: one that took it over since keeps its own. And who did not come on the team is not named.
                    SafetyCoordinatorId = childId == accepted.ChildId && team.Has(accepted.SafetyCoordinatorId, Roles.SafetyCoordinator) ? accepted.SafetyCoordinatorId : null,
                };
            },
            cancellationToken);

    private async Task<LogPosition> InvolveAsync(
        Guid childId, ReferralAccepted accepted, ReferralContent content, CommandContext context, CancellationToken cancellationToken)
    {
        var last = await RecordAsync(childId, new(childId, InvolvementCategories.Victim, true, null, null, null), accepted, context, cancellationToken);
        if (content.AlsoSuspect)
        {
            var name = string.Join(' ', new[] { content.Child.GivenName, content.Child.FamilyName }.OfType<string>());
            var asSuspect = new SuspectDetails(name.Length > 0 ? name : null, content.Child.BirthDate, null, null, null);
            last = await SuspectAsync(childId, ReferredChild.SuspectIdOf(accepted.ReferralId), true, asSuspect, accepted, context, cancellationToken);
        }

        foreach (var (index, parent) in content.Parents.Index().Where(parent => parent.Item.Suspected))
        {
            var details = new SuspectDetails(parent.Name, null, parent.Relation, null, null);
            last = await SuspectAsync(childId, ReferredParent.IdOf(accepted.ReferralId, index), false, details, accepted, context, cancellationToken);
        }

        return last;
    }

    private async Task<LogPosition> SuspectAsync(
        Guid childId, Guid suspectId, bool isTheChild, SuspectDetails details, ReferralAccepted accepted, CommandContext context, CancellationToken cancellationToken)
    {
        await handler.HandleAsync(
            SuspectDecider.Decider,
            Suspect.Stream(suspectId),
            new RecordSuspect(suspectId, accepted.At, childId, isTheChild, details),
            context.Then($"suspect/{suspectId:D}"),
            cancellationToken);
        return await RecordAsync(
            childId, new(suspectId, InvolvementCategories.Suspect, isTheChild, null, details.Relation, null), accepted, context, cancellationToken);
    }

    private async Task<LogPosition> RecordAsync(
        Guid childId, Involvement involvement, ReferralAccepted accepted, CommandContext context, CancellationToken cancellationToken)
    {
        var id = Involvement.IdOf(involvement.PersonId, involvement.Category);
        var result = await files.ChangeAsync(
            childId,
            context.Then($"involvement/{id:D}"),
            (_, opened) => new RecordInvolvement(id, involvement)
            {
                Now = accepted.At,
                BroughtBy = accepted.ReferralId,
                After = opened with { Involvements = [.. opened.Involvements, involvement] },
            },
            cancellationToken);
        return result.Position;
    }
}
