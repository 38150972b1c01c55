using Barnahus.Intake.Children;
using Barnahus.Platform.Deciding;

namespace Barnahus.Intake.Referrals;

/// <summary>
/// What follows from taking a referral out of a file: it waits for a decision again. The request does it at once, and a reaction after a crash,
/// with the same effect.
/// </summary>
public sealed class JoinCorrection(CommandHandler handler, ChildFiles files)
{
    /// <param name="referralId">The referral.</param>
    /// <param name="takenFrom">File it was taken out of.</param>
    /// <param name="reason">Why it did not belong there.</param>
    /// <param name="takingOut">Context of the command that took it out.</param>
    public async Task FollowAsync(Guid referralId, Guid takenFrom, string reason, CommandContext takingOut, CancellationToken cancellationToken)
    {
        // The file it was accepted into may go on under another id since: it is taken out of that one, and knows only its own.
        var (referral, _) = await handler.StateAsync(ReferralDecider.Decider, Referral.Stream(referralId), cancellationToken);
        if (referral.ChildId is not { } accepted
            || await files.PresentIdAsync(accepted, cancellationToken) != await files.PresentIdAsync(takenFrom, cancellationToken))
        {
            return;
        }

        var context = takingOut.Then("correct-join");
        await handler.HandleAsync(
            ReferralDecider.Decider, Referral.Stream(referralId), new CorrectJoin(context.Now, accepted, reason), context, cancellationToken);
    }
}
