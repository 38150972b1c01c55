using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Features;

/// <summary>Opens a case beside those that open by themselves: several children in one case, or one child in a further case.</summary>
public static class OpenCase
{
    private const int MaxChildren = 50;

    public static void Map(RouteGroupBuilder routes) => routes.MapPost("/cases", HandleAsync)
        .Allow(Roles.Prosecutor, Roles.IntakeOfficer)
        .WithSummary("Open a criminal case")
        .WithDescription("Every child's own case opens by itself; this is for cases of several children, and for a child's further cases.")
        .Produces<CaseShort>(201);

    private static async Task<IResult> HandleAsync(
        Request request, Caller caller, CaseSight sight, CaseDesk desk, CommandHandler handler, CaseOpener opener, NormLibrary norms, CancellationToken cancellationToken)
    {
        if (request.Children.Count is 0 or > MaxChildren)
        {
            throw new InvalidException("children", "Name one child at least, and 50 at most.");
        }

        if (request.Region.Trim() is not { Length: > 0 and <= 80 } region)
        {
            throw new InvalidException("region", "Name the police unit's region, e.g. Midden-Nederland.");
        }

        sight.RequireMember(request.Children);
        var context = caller.Command();
        var caseId = DerivedId.From(context.CommandId, "case");
        var command = new CaseCommand.Open(
            caseId,
            request.Children,
            region,
            CaseDesk.Time("reportedAt", request.ReportedAt),
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
