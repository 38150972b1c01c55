namespace Barnahus.Turnaround.Cases;

/// <summary>What the clocks need to know of a child, and no more. Always sealed, as a whole.</summary>
/// <param name="BirthDate">Date of birth, if known.</param>
/// <param name="EstimatedAge">Estimated age in years.</param>
/// <param name="EstimatedOn">Day of the estimate.</param>
/// <param name="LastEventAt">Last known moment of abuse.</param>
/// <param name="DisclosureByChild">The child itself told.</param>
/// <param name="AcuteUnsafety">In need of protection.</param>
/// <param name="Suspicions">What is suspected.</param>
public sealed record ClockFacts(
    DateOnly? BirthDate,
    int? EstimatedAge,
    DateOnly? EstimatedOn,
    DateTimeOffset? LastEventAt,
    bool DisclosureByChild,
    bool AcuteUnsafety,
    IReadOnlyList<string> Suspicions)
{
    /// <summary>Nothing is known.</summary>
    public static ClockFacts Nothing { get; } = new(null, null, null, null, false, false, []);

    /// <summary>Age in whole years on a Dutch day, by the birth date, else by the estimate; null when neither is known.</summary>
    public int? AgeOn(DateOnly day)
    {
        if (BirthDate is { } born)
        {
            var years = day.Year - born.Year;
            return born.AddYears(years) > day ? years - 1 : years;
        }

        return EstimatedAge is { } age ? age + Math.Max(0, (day.DayNumber - (EstimatedOn ?? day).DayNumber) / 366) : null;
    }
}
