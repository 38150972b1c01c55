namespace Barnahus.Turnaround.Clocks;

/// <summary>Will a clock make its date, if it goes on as such clocks went lately? In words, and never on fewer than five others.</summary>
/// <param name="Outlook"><c>on-time</c>, <c>uncertain</c>, <c>late</c> or <c>none</c>.</param>
/// <param name="Nl">The same in Dutch; of <c>none</c> the reason.</param>
/// <param name="En">In English.</param>
/// <param name="ExpectedAt">When half of the others that took longer than this one until now had stopped, UTC; null when that cannot be said.</param>
/// <param name="BasedOn">Number of those others; null when there is no forecast.</param>
public sealed record Forecast(string Outlook, string Nl, string En, DateTimeOffset? ExpectedAt = null, int? BasedOn = null)
{
    /// <summary>On fewer nothing is said: it would tell of single cases, and be chance.</summary>
    public const int Fewest = 5;

    /// <summary>The present pace: the latest clocks of this name that stopped, and none that stopped longer ago.</summary>
    private const int Latest = 100;
    private static readonly TimeSpan Memory = TimeSpan.FromDays(2 * 365);

    private static readonly Forecast TooFew = None("nog geen prognose: minder dan vijf zaken kwamen hier onlangs doorheen", "no forecast yet: fewer than five cases came through here lately");
    private static readonly Forecast Beyond = None("geen prognose: loopt al langer dan vrijwel alle afgeronde zaken", "no forecast: has run longer than nearly all cases that finished");
    private static readonly Forecast StandsStill = None("geen prognose: de klok staat stil", "no forecast: the clock stands still");

    /// <param name="clock">The clock.</param>
    /// <param name="outcomes">How clocks of this name went, in all regions.</param>
    /// <param name="now">Moment of reading.</param>
    /// <returns>Null for a clock that stopped.</returns>
    public static Forecast? Of(Clock clock, IReadOnlyList<ClockOutcome> outcomes, DateTimeOffset now)
    {
        if (clock.StoppedAt is not null)
        {
            return null;
        }

        var reading = Reckoning.Read(clock, now);
        if (reading.State == ClockState.Breached)
        {
            return new("late", "te laat: de datum is voorbij", "late: the date has passed");
        }

        if (clock.IsSuspended)
        {
            return StandsStill;
        }

        var history = outcomes
            .Where(outcome => outcome.StoppedAt is { } stopped && stopped <= now && stopped > now - Memory)
            .OrderByDescending(outcome => outcome.StoppedAt)
            .Take(Latest)
            .Select(outcome => outcome.Took)
            .ToList();
        var used = Reckoning.Taken(clock, now);
        var longer = history.Where(took => took > used).Order().ToList();
        return history.Count < Fewest ? TooFew : longer.Count < Fewest ? Beyond : Among(clock, reading, longer, now);
    }

    private static Forecast Among(Clock clock, ClockReading reading, List<TimeSpan> longer, DateTimeOffset now)
    {
        var term = Reckoning.Taken(clock, reading.Due);
        var madeIt = (double)longer.Count(took => took <= term) / longer.Count;
        var expected = Reckoning.WhenTaken(clock, longer[(longer.Count - 1) / 2], now);
        return madeIt switch
        {
            >= 2.0 / 3 => new("on-time", "haalt naar verwachting de datum", "expected to make the date", expected, longer.Count),
            > 1.0 / 3 => new("uncertain", "het kan net wel of net niet lukken", "may just make the date or just miss it", expected, longer.Count),
            _ => new("late", "haalt naar verwachting de datum niet", "expected to miss the date", expected, longer.Count),
        };
    }

    private static Forecast None(string nl, string en) => new("none", nl, en);
}
