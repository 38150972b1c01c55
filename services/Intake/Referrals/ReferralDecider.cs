using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Referrals;

/// <summary>What may happen to a referral.</summary>
public static class ReferralDecider
{
    public static readonly Decider<ReferralCommand, Referral> Decider = new(Referral.Initial, Decide, Referral.Evolve);

    public static Decision Decide(ReferralCommand command, Referral state)
    {
        var decision = command switch
        {
            ReceiveReferral c => Receive(c, state),
            _ when state.Status == ReferralStatus.None => Decision.Refuse("unknown-referral", "There is no such referral."),
            RecordSearch c => Search(c, state),
            TriageReferral c => Triage(c, state),
            IdentifyReferral c => Identify(c, state),
            KeepReferralOpen c => KeepOpen(c, state),
            RemindOfReview c => Remind(c, state),
            AcceptReferral c => Accept(c, state),
            RedirectReferral c => Redirect(c, state),
            CloseReferral c => Close(c, state),
            CorrectJoin c => Correct(c, state),
            _ => throw new InvalidOperationException($"A referral does not know {command.GetType().Name}."),
        };

        return decision is Decision.Accepted { Events.Count: > 0 } accepted && command.KeptTerms.Count > 0
            ? Decision.Accept(
            [
                .. accepted.Events,
                new ReferralWordingKept(Personal.Of(command.KeptTerms)) { ReferralId = ((ReferralEvent)accepted.Events[0]).ReferralId, ChildId = state.ChildId },
            ])
            : decision;
    }

    /// <summary>The stream's name follows from source and id: a second message finds the first here.</summary>
    private static Decision Receive(ReceiveReferral c, Referral state) =>
        state.Status != ReferralStatus.None
            ? Decision.Nothing
            : Decision.Accept(new ReferralReceived(
                c.Source, c.SubmittedAt, c.Now, c.Region, c.Content.Anonymous, Personal.Of(c.Content)) { ReferralId = c.ReferralId });

    private static Decision Search(RecordSearch c, Referral state) =>
        Open(state) ?? Decision.Accept(new ReferralSearched(c.Now, c.Candidates) { ReferralId = state.Id });

    private static Decision Triage(TriageReferral c, Referral state)
    {
        if (Open(state) is { } closed)
        {
            return closed;
        }

        var chosen = c.Routes.Select(route => route.Route).ToHashSet(StringComparer.Ordinal);
        if (c.Advice.ReportObligatory && !Routes.Reports.Any(chosen.Contains))
        {
            return Decision.Refuse(
                "report-obligatory",
                "Acute or structural unsafety or a disclosure by the child always leads to a report: choose 112, veilig-thuis, avim or team-zeden.");
        }

        if (string.IsNullOrWhiteSpace(c.DeviationReason) && c.Advice.Proposed.FirstOrDefault(route => !chosen.Contains(route)) is { } left)
        {
            return Decision.Refuse("deviation-reason-required", $"The rules propose the route {left}. Choose it, or give the reason for leaving it out.");
        }

        return Decision.Accept(new ReferralTriaged(
            c.Now,
            Personal.Of(new TriageOutcome(c.StepsTaken, c.Advice.ReportObligatory, c.Advice.Grounds, c.Advice.Proposed, c.Routes)),
            Personal.OfNullable(c.WhyStepsNotTaken),
            Personal.OfNullable(c.DeviationReason),
            Personal.OfNullable(c.Note)) { ReferralId = state.Id });
    }

    private static Decision Identify(IdentifyReferral c, Referral state) =>
        Open(state) ?? Decision.Accept(new ReferralIdentified(c.Completed.Anonymous, c.Region ?? state.Region, Personal.Of(c.Completed)) { ReferralId = state.Id });

    private static Decision KeepOpen(KeepReferralOpen c, Referral state) => Open(state) ?? TriageFirst(state) ?? c switch
    {
        { Why: var why } when string.IsNullOrWhiteSpace(why) =>
            Decision.Refuse("ground-required", "Say what is still looked for; a referral does not stay open without a reason."),
        _ when c.ReviewOn <= c.Today => Decision.Refuse("review-date-in-past", "Choose a review date after today."),
        _ => Decision.Accept(new ReferralKeptOpen(c.ReviewOn, Personal.Of(c.Why!)) { ReferralId = state.Id }),
    };

    private static Decision Remind(RemindOfReview c, Referral state) =>
        state is { Status: ReferralStatus.UnderInvestigation, ReviewReminded: false, ReviewOn: { } day } && day <= c.Today
            ? Decision.Accept(new ReferralReviewDue(day) { ReferralId = state.Id })
            : Decision.Nothing;

    private static Decision Accept(AcceptReferral c, Referral state)
    {
        if (Open(state) is { } closed)
        {
            return closed;
        }

        if (state.Search is null)
        {
            return Decision.Refuse("search-first", "Search whether this child is known before you accept; name this referral in the search.");
        }

        if (!c.NewFile && state.Search.Candidates.All(hit => hit.ChildId != c.ChildId))
        {
            return Decision.Refuse("not-a-candidate", "The search for this referral did not offer that file. Search again, and join one that it offers.");
        }

        if (TriageFirst(state) is { } first)
        {
            return first;
        }

        if (c.SafetyCoordinatorId is not { } coordinator)
        {
            return Decision.Refuse("safety-coordinator-required", "Name the safety coordinator who looks after this child from now on.");
        }

        if ((state.Region ?? c.Region) is not { } region)
        {
            return Decision.Refuse("region-required", "No place is known: name the region that takes this child.");
        }

        return Decision.Accept(new ReferralAccepted(c.Now, c.NewFile, region, c.OfficerId, coordinator, c.Team)
        {
            ReferralId = state.Id,
            ChildId = c.ChildId,
        });
    }

    private static Decision Redirect(RedirectReferral c, Referral state) => GroundGiven(c.Ground) ?? Open(state) ?? TriageFirst(state) ?? (
        c.To is null
            ? Decision.Refuse("recipient-required", "Say to whom this referral goes.")
            : Decision.Accept(new ReferralRedirected(c.Now, Personal.Of(c.To), Personal.Of(c.Ground!)) { ReferralId = state.Id }));

    private static Decision Close(CloseReferral c, Referral state) => GroundGiven(c.Ground) ?? Open(state) ?? TriageFirst(state)
        ?? Decision.Accept(new ReferralClosed(c.Now, Personal.Of(c.Ground!)) { ReferralId = state.Id });

    private static Decision Correct(CorrectJoin c, Referral state) =>
        state.ChildId == c.TakenFrom
            ? Decision.Accept(new ReferralJoinCorrected(c.Now, c.TakenFrom, Personal.Of(c.Reason)) { ReferralId = state.Id })
            : Decision.Nothing;

    private static Decision? GroundGiven(string? ground) =>
        string.IsNullOrWhiteSpace(ground) ? Decision.Refuse("ground-required", "Write down why: a referral does not end without a ground.") : null;

    private static Decision? TriageFirst(Referral state) =>
        state.Triage is null ? Decision.Refuse("triage-first", "Triage this referral first: the obligation to report is decided there.") : null;

    private static Decision? Open(Referral state) => state.Status switch
    {
        ReferralStatus.Accepted => Decision.Refuse("already-accepted", "This referral was accepted; go on in the child's file."),
        ReferralStatus.Redirected => Decision.Refuse("already-redirected", "This referral went to somebody else."),
        ReferralStatus.Closed => Decision.Refuse("already-closed", "This referral was closed."),
        _ => null,
    };
}
