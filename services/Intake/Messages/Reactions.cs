using Barnahus.Intake.Access;
using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Messages;

/// <summary>Does what follows from an acceptance, when the request that accepted could not (a crash between the streams).</summary>
public sealed class OpenFileOnAcceptance(Acceptance acceptance) : IReaction
{
    public string Name => "intake.acceptance";

    public IReadOnlyCollection<Type> To { get; } = [typeof(ReferralAccepted)];

    public Task ReactAsync(Recorded recorded, CommandContext context, CancellationToken cancellationToken) =>
        acceptance.FollowAsync((ReferralAccepted)recorded.Event, context.AsOf(recorded), cancellationToken);
}

/// <summary>Carries a prepared merge to its end.</summary>
public sealed class FinishMerge(Merging merging) : IReaction
{
    public string Name => "intake.merge";

    public IReadOnlyCollection<Type> To { get; } = [typeof(MergePrepared)];

    public async Task ReactAsync(Recorded recorded, CommandContext context, CancellationToken cancellationToken)
    {
        var prepared = (MergePrepared)recorded.Event;
        try
        {
            await merging.FinishAsync(prepared.ChildId, prepared.From, prepared.At, context.AsOf(recorded), cancellationToken);
        }
        catch (RefusedException)
        {
            // The preparation was taken back, and whoever asked for the merge was told.
        }
    }
}

/// <summary>A referral that left a file waits for a decision again.</summary>
public sealed class CorrectJoinOnTakingOut(JoinCorrection correction, PersonalData personal) : IReaction
{
    public string Name => "intake.join-correction";

    public IReadOnlyCollection<Type> To { get; } = [typeof(ReferralTakenOut)];

    public Task ReactAsync(Recorded recorded, CommandContext context, CancellationToken cancellationToken)
    {
        var taken = (ReferralTakenOut)recorded.Event;
        var reason = personal.Open(taken.Reason).ValueOrDefault ?? "";
        return correction.FollowAsync(taken.ReferralId, taken.ChildId, reason, context.AsOf(recorded), cancellationToken);
    }
}

/// <summary>The safety coordinator that was named comes on the team, when the request that named it could not see to that.</summary>
public sealed class AdmitNamedCoordinator(CommandHandler handler) : IReaction
{
    public string Name => "intake.named-coordinator";

    public IReadOnlyCollection<Type> To { get; } = [typeof(SafetyCoordinatorNamed)];

    public Task ReactAsync(Recorded recorded, CommandContext context, CancellationToken cancellationToken)
    {
        var named = (SafetyCoordinatorNamed)recorded.Event;
        return handler.HandleAsync(
            TeamDecider.Decider, AccessStream.Of(named.ChildId), Command(named.ChildId, named.AccountId), Context(context.AsOf(recorded)), cancellationToken);
    }

    internal static TeamCommand Command(Guid childId, Guid accountId) => new AdmitMembers(childId, [new(accountId, Roles.SafetyCoordinator)]);

    internal static CommandContext Context(CommandContext naming) => naming.Then("team");
}

internal static class Resuming
{
    /// <summary>The context of the command behind an event: what follows from it gets the ids, the actor and the time it has when nothing goes wrong.</summary>
    public static CommandContext AsOf(this CommandContext context, Recorded recorded) => context with
    {
        CommandId = recorded.Envelope.CausationId,
        Actor = recorded.Envelope.Actor,
        Purpose = recorded.Envelope.Purpose,
        Now = recorded.Envelope.OccurredAt,
        CorrelationId = recorded.Envelope.CorrelationId,
    };
}
