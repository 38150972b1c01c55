using Barnahus.Intake.Municipalities;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Schema;
using Barnahus.Intake.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Listing = Barnahus.Platform.Hosting.Either<
    System.Collections.Generic.IReadOnlyList<Barnahus.Intake.Features.ReferralShort>,
    System.Collections.Generic.IReadOnlyList<Barnahus.Intake.Features.ReferralReceipt>>;
using Scopes = Barnahus.Platform.Access.Scopes;
using Shown = Barnahus.Platform.Hosting.Either<Barnahus.Intake.Features.ReadReferrals.ReferralShown, Barnahus.Intake.Features.ReferralReceipt>;

namespace Barnahus.Intake.Features;

/// <summary>Referrals as officers see them, and the receipts of a partner.</summary>
public static class ReadReferrals
{
    /// <param name="Referral">Where it stands.</param>
    /// <param name="File">Where what was told is read once it was accepted.</param>
    /// <param name="Municipalities">The municipalities it names, with their region.</param>
    /// <param name="Advice">What the rules make of it.</param>
    public sealed record ReferralShown(
        ReferralShort Referral,
        string? File = null,
        ReferralContent? Content = null,
        IReadOnlyList<Municipality>? Municipalities = null,
        AdviceShown? Advice = null,
        TriageShown? Triage = null,
        SearchShown? Search = null,
        RedirectionShown? Redirection = null,
        ClosureShown? Closure = null);

    /// <param name="Proposed">Routes the rules call for.</param>
    /// <param name="Consider">Routes worth a thought.</param>
    public sealed record AdviceShown(bool ReportObligatory, IReadOnlyList<string> Grounds, IReadOnlyList<RouteChoice> Proposed, IReadOnlyList<RouteChoice> Consider);

    public sealed record TriageShown(
        DateTimeOffset At,
        bool? ReportObligatory,
        IReadOnlyList<RouteChoice>? Chosen,
        IReadOnlyList<string>? StepsTaken = null,
        string? WhyStepsNotTaken = null,
        string? DeviationReason = null,
        string? Note = null);

    public sealed record SearchShown(DateTimeOffset At, IReadOnlyList<SearchHit> Candidates);

    public sealed record RedirectionShown(DateTimeOffset At, Opened<RouteChoice> To, string? Ground);

