using System.Collections.Immutable;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Clocks;

/// <summary>What happened to one clock, as the log has it: what it goes by, and from when, is sealed.</summary>
/// <param name="ClockId">Follows from the case, the clock's name and what it is about.</param>
/// <param name="ChildId">The child it is about; null when it is about the case.</param>
/// <param name="About">The interview it is about, if any.</param>
public record ClockTrail(Guid ClockId, Guid? ChildId, Guid? About)
{
    internal static readonly ImmutableSortedDictionary<Guid, Personal<ClockBasis>> Unbased = ImmutableSortedDictionary<Guid, Personal<ClockBasis>>.Empty;

    /// <summary>What it goes by, under the key of each child of the case.</summary>
    public ImmutableSortedDictionary<Guid, Personal<ClockBasis>> Bases { get; init; } = Unbased;

    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Why it does not count any more; null while it does. Then it is on no board and in no share.</summary>
    public string? WithdrawnFor { get; init; }

    /// <summary>In order, without overlap; only the last may be open.</summary>
    public ImmutableList<Suspension> Suspensions { get; init; } = [];

    /// <summary>Dates that people set over the norm's, in the order in which they were set; the last one counts.</summary>
    public ImmutableList<DueDate> DueDates { get; init; } = [];

    /// <summary>Of what people have been alerted, under each date that counted.</summary>
    public ImmutableHashSet<GivenAlert> Alerted { get; init; } = [];

    /// <summary>How often what it goes by was put right.</summary>
    public int Corrections { get; init; }

    /// <summary>When the date that counts now was set; null while it is the norm's.</summary>
    public DateTimeOffset? DateSetAt => DueDates is [.., var last] ? last.SetAt : null;

    public bool IsOpen => StoppedAt is null && WithdrawnFor is null;

    public bool IsSuspended => Suspensions is [.., { Until: null }];

    /// <summary>What it goes by was put right: the norm's date is another, of which nobody was alerted. A date that people set stays theirs.</summary>
    internal ClockTrail Corrected(Guid childId, Personal<ClockBasis> basis) => this with
    {
        Bases = Bases.SetItem(childId, basis),
        Alerted = DueDates.IsEmpty ? [] : Alerted,

        // The same correction comes once for each child.
        Corrections = childId == Bases.Keys.First() ? Corrections + 1 : Corrections,
    };
}

/// <summary>
/// What a clock goes by. Together it tells of a child what must not stand in clear beside its id: the start of the forensic window is the last known
/// moment of abuse, and which definition applies says how old, how urgent or of what.
/// </summary>
/// <param name="Norm">The version it started with.</param>
/// <param name="StartedAt">When it started.</param>
public sealed record ClockBasis(PinnedNorm Norm, DateTimeOffset StartedAt);

/// <summary>A clock, opened for one decision or one read. What it reads at a moment, <see cref="Reckoning"/> says.</summary>
/// <param name="Norm">The version it started with.</param>
/// <param name="StartedAt">When it started.</param>
public sealed record Clock(Guid ClockId, Guid? ChildId, Guid? About, PinnedNorm Norm, DateTimeOffset StartedAt) : ClockTrail(ClockId, ChildId, About)
{
    /// <summary>Thresholds at which people are alerted, in percent of the term.</summary>
    public static readonly ImmutableArray<int> Thresholds = [50, 80, 100];

    public static Clock Of(ClockTrail trail, ClockBasis basis) => new(trail.ClockId, trail.ChildId, trail.About, basis.Norm, basis.StartedAt)
    {
        Bases = trail.Bases,
        StoppedAt = trail.StoppedAt,
        WithdrawnFor = trail.WithdrawnFor,
        Suspensions = trail.Suspensions,
        DueDates = trail.DueDates,
        Alerted = trail.Alerted,
        Corrections = trail.Corrections,
    };
}

/// <param name="Threshold">In percent of the term.</param>
/// <param name="DateSetAt">When the date that counted then was set; null when it was the norm's.</param>
public sealed record GivenAlert(int Threshold, DateTimeOffset? DateSetAt);

/// <param name="From">The clock stands still from here.</param>
/// <param name="Until">It runs again; null while it stands still.</param>
public sealed record Suspension(DateTimeOffset From, DateTimeOffset? Until);

/// <param name="Kind"><c>target</c> (prosecutor, with a plan of approach) or <c>extension</c>.</param>
/// <param name="Due">The date that was set.</param>
/// <param name="SetAt">When it was set: what is suspended after that moves it, what was suspended before does not.</param>
public sealed record DueDate(string Kind, DateTimeOffset Due, DateTimeOffset SetAt)
{
    public const string Target = "target";
    public const string Extension = "extension";
}
