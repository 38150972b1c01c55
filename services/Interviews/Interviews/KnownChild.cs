using Barnahus.Contracts;

namespace Barnahus.Interviews.Interviews;

/// <summary>
/// What is known of the child at the moment of a command, opened by the feature: deciders compute on it, and never open anything themselves.
/// </summary>
/// <param name="Revision">Revision of the file it was opened from; when the file has moved on, the decision is refused and made again.</param>
/// <param name="Facts">The facts.</param>
public sealed record KnownChild(long Revision, ChildFacts Facts)
{
    /// <summary>Rules that were set aside, opened. One that is set aside meanwhile counts the next time.</summary>
    public IReadOnlyCollection<WaivedRule> Waived { get; init; } = [];

    /// <summary>Whether a rule is set aside for an interview.</summary>
    public bool IsWaived(Interview interview, string rule) => Waived.Contains(new(interview.InterviewId, rule));

    /// <inheritdoc cref="ChildAge.On"/>
    public int? AgeOn(DateOnly day) => ChildAge.On(day, Facts.BirthDate, Facts.EstimatedAge, Facts.EstimatedOn);

    /// <summary>The last moment of the acute forensic window (medical examination), if a moment of abuse is known.</summary>
    public DateTimeOffset? ForensicWindowEnds(InterviewSettings settings) => Facts.LastEventAt?.AddDays(settings.ForensicWindowDays);
}

/// <param name="InterviewId">For which interview.</param>
/// <param name="Rule">A <see cref="WaivableRule"/>.</param>
public sealed record WaivedRule(Guid InterviewId, string Rule);
