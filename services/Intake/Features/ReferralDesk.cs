using Barnahus.Intake.Referrals;
using Barnahus.Intake.Views;
using Barnahus.Intake.Wording;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Features;

/// <summary>
/// Who may see and decide on a referral: before acceptance the intake officers of its region (of all regions while none is known),
/// afterwards the team of the child. Never who is in conflict with that child, or with one out of whose file it was taken.
/// </summary>
public sealed class ReferralDesk(Caller caller, AccessGate gate, ChildAccess access, CommandHandler handler, PersonalData personal, Terminology terminology)
{
    /// <summary>May be in this caller's list; records nothing.</summary>
    public bool May(Referral referral) => !InConflict(referral) && (referral.ChildId is { } childId ? gate.May(childId, DataGroup.File) : InRegion(referral));

    /// <summary>
    /// For commands: an officer of the region who comes second is told that the referral was accepted (409), and sees nothing more of it.
    /// </summary>
    /// <exception cref="UnknownException">No such referral, or not for this caller.</exception>
    public async Task<Referral> RequireForDecisionAsync(Guid referralId, CancellationToken cancellationToken)
    {
        var (state, _) = await handler.StateAsync(ReferralDecider.Decider, Referral.Stream(referralId), cancellationToken);
        return state.Status != ReferralStatus.None && !InConflict(state) && (InRegion(state) || May(state)) ? Admitted(state) : throw new UnknownException();
    }

    /// <exception cref="UnknownException">No such referral, or not for this caller.</exception>
    public async Task<(Referral State, long Revision)> RequireAsync(Guid referralId, CancellationToken cancellationToken)
    {
        var (state, revision) = await handler.StateAsync(ReferralDecider.Decider, Referral.Stream(referralId), cancellationToken);
        return state.Status != ReferralStatus.None && May(state) ? (Admitted(state), revision) : throw new UnknownException();
    }

    /// <summary>What was told, opened for this request and recorded as seen.</summary>
    /// <exception cref="RefusedException">It was destroyed.</exception>
    public ReferralContent Open(Referral referral)
    {
        caller.Saw(SubjectId.Referral(referral.Id), "referral");
        return personal.Open(referral.Content!).ValueOrDefault ?? throw new RefusedException("erased", "The data of this referral was destroyed.");
    }

    /// <summary>Decides a command on a referral this caller may see.</summary>
    public async Task<Answer<ReferralShort>> DecideAsync(
        Guid referralId,
        IReadOnlyList<string?> texts,
        Func<Referral, CommandContext, ReferralCommand> command,
        CancellationToken cancellationToken)
    {
        var state = await RequireForDecisionAsync(referralId, cancellationToken);
        var context = caller.Command();
        var wording = terminology.Check(texts);
        var result = await handler.HandleAsync(
            ReferralDecider.Decider,
            Referral.Stream(referralId),
            command(state, context) with { KeptTerms = [.. wording.Select(term => term.Text).Distinct(StringComparer.Ordinal)] },
            context,
            cancellationToken);
        return Reply.Changed(result, Short(result.State, wording));
    }

    /// <summary>What a rule or a short form tells of a referral is a look at it, at its child once there is one.</summary>
    private Referral Admitted(Referral referral)
    {
        caller.Admit(referral.ChildId is { } childId ? SubjectId.Child(childId) : SubjectId.Referral(referral.Id));
        return referral;
    }

    private bool InConflict(Referral referral)
    {
        if (referral is { ChildId: null, TakenFrom.IsEmpty: true })
        {
            return false;
        }

        gate.RequireFresh();
        return caller.AccountId is { } account
            && (referral.ChildId is { } childId ? referral.TakenFrom.Add(childId) : referral.TakenFrom).Any(child => access.Conflicts(child).Contains(account));
    }

    private bool InRegion(Referral referral) => referral.Region is not { } region || caller.Regions.Contains(region);

    /// <summary>What an officer made of it, opened; null when nobody did or it was destroyed.</summary>
    public TriageOutcome? OutcomeOf(Referral referral) => referral.Triage is { } triage ? personal.Open(triage.Outcome).ValueOrDefault : null;

    /// <summary>The short form of a referral: of what was told and decided only whether a report is obligatory.</summary>
    public ReferralShort Short(Referral referral, IReadOnlyList<Term>? wording = null) => new(
        referral.Id,
        referral.Status.Code(),
        referral.Region,
        referral.Source,
        referral.SubmittedAt,
        referral.ReceivedAt,
        referral.Anonymous,
        OutcomeOf(referral)?.ReportObligatory,
        referral.ReviewOn,
        referral.ChildId,
        wording);
}

/// <param name="Status">Where it stands, e.g. <c>triaged</c>.</param>
/// <param name="Source">Partner that sent it; absent when an officer entered it.</param>
/// <param name="ReviewOn">Day on which somebody looks again.</param>
/// <param name="ChildId">File it was accepted into.</param>
/// <param name="Wording">After a command: terms that have a better one.</param>
public sealed record ReferralShort(
    Guid ReferralId,
    string Status,
    string? Region,
    string? Source,
    DateTimeOffset SubmittedAt,
    DateTimeOffset ReceivedAt,
    bool Anonymous,
    bool? ReportObligatory,
    DateOnly? ReviewOn,
    Guid? ChildId,
    IReadOnlyList<Term>? Wording);
