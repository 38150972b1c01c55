using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>Who and what is taken when. A booking shows a number, never a child, whoever looks.</summary>
public static class GetAgenda
{
    private const int DefaultDays = 14;
    private const int MaxDays = 92;

    /// <param name="Items">This page of them, by start.</param>
    public sealed record AgendaShown(IReadOnlyList<BookingShown> Items);

    /// <param name="Number">In place of a child: it leads nowhere.</param>
    /// <param name="From">Room and people are taken from, UTC.</param>
    /// <param name="To">Room and people are taken until, UTC.</param>
    /// <param name="StartsAt">The interview itself starts, UTC.</param>
    /// <param name="EndsAt">The interview itself ends, UTC.</param>
    /// <param name="Status"><c>confirmed</c> or <c>reserved</c>.</param>
    public sealed record BookingShown(
        string Number,
        string? Region,
        string StudioId,
        string RoomId,
        IReadOnlyList<string> PersonIds,
        DateTimeOffset From,
        DateTimeOffset To,
        DateTimeOffset StartsAt,
        DateTimeOffset EndsAt,
        string Status);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapGet("/agenda", Handle)
        .Allow(Roles.Planner, Roles.Interviewer, Roles.Psychologist)
        .WithSummary("Bookings of a region between two moments, by start. A booking shows a number, never a child.");

    private static Answer<AgendaShown> Handle(
        string? region, DateTimeOffset? from, DateTimeOffset? to, int? page, int? pageSize,
        AgendaDays agenda, CurrentRoster roster, DomainClock clock, HttpContext http)
    {
        new Fields().Time("from", from).Time("to", to).Require();
        var now = clock.Now;
        var start = from ?? now;
        var end = to ?? start.AddDays(DefaultDays);
        if (end <= start || end - start > TimeSpan.FromDays(MaxDays))
        {
            throw new InvalidException("to", $"After the beginning, and at most {MaxDays} days later.");
        }

        var premises = roster.Image.Premises;
        var days = agenda.Image;
        var bookings = new List<Reservation>();
        for (var day = start.DutchDate(); day <= end.DutchDate(); day = day.AddDays(1))
        {
            bookings.AddRange(days.GetValueOrDefault(day, AgendaDay.Initial).HoldingAt(now)
                .Where(r => r.Overlaps(start, end) && (region is null || RegionOf(r, premises) == region)));
        }

        return Reply.Read(new AgendaShown(
        [
            .. bookings
                .OrderBy(r => r.From).ThenBy(r => r.RoomId, StringComparer.Ordinal).ThenBy(r => r.Id)
                .ToList()
                .Page(http, page, pageSize)
                .Select(r => Show(r, premises)),
        ]));
    }

    private static string? RegionOf(Reservation reservation, Premises premises) => premises.Studios.GetValueOrDefault(reservation.StudioId)?.Region;

    private static BookingShown Show(Reservation r, Premises premises) => new(
        r.Number,
        RegionOf(r, premises),
        r.StudioId,
        r.RoomId,
        r.PersonIds,
        r.From,
        r.To,
        r.StartsAt,
        r.EndsAt,
        r.Status == ReservationStatus.Confirmed ? "confirmed" : "reserved");
}
