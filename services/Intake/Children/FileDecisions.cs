using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Children;

/// <summary>Rules of the file itself: opening, joining, taking apart, completing, correcting, restricting, closing.</summary>
internal static class FileDecisions
{
    public static Decision Open(OpenFile c, ChildFile state) => state.Status != FileStatus.None
        ? Decision.Nothing
        : Decision.Accept(
            new FileOpened(c.Now, c.ReferralId, c.ReportedAt, c.Region, c.SafetyCoordinatorId, Personal.Of(c.Referral)) { ChildId = c.ChildId },
            new TaskArisen(c.Now, Personal.Of(TaskKinds.IndividualAssessment), null) { ChildId = c.ChildId });

    public static Decision Join(JoinReferral c, ChildFile state)
    {
        if (state.Referrals.Exists(known => known.Id == c.ReferralId))
        {
            return Decision.Nothing;
        }

        var joined = new ReferralJoined(c.Now, c.ReferralId, c.ReportedAt, c.Completed, Personal.Of(c.Referral)) { ChildId = state.Id };
        var reopened = state.Status == FileStatus.Closed
            ? [new FileReopened(c.Now, Personal.Of("A new referral joined this file.")) { ChildId = state.Id }]
            : Array.Empty<IEvent>();

        // Of two who named another, the later is right, though a join that is resumed after a crash comes last.
        var named = c.SafetyCoordinatorId is { } coordinator && coordinator != state.SafetyCoordinatorId && state.CoordinatorSince <= c.Now
            ? [new SafetyCoordinatorNamed(c.Now, coordinator, Personal.Of("A new referral joined this file, and this coordinator was named with it.")) { ChildId = state.Id }]
            : Array.Empty<IEvent>();
        return Decision.Accept([.. reopened, joined, .. named]);
    }

    public static Decision TakeOut(TakeReferralOut c, ChildFile state)
    {
        if (Because(c.Reason) is { } missing)
        {
            return missing;
        }

        if (!state.Referrals.Exists(known => known.Id == c.ReferralId))
        {
            return Decision.Refuse("referral-not-joined", "This referral is not in this file.");
        }

        return state.Referrals.Count == 1
            ? Decision.Refuse("only-referral", "A file does not stand without a referral: close it, or merge it into the right one.")
            : Decision.Accept(new ReferralTakenOut(c.Now, c.ReferralId, Personal.Of(c.Reason!)) { ChildId = state.Id });
    }

    public static Decision Complete(CompleteIdentity c, ChildFile state) => c.Fields.Count == 0
        ? Decision.Refuse("nothing-unknown", "Nothing here was unknown; a known value that is wrong takes a correction with its reason.")
        : Decision.Accept(new IdentityCompleted(c.Now, c.Fields, Personal.Of(c.After!.Stated)) { ChildId = state.Id });

    public static Decision Correct(CorrectIdentity c, ChildFile state) => Because(c.Reason)
        ?? Decision.Accept(new IdentityCorrected(c.Now, c.Field, Personal.Of(c.After!.Stated), Personal.Of(c.Reason!)) { ChildId = state.Id });

    public static Decision Correct(CorrectReferral c, ChildFile state) => Because(c.Reason) ?? (
        !state.Referrals.Exists(known => known.Id == c.ReferralId)
            ? Decision.Refuse("referral-not-joined", "This referral is not in this file.")
            : Decision.Accept(new ReferralCorrected(c.Now, c.ReferralId, c.Field, Personal.Of(c.Referral), Personal.Of(c.Reason!)) { ChildId = state.Id }));

    public static Decision Restrict(RestrictPart c, ChildFile state)
    {
        if (Because(c.Reason) is { } missing)
        {
            return missing;
        }

        if (c.Kind == RestrictionKinds.UntilInterviewed && state.InterviewedAt is not null)
        {
            return Decision.Refuse("already-interviewed", "An interview of this child was completed; there is nothing left to keep from the interviewer.");
        }

        return state.RestrictionOf(c.Part) == c.Kind
            ? Decision.Nothing
            : Decision.Accept(new PartRestricted(c.Now, c.Part, c.Kind, Personal.Of(c.Reason!)) { ChildId = state.Id });
    }

    public static Decision Lift(LiftRestriction c, ChildFile state) => Because(c.Reason) ?? (
        state.Restrictions.ContainsKey(c.Part)
            ? Decision.Accept(new RestrictionLifted(c.Now, c.Part, Personal.Of(c.Reason!)) { ChildId = state.Id })
            : Decision.Nothing);

    public static Decision Close(CloseFile c, ChildFile state) => Because(c.Ground) ?? (
        state.Status == FileStatus.Closed
            ? Decision.Refuse("already-closed", "This file is closed.")
            : Decision.Accept(new FileClosed(c.Now, Personal.Of(c.Ground!)) { ChildId = state.Id }));

    public static Decision Reopen(ReopenFile c, ChildFile state) => Because(c.Ground) ?? (
        state.Status == FileStatus.Open
            ? Decision.Refuse("already-open", "This file is open.")
            : Decision.Accept(new FileReopened(c.Now, Personal.Of(c.Ground!)) { ChildId = state.Id }));

    /// <summary>Write down why you act (S:002).</summary>
    internal static Decision? Because(string? ground) => string.IsNullOrWhiteSpace(ground)
        ? Decision.Refuse("ground-required", "Write down why: this does not happen without a ground.")
        : null;
}
