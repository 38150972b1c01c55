namespace Barnahus.Contracts;

/// <summary>Interviews: how the interviews and the medical appointment of a child stand now. Carries the whole state; the highest revision wins.</summary>
[TakenBy("intake", "turnaround")]
public sealed record InterviewsChanged(
    Source Source,
    Guid ChildId,
    IReadOnlyList<InterviewState> Interviews,
    MedicalState? Medical);

/// <param name="InterviewId">The interview.</param>
/// <param name="Kind"><c>forensic</c>, <c>supplementary</c>, <c>informative-talk</c> or <c>rc-hearing</c>.</param>
/// <param name="Status"><c>requested | decided | refused | booked | started | completed | cancelled</c>.</param>
/// <param name="RequestedAt">When it was asked for.</param>
/// <param name="BookedFor">Start of the booked slot.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="CompletedAt">When it was completed.</param>
/// <param name="CancelledAt">When it was cancelled.</param>
public sealed record InterviewState(
    Guid InterviewId,
    string Kind,
    string Status,
    DateTimeOffset RequestedAt,
    DateTimeOffset? BookedFor,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset? CancelledAt);

/// <summary>The medical examination. When it is planned stays sealed with Interviews.</summary>
/// <param name="Examined">The sealed moment at which it was done first; null while it was not, or when that was destroyed.</param>
public sealed record MedicalState(SealedField? Examined);
