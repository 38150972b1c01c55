namespace Barnahus.Interviews;

/// <summary>How old a child is on a day: known, or estimated.</summary>
public static class ChildAge
{
    /// <summary>
    /// Age in whole years: from the birth date, else from the estimate and the years since. Null when nothing is known;
    /// an unclear age is a minor's (Besluit slachtoffers art. 13).
    /// </summary>
    public static int? On(DateOnly day, DateOnly? birthDate, int? estimatedAge, DateOnly? estimatedOn) =>
        birthDate is { } birth ? WholeYears(birth, day)
        : estimatedAge is { } age ? age + (estimatedOn is { } on ? Math.Max(0, WholeYears(on, day)) : 0)
        : null;

    // Who was born on 29 February is a year older on 1 March.
    private static int WholeYears(DateOnly from, DateOnly to) =>
        to.Year - from.Year - ((to.Month, to.Day).CompareTo((from.Month, from.Day)) < 0 ? 1 : 0);
}
