using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Features;

/// <summary>Opens a case beside those that open by themselves: several children in one case, or one child in a further case.</summary>
public static class OpenCase
{

    public static void Map(RouteGroupBuilder routes) => routes.MapPost("/cases", HandleAsync)
        .Allow(Roles.Prosecutor, Roles.IntakeOfficer)
        .WithSummary("Open a criminal case")
        .WithDescription("Every child's own case opens by itself; this is for cases of several children, and for a child's further cases.");

    private static async Task<CreatedAnswer<CaseShort>> HandleAsync(
        Request request, Caller caller, CaseSight sight, CaseDesk desk, CommandHandler handler, CaseOpener opener, NormLibrary norms, CancellationToken cancellationToken)
    {
        new Fields()
            .Count("children", request.Children.Count, atLeast: 1)
            .Text("region", request.Region, 80)
            .Time("reportedAt", request.ReportedAt)
            .Numbers(request.Parketnummer, request.ProcesVerbaalnummer)
            .Require();
        sight.RequireMember(request.Children);
        var context = caller.Command();
        var caseId = DerivedId.From(context.CommandId, "case");
        var command = new CaseCommand.Open(
            caseId,
            request.Children,
            request.Region.Trim(),
            request.ReportedAt.ToUniversalTime(),
            CaseDesk.Numbers(request.Parketnummer, request.ProcesVerbaalnummer),
            await norms.CurrentAsync(cancellationToken),
            context.Now);
        var result = await handler.HandleAsync(opener.Decider, Case.Stream(caseId), command, context, cancellationToken);
        return Reply.Created($"/turnaround/v1/cases/{caseId:D}", result, desk.ShortForm(caseId, result.State));
    }

    /// <param name="Children">Children of the case; the caller is on the team of each.</param>
    /// <param name="Region">Police unit's region.</param>
    /// <param name="ReportedAt">When it was reported, UTC.</param>
    /// <param name="Parketnummer">Number at the prosecution service.</param>
    /// <param name="ProcesVerbaalnummer">Number at the police.</param>
    public sealed record Request(
        IReadOnlyList<Guid> Children, string Region, DateTimeOffset ReportedAt, string? Parketnummer = null, string? ProcesVerbaalnummer = null);
}
