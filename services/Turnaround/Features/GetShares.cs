using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Views;

namespace Barnahus.Turnaround.Features;

/// <summary>The share of cases within the norm in the last twelve months, per clock, stage and region. Says nothing of fewer than five cases.</summary>
public static class GetShares
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(365);

    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/board/shares", Handle)
        .Allow(Roles.Prosecutor, Roles.ExaminingJudge, Roles.IntakeOfficer, Roles.SafetyCoordinator, Roles.Auditor)
        .WithSummary("Share within the norm per clock, stage and region")
        .WithDescription("Clocks that stopped in the last twelve months, and those that run and are over their norm. A share in which a part is fewer than five cases is hidden.");

    private static Answer<List<ShareRow>> Handle(string? region, string? stage, CaseImages cases, DomainClock clock)
    {
        var now = clock.Now;
        var rows =
            from outcome in cases.Reckoned.Outcomes().Values.SelectMany(outcomes => outcomes)
            where (region is null || outcome.Region == region) && (stage is null || outcome.Stage == stage)
            let within = Within(outcome, now)
            where within is not null
            group within.Value by (outcome.Stage, outcome.Clock, outcome.Region, outcome.NormPercent) into cell
            orderby cell.Key.Stage, cell.Key.Clock, cell.Key.Region, cell.Key.NormPercent
            select ShareRow.Of(cell.Key.Stage, cell.Key.Clock, cell.Key.Region, cell.Key.NormPercent, [.. cell]);
        return Reply.Read(rows.ToList());
    }

    /// <summary>Null for what says nothing yet: it runs within its norm, stands still, or stopped too long ago.</summary>
    private static bool? Within(ClockOutcome outcome, DateTimeOffset now) => outcome switch
    {
        { StoppedAt: { } stopped } => stopped > now - Period && stopped <= now ? stopped <= outcome.NormDue : null,
        _ => outcome.NormDue < now ? false : null,
    };
}

/// <param name="Stage">Stage of the chain.</param>
/// <param name="Clock">Name of the clock.</param>
/// <param name="Region">Police unit's region.</param>
/// <param name="NormPercent">Share of cases that must make it; null when every case must.</param>
/// <param name="Cases">Number of cases; null when hidden.</param>
/// <param name="WithinPercent">Share that made the norm, in whole percent; null when hidden.</param>
/// <param name="Hidden">Why nothing is shown; null when it is.</param>
public sealed record ShareRow(string Stage, string Clock, string Region, int? NormPercent, int? Cases, int? WithinPercent, HiddenShare? Hidden)
{
    public static ShareRow Of(string stage, string clock, string region, int? norm, IReadOnlyList<bool> within)
    {
        var made = within.Count(one => one);
        var missed = within.Count - made;
        return IsSmall(made) || IsSmall(missed)
            ? new(stage, clock, region, norm, null, null, HiddenShare.Small)
            : new(stage, clock, region, norm, within.Count, made * 100 / within.Count, null);
    }

    private static bool IsSmall(int cases) => cases is > 0 and < Forecast.Fewest;
}

/// <param name="Nl">Reason in Dutch.</param>
/// <param name="En">In English.</param>
public sealed record HiddenShare(string Nl, string En)
{
    public static HiddenShare Small { get; } = new("minder dan vijf zaken", "fewer than five cases");
}
