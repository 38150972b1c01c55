using Barnahus.Contracts;

namespace Barnahus.Interviews.Interviews;

/// <summary>
/// What is known of the child at the moment of a command, opened by the feature: deciders compute on it, and never open anything themselves.
/// </summary>
/// <param name="Revision">Revision of the file it was opened from; when the file has moved on, the decision is refused and made again.</param>
/// <param name="Facts">The facts.</param>
public sealed record KnownChild(long Revision, ChildFacts Facts)
{
    /// <inheritdoc cref="ChildAge.On"/>
    public int? AgeOn(DateOnly day) => ChildAge.On(day, Facts.BirthDate, Facts.EstimatedAge, Facts.EstimatedOn);

    /// <summary>The last moment of the acute forensic window (medical examination), if a moment of abuse is known.</summary>
    public DateTimeOffset? ForensicWindowEnds(InterviewSettings settings) => Facts.LastEventAt?.AddDays(settings.ForensicWindowDays);
}
