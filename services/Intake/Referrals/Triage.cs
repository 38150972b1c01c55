using Barnahus.Intake.Municipalities;

namespace Barnahus.Intake.Referrals;

/// <summary>Routes a referral can take; several hold at once, beside a file of our own (domain.md, Intake).</summary>
public static class Routes
{
    public const string Emergency = "112";
    public const string VeiligThuis = "veilig-thuis";
    public const string Avim = "avim";
    public const string TeamZeden = "team-zeden";
    public const string NationalExpertiseCentre = "national-expertise-centre";
    public const string CareCoordinator = "care-coordinator";
    public const string Csg = "csg";

    public static readonly IReadOnlyList<string> All =
        [Emergency, VeiligThuis, Avim, TeamZeden, NationalExpertiseCentre, CareCoordinator, Csg];

    /// <summary>Those that are a report in the sense of the Meldcode: police or Veilig Thuis.</summary>
    public static readonly IReadOnlyList<string> Reports = [Emergency, VeiligThuis, Avim, TeamZeden];
}

/// <summary>A route and the office it leads to, from the municipality table.</summary>
public sealed record RouteChoice(string Route, string? Unit);

/// <summary>What an officer weighed and decided.</summary>
/// <param name="StepsTaken">Steps of the Meldcode that the reporter took.</param>
/// <param name="ReportObligatory">A report was not a choice.</param>
/// <param name="Grounds">Why not.</param>
/// <param name="Proposed">What the rules called for.</param>
/// <param name="Chosen">What the officer chose, with the office each leads to.</param>
public sealed record TriageOutcome(
    IReadOnlyList<string> StepsTaken,
    bool ReportObligatory,
    IReadOnlyList<string> Grounds,
    IReadOnlyList<string> Proposed,
    IReadOnlyList<RouteChoice> Chosen);

/// <summary>What the rules make of a referral, before an officer decides.</summary>
/// <param name="ReportObligatory">Acute or structural unsafety or a disclosure by the child: a report is not a choice (professional norm in the Meldcode).</param>
/// <param name="Grounds">Why: <c>acute-unsafety</c>, <c>structural-unsafety</c>, <c>disclosure-by-child</c>.</param>
/// <param name="Proposed">Routes that the rules call for; leaving one out takes a reason.</param>
/// <param name="Consider">Routes worth a thought: no reason is asked.</param>
public sealed record TriageAdvice(
    bool ReportObligatory, IReadOnlyList<string> Grounds, IReadOnlyList<string> Proposed, IReadOnlyList<string> Consider)
{
    private static readonly TimeSpan ForensicWindow = TimeSpan.FromDays(7);

    /// <summary>Applies the rules to what was told.</summary>
    /// <param name="content">Opened content of the referral.</param>
    /// <param name="receivedAt">When it came in: the forensic window counts back from it.</param>
    public static TriageAdvice Of(ReferralContent content, DateTimeOffset receivedAt)
    {
        var grounds = new List<string>();
        Add(grounds, content.AcuteUnsafety, "acute-unsafety");
        Add(grounds, content.StructuralUnsafety, "structural-unsafety");
        Add(grounds, content.DisclosureByChild, "disclosure-by-child");

        bool Suspected(params string[] suspicions) => suspicions.Any(content.Suspicions.Contains);
        var online = Suspected("online");
        var sexualExploitation = Suspected("sexual-exploitation");

        var proposed = new List<string>();
        Add(proposed, content.AcuteUnsafety, Routes.Emergency);

        // Exploitation that lives online only is team zeden's; any other exploitation is AVIM's.
        Add(proposed, (sexualExploitation && !online) || Suspected("criminal-exploitation", "labour-exploitation", "trafficking"), Routes.Avim);
        Add(proposed, online || Suspected("sexual-abuse"), Routes.TeamZeden);
        Add(proposed, content.StructuralUnsafety || content.Parents.Any(parent => parent.Suspected), Routes.VeiligThuis);
        Add(proposed, grounds.Count > 0 && !proposed.Any(Routes.Reports.Contains), Routes.VeiligThuis);

        var consider = new List<string>();
        Add(consider, Suspected("sexual-abuse", "sexual-exploitation") && content.LastEventAt > receivedAt - ForensicWindow, Routes.Csg);
        Add(consider, sexualExploitation || Suspected("trafficking", "labour-exploitation"), Routes.NationalExpertiseCentre);
        Add(consider, sexualExploitation || Suspected("criminal-exploitation", "trafficking", "labour-exploitation"), Routes.CareCoordinator);
        return new(grounds.Count > 0, grounds, proposed, consider);
    }

    /// <summary>The office a route leads to: where the victim lives (S:004).</summary>
    public static RouteChoice Leading(string route, Municipality? home) => new(route, route switch
    {
        Routes.Avim or Routes.TeamZeden or Routes.Emergency => home?.PoliceUnit,
        Routes.VeiligThuis => home?.VeiligThuis,
        Routes.CareCoordinator => home?.CareCoordination,
        _ => null,
    });

    private static void Add(List<string> list, bool when, string item)
    {
        if (when)
        {
            list.Add(item);
        }
    }
}
