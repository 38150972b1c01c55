using Barnahus.Intake.Municipalities;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Features;

/// <summary>A referral goes to somebody else, or ends; both with a ground.</summary>
public static class EndReferral
{
    private const int LongestUnit = 100;

    /// <param name="To">A route.</param>
    /// <param name="Unit">The office, when it is another than the one where the victim lives.</param>
    public sealed record RedirectionRequest(string? To = null, string? Unit = null, string? Ground = null);

    public sealed record ClosureRequest(string? Ground = null);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/referrals/{referralId:guid}/redirection", RedirectAsync).Allow(Roles.IntakeOfficer)
            .WithSummary("Redirect a referral: to whom, on which ground.");
        routes.MapPost("/referrals/{referralId:guid}/closure", CloseAsync).Allow(Roles.IntakeOfficer)
            .WithSummary("Close a referral, with a ground.");
    }

    private static async Task<Answer<ReferralShort>> RedirectAsync(
        Guid referralId, RedirectionRequest request, ReferralDesk desk, MunicipalityTable municipalities, CancellationToken cancellationToken)
    {
        if (request.To is not null && !Routes.All.Contains(request.To))
        {
            throw new InvalidException("to", $"Choose from {string.Join(", ", Routes.All)}.");
        }

        if (request.Unit?.Length > LongestUnit)
        {
            throw new InvalidException("unit", $"has at most {LongestUnit} characters");
        }

        return await desk.DecideAsync(
            referralId,
            [request.Unit, request.Ground],
            (state, context) =>
            {
                var home = municipalities.Deciding(desk.Open(state).Municipalities);
                var to = request.To is null ? null : TriageAdvice.Leading(request.To, home);
                return new RedirectReferral(context.Now, to is null ? null : to with { Unit = request.Unit ?? to.Unit }, request.Ground);
            },
            cancellationToken);
    }

    private static Task<Answer<ReferralShort>> CloseAsync(Guid referralId, ClosureRequest request, ReferralDesk desk, CancellationToken cancellationToken) =>
        desk.DecideAsync(referralId, [request.Ground], (_, context) => new CloseReferral(context.Now, request.Ground), cancellationToken);
}
