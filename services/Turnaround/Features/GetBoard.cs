using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Views;

namespace Barnahus.Turnaround.Features;

/// <summary>The board: every clock that runs, stands still or is overdue, the one with the least days left first.</summary>
public static class GetBoard
{
    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/board", Handle)
        .Allow(CaseSight.Readers)
        .WithSummary("Clocks of the cases one may see, by days left")
        .WithDescription("Open clocks unless `state` is met or breached, which give stopped ones as well. Ordered by due date. Each with its days left, a signal in colour and words, and a forecast.");

    private static Answer<List<BoardRow>> Handle(
        string? region, string? stage, string? state, int? page, int? pageSize,
        CaseImages cases, CaseOpener opener, CaseSight sight, ClockRows clockRows, DomainClock domainClock, HttpContext http)
    {
        var wanted = Wanted(state);
        var now = domainClock.Now;
        var rows =
            from image in cases.All
            let shown = image.Case
            where shown.IsOpen && (region is null || shown.Region == region) && sight.May(shown)
            from clock in opener.Clocks(shown, trail => trail.WithdrawnFor is null && (trail.IsOpen || wanted is not null) && sight.May(trail))
            where sight.May(clock)
            where stage is null || clock.Norm.Rule.Stage == stage
            let reading = Reckoning.Read(clock, now)
            where wanted is null ? clock.IsOpen : reading.State == wanted
            orderby reading.Due, clock.ClockId
            select (shown, clock);
        var pageOf = rows.ToList().Page(http, page, pageSize);
        return Reply.Read(pageOf
            .Select(row => new BoardRow(row.shown.CaseId!.Value, row.shown.Region, [.. sight.Look(row.shown).Select(sight.NameOf)], clockRows.Of(row.clock)))
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
/// <param name="Children">Children of the case that the caller may see: ids, for an auditor pseudonyms.</param>
/// <param name="Clock">The clock.</param>
public sealed record BoardRow(Guid CaseId, string Region, IReadOnlyList<string> Children, ClockRow Clock);
