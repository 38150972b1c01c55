using Barnahus.Intake.Municipalities;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Features;

/// <summary>An officer weighs a referral: what the reporter did, whether reporting is a choice, which routes it takes; and what of it stays open.</summary>
public static class TriageReferral
{
    private static readonly HashSet<string> Steps = new(StringComparer.Ordinal) { "signals", "consultation", "talk", "weighing", "decision" };

    /// <param name="Routes">Routes chosen; left out: those the rules propose.</param>
    /// <param name="StepsTaken">Steps of the Meldcode; left out: those the reporter named.</param>
    /// <param name="DeviationReason">Why a proposed route was left out.</param>
    public sealed record TriageRequest(
        IReadOnlyList<string>? Routes = null, IReadOnlyList<string>? StepsTaken = null, string? WhyStepsNotTaken = null, string? DeviationReason = null, string? Note = null);

    /// <param name="Until">Day on which somebody looks again.</param>
    /// <param name="Why">What is still looked for.</param>
    public sealed record InvestigationRequest(DateOnly? Until = null, string? Why = null);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/referrals/{referralId:guid}/triage", TriageAsync).Allow(Roles.IntakeOfficer)
            .WithSummary("Triage: steps the reporter took, obligation to report, routes (several may hold at once).");
        routes.MapPost("/referrals/{referralId:guid}/investigation", KeepOpenAsync).Allow(Roles.IntakeOfficer)
            .WithSummary("Keep a referral open under investigation until a review date.");
    }

    private static async Task<Answer<ReferralShort>> TriageAsync(
        Guid referralId, TriageRequest request, ReferralDesk desk, MunicipalityTable municipalities, CancellationToken cancellationToken)
    {
        if (request.Routes?.FirstOrDefault(route => !Routes.All.Contains(route)) is not null)
        {
            throw new InvalidException("routes", $"Choose from {string.Join(", ", Routes.All)}.");
        }

        if (request.StepsTaken?.FirstOrDefault(step => !Steps.Contains(step)) is not null)
        {
            throw new InvalidException("stepsTaken", $"Choose from {string.Join(", ", Steps)}.");
        }

        return await desk.DecideAsync(
            referralId,
            [request.WhyStepsNotTaken, request.DeviationReason, request.Note],
            (state, context) =>
            {
                var content = desk.Open(state);
                var advice = TriageAdvice.Of(content, state.ReceivedAt);
                var home = municipalities.Deciding(content.Municipalities);
                return new Referrals.TriageReferral(
                    context.Now,
                    advice,
                    [.. (request.Routes ?? advice.Proposed).Distinct(StringComparer.Ordinal).Select(route => TriageAdvice.Leading(route, home))],
                    request.StepsTaken ?? content.ReportingCode?.StepsTaken ?? [],
                    request.WhyStepsNotTaken ?? content.ReportingCode?.WhyNot,
                    request.DeviationReason,
                    request.Note);
            },
            cancellationToken);
    }

    private static Task<Answer<ReferralShort>> KeepOpenAsync(Guid referralId, InvestigationRequest request, ReferralDesk desk, CancellationToken cancellationToken) =>
        request.Until is not { } until
            ? throw new InvalidException("until", "Name the day on which somebody looks again.")
            : desk.DecideAsync(referralId, [request.Why], (_, context) => new KeepReferralOpen(context.Now.DutchDate(), until, request.Why), cancellationToken);
}
