using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Terms;
using Barnahus.Safety.Views;

namespace Barnahus.Safety.Features;

/// <summary>What is due, over all children of whom the caller sees the measures whole.</summary>
public static class GetBoard
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(7);

    /// <param name="Items">This page of them, overdue first.</param>
    public sealed record Board(IReadOnlyList<Due> Items);

    /// <param name="Kind">A code of <see cref="ItemKind"/>.</param>
    /// <param name="ItemId">The measure, the re-assessment, the record of willingness or (first assessment) the child.</param>
    /// <param name="Type">Type of the measure or trigger.</param>
    /// <param name="DueAt">When, UTC.</param>
    /// <param name="Alarms">Raised for it, the first one first.</param>
    /// <param name="Coordinator">Account that looks after the child's safety.</param>
    /// <param name="TermsVersion">Version of the terms it goes by.</param>
    public sealed record Due(
        Guid ChildId,
        string Kind,
        Guid ItemId,
        string? Type,
        DateTimeOffset DueAt,
        bool Overdue,
        IReadOnlyList<Raised> Alarms,
        Guid? Coordinator,
        string TermsVersion);

    /// <param name="Threshold">What was reached, e.g. a part of the term.</param>
    public sealed record Raised(string Threshold, DateTimeOffset RaisedAt);

    public static void Map(RouteGroupBuilder safety) => safety.MapGet("/board", Handle)
        .Allow(ChildRequest.Keepers)
        .WithSummary("What is due until a moment (a week ahead when left out), overdue first");

    private static Answer<Board> Handle(
        DateTimeOffset? due, int? page, int? pageSize, HttpContext http, AccessGate gate, SafetyFiles files, PersonalData personal, SafetyTerms terms, DomainClock clock)
    {
        var now = clock.Now;
        var seen = new Dictionary<Guid, bool>();
        // Judged one by one before anything is counted or paged: a page number must not tell of children one may not see.
        var mine = files.Agenda.DueUntil(due ?? now + Ahead).Where(item => May(item.ChildId)).ToList();
        return Reply.Read(new Board([.. mine.Page(http, page, pageSize).Select(Shown)]));

        bool May(Guid childId)
        {
            if (!seen.TryGetValue(childId, out var may))
            {
                seen[childId] = may = gate.May(childId, DataGroup.Measures);
            }

            return may;
        }

        Due Shown(AgendaItem item)
        {
            if (gate.Require(item.ChildId, DataGroup.Measures) != Sight.Full)
            {
                throw new UnknownException();
            }

            var state = files.Of(item.ChildId).State;
            return new(
                item.ChildId,
                item.Kind,
                item.ItemId,
                TypeOf(item, state, personal),
                item.DueAt,
                item.DueAt <= now,
                [
                    .. state.Alarms.Values
                        .Select(alarm => (alarm.RaisedAt, About: personal.Open(alarm.Content).ValueOrDefault))
                        .Where(alarm => alarm.About is { } about && about.ItemId == item.ItemId && about.Kind == item.Kind && about.DueAt == item.DueAt)
                        .OrderBy(alarm => alarm.RaisedAt)
                        .Select(alarm => new Raised(alarm.About!.Threshold, alarm.RaisedAt)),
                ],
                state.CoordinatorId,
                terms.Version);
        }
    }

    /// <summary>Type of the measure or trigger; null where there is none, or where its key was destroyed.</summary>
    private static string? TypeOf(AgendaItem item, ChildSafety state, PersonalData personal) => item.Kind switch
    {
        ItemKind.MeasureLapsing or ItemKind.MeasureUnconfirmed => state.Measures.TryGetValue(item.ItemId, out var measure)
            ? personal.Open(measure.Content).ValueOrDefault?.Type : null,
        ItemKind.Reassessment => state.Reassessments.TryGetValue(item.ItemId, out var reassessment)
            ? personal.Open(reassessment.Trigger).ValueOrDefault?.Type : null,
        _ => null,
    };
}
