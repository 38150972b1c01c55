using Barnahus.Contracts;

namespace Barnahus.Interviews.Interviews;

/// <summary>
/// What is known of the child at the moment of a command, opened by the feature: deciders compute on it, and never open anything themselves.
/// </summary>
/// <param name="Revision">Revision of the file it was opened from; when the file has moved on, the decision is refused and made again.</param>
/// <param name="Facts">The facts.</param>
public sealed record KnownChild(long Revision, ChildFacts Facts)
{
    /// <summary>
    /// Age in whole years on a day: from the birth date, else from the estimate and the years since. Null when nothing is known;
    /// an unclear age is a minor's (Besluit slachtoffers art. 13).
    /// </summary>
    public int? AgeOn(DateOnly day) => Facts switch
    {
        { BirthDate: { } born } => YearsBetween(born, day),
        { EstimatedAge: { } age, EstimatedOn: { } on } => age + Math.Max(0, YearsBetween(on, day)),
        { EstimatedAge: { } age } => age,
        _ => null,
    };

    /// <summary>The last moment of the acute forensic window (medical examination), if a moment of abuse is known.</summary>
    public DateTimeOffset? ForensicWindowEnds(InterviewSettings settings) => Facts.LastEventAt?.AddDays(settings.ForensicWindowDays);

    // Who was born on 29 February is a year older on 1 March.
    private static int YearsBetween(DateOnly from, DateOnly to) =>
        to.Year - from.Year - ((to.Month, to.Day).CompareTo((from.Month, from.Day)) < 0 ? 1 : 0);
}
