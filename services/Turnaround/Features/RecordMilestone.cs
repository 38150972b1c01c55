using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Features;

/// <summary>Records that a case reached a milestone, or corrects its date: clocks start and stop by it.</summary>
public static class RecordMilestone
{
    /// <summary>Whose milestones they are; the prosecutor leads the case and may record all.</summary>
    private static readonly Dictionary<string, string[]> MayRecord = new(StringComparer.Ordinal)
    {
        [Roles.IntakeOfficer] =
        [
            Milestone.FileToOm, Milestone.VeiligThuisReport, Milestone.VeiligThuisDecision, Milestone.VeiligThuisInvestigated,
        ],
        [Roles.SafetyCoordinator] =
        [
            Milestone.VeiligThuisReport, Milestone.VeiligThuisDecision, Milestone.VeiligThuisInvestigated, Milestone.CareRegistered, Milestone.CareIntake,
        ],
        [Roles.Prosecutor] = [.. Milestone.All.Keys],
    };

    public static void Map(RouteGroupBuilder routes) => routes.MapPost("/cases/{caseId:guid}/milestones", HandleAsync)
        .Allow([.. MayRecord.Keys])
        .WithSummary("Record a milestone of a case")
        .WithDescription("Milestones: " + string.Join(", ", Milestone.All.Keys) + ". Another date for one that is recorded takes a correction: why the first was wrong.");

    private static async Task<Answer<CaseShort>> HandleAsync(
        Guid caseId, Request request, Caller caller, CaseDesk desk, NormLibrary norms, CancellationToken cancellationToken)
    {
        new Fields()
            .OneOf("milestone", request.Milestone, [.. Milestone.All.Keys])
            .Time("at", request.At)
            .Optional("correction", request.Correction)
            .Numbers(request.Parketnummer, request.ProcesVerbaalnummer)
            .Require();
        if (!MayRecord[caller.Role].Contains(request.Milestone))
        {
            throw new ForbiddenException("role", $"The role {caller.Role} does not record this milestone; the prosecutor does.");
        }

        var at = request.At.ToUniversalTime();
        var numbers = CaseDesk.Numbers(request.Parketnummer, request.ProcesVerbaalnummer);
        var book = await norms.CurrentAsync(cancellationToken);
        return await desk.DecideAsync(
            caseId, now => new CaseCommand.ReachMilestone(request.Milestone, at, request.Correction?.Trim(), numbers, book, now), cancellationToken);
    }

    /// <param name="Milestone">Which.</param>
    /// <param name="At">When it was reached, UTC.</param>
    /// <param name="Correction">Why the date recorded before was wrong.</param>
    /// <param name="Parketnummer">Number that the case got at the prosecution service.</param>
    /// <param name="ProcesVerbaalnummer">Number that the case got at the police.</param>
    public sealed record Request(
        string Milestone, DateTimeOffset At, string? Correction = null, string? Parketnummer = null, string? ProcesVerbaalnummer = null);
}
