using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Barnahus.Platform.Hosting;

/// <summary>Domain time as the configuration has it.</summary>
public static class Clocks
{
    /// <summary>
    /// The system's time, or time that runs at real speed from <c>Clock:Start</c> (ISO 8601): only where <c>Demo</c> is true or in tests
    /// (<c>Clock:Test</c>), refused elsewhere.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another start outside tests and demonstration, or no valid time.</exception>
    public static TimeProvider Domain(IConfiguration configuration)
    {
        if (configuration["Clock:Start"] is not { Length: > 0 } start)
        {
            return TimeProvider.System;
        }

        if (!configuration.GetValue<bool>("Demo") && !configuration.GetValue<bool>("Clock:Test"))
        {
            throw new SettingException("Clock:Start is for demonstration and tests only. Remove it, or start with --demo.");
        }

        return DateTimeOffset.TryParse(start, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? new ShiftedTime(at - TimeProvider.System.GetUtcNow())
            : throw new SettingException("Clock:Start is no ISO 8601 time, e.g. 2026-09-02T09:15:00Z.");
    }

    private sealed class ShiftedTime(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + shift;
    }
}
