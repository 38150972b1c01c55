using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Views;

namespace Barnahus.Turnaround.Features;

/// <summary>The board: every clock that runs, stands still or is overdue, the one with the least days left first.</summary>
public static class GetBoard
{
    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/board", Handle)
        .Allow(CaseSight.Readers)
        .WithSummary("Clocks of the cases one may see, by days left")
        .WithDescription("Open clocks unless `state` is met or breached, which give stopped ones as well. Ordered by due date.")
        .Produces<IReadOnlyList<BoardRow>>();

    private static IResult Handle(
        string? region, string? stage, string? state, int? page, int? pageSize,
        CaseImages cases, NormImage norms, CaseSight sight, DomainClock domainClock, HttpContext http)
    {
        var wanted = Wanted(state);
        var now = domainClock.Now;
        var rows =
            from image in cases.All
            let shown = image.Case
            where shown.IsOpen && (region is null || shown.Region == region) && sight.May(shown)
            from clock in shown.Clocks.Values
            where clock.WithdrawnFor is null && (stage is null || clock.Norm.Rule.Stage == stage) && sight.May(clock)
            let reading = Reckoning.Read(clock, now)
            where wanted is null ? clock.IsOpen : reading.State == wanted
            orderby reading.Due, clock.ClockId
            select (shown, clock);
        var pageOf = rows.ToList().Page(http, page, pageSize);
        var book = norms.Book;
        return Reply.Read(pageOf
            .Select(row => new BoardRow(row.shown.CaseId!.Value, row.shown.Region, sight.Look(row.shown), ClockRow.Of(row.clock, book, now)))
            .ToList());
    }

    private static ClockState? Wanted(string? state) => state switch
    {
        null => null,
        "running" => ClockState.Running,
        "suspended" => ClockState.Suspended,
        "met" => ClockState.Met,
        "breached" => ClockState.Breached,
        _ => throw new InvalidException("state", "One of running, suspended, met, breached."),
    };
}

/// <param name="CaseId">The case.</param>
/// <param name="Region">Police unit's region.</param>
/// <param name="Children">Children of the case that the caller may see.</param>
/// <param name="Clock">The clock.</param>
public sealed record BoardRow(Guid CaseId, string Region, IReadOnlyList<Guid> Children, ClockRow Clock);
