using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Clocks;

namespace Barnahus.Turnaround.Norms;

/// <summary>For which children a definition counts. The numbers are data: most of them are not verified law.</summary>
/// <param name="Kind"><c>urgent</c>, <c>under-age</c> or <c>recent-abuse</c>.</param>
/// <param name="RecentDays">urgent: an event this many days before the start, or fewer, is recent.</param>
/// <param name="UnderAge">under-age: younger than this on the day of the start.</param>
/// <param name="Suspicions">recent-abuse: any of these, and the term not yet over when it was reported.</param>
public sealed record Applicability(
    string Kind,
    int? RecentDays = null,
    int? UnderAge = null,
    IReadOnlyList<string>? Suspicions = null)
{
    public const string Urgent = "urgent";
    public const string UnderAgeOf = "under-age";
    public const string RecentAbuse = "recent-abuse";

    /// <summary>True when it can be judged: the kind is known and its number is there and sensible.</summary>
    internal bool IsComplete => Kind switch
    {
        Urgent => RecentDays is > 0 and <= 3650,
        UnderAgeOf => UnderAge is > 0 and <= 30,
        RecentAbuse => Suspicions is { Count: > 0 and <= 20 },
        _ => false,
    };

    /// <param name="facts">What is known of the child.</param>
    /// <param name="start">When the clock starts.</param>
    /// <param name="reportedAt">When it was reported.</param>
    /// <param name="term">Term of the definition.</param>
    internal bool Holds(ClockFacts facts, DateTimeOffset start, DateTimeOffset reportedAt, Term term) => Kind switch
    {
        // Told long after the event is no immediate account; where nobody knows when it was, the child's telling counts.
        Urgent => facts.AcuteUnsafety
            || (facts.LastEventAt is { } last ? last >= start.AddDays(-RecentDays.GetValueOrDefault()) : facts.DisclosureByChild),
        UnderAgeOf => facts.AgeOn(start.DutchDate()) < UnderAge,
        RecentAbuse => facts.Suspicions.Any(Suspicions!.Contains) && Reckoning.End(start, term, null) > reportedAt,
        _ => throw new InvalidOperationException($"No rule for norms that apply to '{Kind}'."),
    };
}
