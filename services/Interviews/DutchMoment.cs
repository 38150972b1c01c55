using System.Globalization;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews;

/// <summary>How a moment is said to a person in the text of a refusal.</summary>
internal static class DutchMoment
{
    /// <summary>Day and wall-clock time in the Netherlands, e.g. <c>9 September 2026 11:00</c>.</summary>
    public static string Said(this DateTimeOffset moment) => moment.ToDutch().ToString("d MMMM yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>From one to another time of a day, e.g. <c>9 September 2026 11:00 to 12:30</c>.</summary>
    public static string SaidTo(this DateTimeOffset from, DateTimeOffset to) =>
        $"{from.Said()} to {to.ToDutch().ToString("HH:mm", CultureInfo.InvariantCulture)}";
}