    public sealed record ClosureShown(DateTimeOffset At, string? Ground);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/referrals", List)
            .AllowScope(Scopes.ReadReceipts, Roles.IntakeOfficer)
            .WithSummary("Referrals of your regions, oldest first; for a partner the receipts of its own.");
        routes.MapGet("/referrals/{referralId:guid}", ReadAsync)
            .AllowScope(Scopes.ReadReceipts, Roles.IntakeOfficer)
            .WithSummary("A referral with what the rules make of it; for a partner its own receipt.");
    }

    private static Answer<Listing> List(
        HttpContext http, Caller caller, ReferralDesk desk, ReferralsView referrals, PersonalData personal, string? status, string? region, int? page, int? pageSize)
    {
        if (!caller.IsPerson)
        {
            List<Referral> own = [.. referrals.All.Select(row => row.State).Where(row => IsOf(row, caller))];
            return Reply.Read(new Listing(own.Page(http, page, pageSize).Select(row => Receipt(row, caller, personal)).ToList()));
        }

        ReferralStatus? wanted = status is null ? null : Codes.ReferralStatusOf(status)
            ?? throw new InvalidException("status", "One of received, triaged, under-investigation, accepted, redirected, closed.");
        List<Referral> found =
        [
            .. referrals.All.Select(row => row.State)
                .Where(row => (wanted is null || row.Status == wanted) && (region is null || row.Region == region) && desk.May(row)),
        ];
        return Reply.Read(new Listing(found.Page(http, page, pageSize).Select(row => Listed(row, caller, desk)).ToList()));
    }

    private static async Task<Answer<Shown>> ReadAsync(
        Guid referralId,
        Caller caller,
        ReferralDesk desk,
        AccessGate gate,
        CommandHandler handler,
        PersonalData personal,
        MunicipalityTable municipalities,
        ChildAccess access,
        CancellationToken cancellationToken)
    {
        if (!caller.IsPerson)
        {
            var (own, _) = await handler.StateAsync(ReferralDecider.Decider, Referral.Stream(referralId), cancellationToken);
            return IsOf(own, caller) ? Reply.Read(new Shown(Receipt(own, caller, personal))) : throw new UnknownException();
        }

        var (state, revision) = await desk.RequireAsync(referralId, cancellationToken);
        if (state.ChildId is { } childId)
        {
            // What was told is read in the file from now on: there it may have been corrected or restricted.
            gate.Require(childId, DataGroup.File);
            var routes = state.Triage is { } taken && desk.OutcomeOf(state) is { } weighed ? new TriageShown(taken.At, weighed.ReportObligatory, weighed.Chosen) : null;
            return Reply.Read(new Shown(new ReferralShown(desk.Short(state), File: $"/api/intake/v1/children/{childId:D}", Triage: routes)), revision);
        }

        var content = desk.Open(state);
        var advice = TriageAdvice.Of(content, state.ReceivedAt);
        var home = municipalities.Deciding(content.Municipalities);
        var outcome = desk.OutcomeOf(state);
        return Reply.Read(
            new Shown(new ReferralShown(
                desk.Short(state),
                Content: content,
                Municipalities: [.. content.Municipalities.Select(place => municipalities.Find(place.Code)).OfType<Municipality>()],
                Advice: new(
                    advice.ReportObligatory,
                    advice.Grounds,
                    [.. advice.Proposed.Select(route => TriageAdvice.Leading(route, home))],
                    [.. advice.Consider.Select(route => TriageAdvice.Leading(route, home))]),
                Triage: state.Triage is not { } triage ? null : new(
                    triage.At,
                    outcome?.ReportObligatory,
                    outcome?.Chosen,
                    outcome?.StepsTaken,
                    Text(triage.WhyStepsNotTaken, personal),
                    Text(triage.DeviationReason, personal),
                    Text(triage.Note, personal)),
                Search: state.Search is not { } search ? null : new(search.At, Candidates(search, caller, access)),
                Redirection: state.Redirection is not { } redirected ? null : new(redirected.At, personal.Open(redirected.To), Text(redirected.Ground, personal)),
                Closure: state.Closure is not { } closed ? null : new(closed.At, Text(closed.Ground, personal)))),
            revision);
    }

    private static bool IsOf(Referral referral, Caller caller) =>
        caller.Organisation is { Length: > 0 } oin && referral.Source == CloudEvent.SourcePrefix + oin;

    private static ReferralShort Listed(Referral referral, Caller caller, ReferralDesk desk)
    {
        caller.Saw(referral.ChildId is { } child ? SubjectId.Child(child) : SubjectId.Referral(referral.Id), "listed");
        return desk.Short(referral);
    }

    /// <summary>What the search offered, without children this reader is in conflict with; that they may be known is a look at them.</summary>
    private static List<SearchHit> Candidates(ReferralSearched search, Caller caller, ChildAccess access)
    {
        var shown = search.Candidates.Where(hit => !access.Conflicts(hit.ChildId).Contains(caller.AccountId!.Value)).ToList();
        shown.ForEach(hit => caller.Saw(SubjectId.Child(hit.ChildId), "match"));
        return shown;
    }

    private static ReferralReceipt Receipt(Referral referral, Caller caller, PersonalData personal)
    {
        caller.Saw(SubjectId.Referral(referral.Id), "receipt");
        return SubmitReferral.Receipt(referral, personal.Open(referral.Content!).ValueOrDefault?.SourceId, []);
    }

    private static string? Text(Personal<string>? text, PersonalData personal) => text is null ? null : personal.Open(text).ValueOrDefault;
}
