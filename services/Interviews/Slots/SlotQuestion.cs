using Barnahus.Contracts;

namespace Barnahus.Interviews.Slots;

/// <summary>A time of the child's own, every week or on one day, in Dutch wall-clock time: nap, medication, prayer, school.</summary>
/// <param name="From">From.</param>
/// <param name="To">To, exclusive.</param>
/// <param name="Day">Day of the week; null: every day.</param>
/// <param name="Date">That day only.</param>
public sealed record OwnTime(TimeOnly From, TimeOnly To, DayOfWeek? Day = null, DateOnly? Date = null)
{
    /// <summary>Whether it comes on a day.</summary>
    public bool IsOn(DateOnly date) => (Date is null || Date == date) && (Day is null || Day == date.DayOfWeek);
}

/// <summary>What is asked: an interview for this child, between these moments.</summary>
/// <param name="ChildId">The child.</param>
/// <param name="Region">Region the building must lie in.</param>
/// <param name="Now">Domain time; nothing starts before it.</param>
/// <param name="From">First start, UTC.</param>
/// <param name="To">End of the starts, UTC, exclusive.</param>
/// <param name="RequestedAt">When the interview was asked for: waiting marks count from it.</param>
public sealed record SlotQuestion(
    Guid ChildId, string Region, DateTimeOffset Now, DateTimeOffset From, DateTimeOffset To, DateTimeOffset RequestedAt)
{
    /// <summary>Further regions that will do.</summary>
    public IReadOnlyList<string> OtherRegions { get; init; } = [];

    /// <summary>Opaque keys of the cases the child is part of.</summary>
    public IReadOnlyList<string> CaseKeys { get; init; } = [];

    /// <summary>Date of birth: the age counts on the day of the interview itself.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>Estimated age in years, when there is no date of birth.</summary>
    public int? EstimatedAge { get; init; }

    /// <summary>Day of the estimate; from it the estimate grows older.</summary>
    public DateOnly? EstimatedOn { get; init; }

    /// <summary>Structured needs: these drive rules.</summary>
    public StructuredNeeds Needs { get; init; } = new();

    /// <summary>The child's own times.</summary>
    public IReadOnlyList<OwnTime> OwnTimes { get; init; } = [];

    /// <summary>Minutes the child travels each way; own times must be reached and left from home.</summary>
    public int TravelMinutes { get; init; }

    /// <summary>When the medical examination is over, or is planned to be; null while it is not planned.</summary>
    public DateTimeOffset? ExaminedBy { get; init; }

    /// <summary>Recent events, an immediate full account, or a need of protection: the shortest waiting mark holds.</summary>
    public bool Urgent { get; init; }

    /// <summary>Codes of the people who interviewed this child before: the same person goes first (Besluit slachtoffers art. 11).</summary>
    public IReadOnlyList<string> PreviousPersonIds { get; init; } = [];

    /// <summary>Accounts in conflict of interest with the child; people bound to them are left out.</summary>
    public IReadOnlyList<Guid> ConflictingAccountIds { get; init; } = [];

    /// <summary>Accounts that could have read what is restricted until the child was interviewed; interviewers bound to them are left out.</summary>
    public IReadOnlyList<Guid> BlockedAccountIds { get; init; } = [];

    /// <summary>Codes of people who want to watch from the observation room. Advisory: a slot without one of them is still a slot.</summary>
    public IReadOnlyList<string> ObserverIds { get; init; } = [];

    /// <summary>The child's reservation that a new one will take the place of: it stands in nobody's way.</summary>
    public Guid? Replaces { get; init; }

    /// <summary>Rules a waiver sets aside (Besluit slachtoffers art. 16); those that cannot be waived are kept all the same.</summary>
    public IReadOnlyList<string> WaivedRules { get; init; } = [];

    /// <summary>Age in whole years on a day; null when nothing is known.</summary>
    public int? AgeOn(DateOnly day) => ChildAge.On(day, BirthDate, EstimatedAge, EstimatedOn);
}
