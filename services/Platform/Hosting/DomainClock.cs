namespace Barnahus.Platform.Hosting;

/// <summary>
/// Domain time: what the calendar of the case says. Real speed, but tests and <c>--demo</c> may start it elsewhere (<c>Clock:Start</c>).
/// Security time (tokens, cookies, leases, certificates) is always <see cref="TimeProvider.System"/>.
/// </summary>
public sealed class DomainClock(TimeProvider provider)
{
    /// <summary>Now, UTC.</summary>
    public DateTimeOffset Now => Provider.GetUtcNow();

    /// <summary>For waiting in domain time.</summary>
    public TimeProvider Provider { get; } = provider;
}

/// <summary>The calendar of the Netherlands.</summary>
public static class DutchTime
{
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    public static DateTimeOffset ToDutch(this DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, Zone);

    public static DateOnly DutchDate(this DateTimeOffset time) => DateOnly.FromDateTime(time.ToDutch().DateTime);

    /// <summary>UTC instant of a Dutch wall-clock time; in the hour that summer time skips it is the first instant after, in the doubled hour the first of the two.</summary>
    public static DateTimeOffset FromDutch(DateOnly date, TimeOnly time)
    {
        var local = date.ToDateTime(time);
        if (Zone.IsInvalidTime(local))
        {
            local = local.AddHours(1);
        }

        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
