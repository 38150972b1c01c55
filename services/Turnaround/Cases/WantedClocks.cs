using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Cases;

/// <summary>A clock as it must stand by what is known now, whatever the order in which it was learned.</summary>
internal sealed record WantedClock(
    Guid ClockId, bool OfChild, Guid? About, PinnedNorm Norm, DateTimeOffset StartedAt, DateTimeOffset? StoppedAt, string? WithdrawnFor);

/// <summary>Which clocks a case must have. Suspensions, dates set by people and alerts are not its concern.</summary>
/// <param name="state">The case.</param>
/// <param name="norms">All norms.</param>
/// <param name="facts">What is known of the child; null when it cannot be opened here: then what depends on it stays as it is.</param>
internal sealed class WantedClocks(Case state, NormBook norms, ClockFacts? facts)
{
    /// <summary>In a stable order.</summary>
    public IEnumerable<WantedClock> All() => norms.Clocks.SelectMany(OfClock);

    private IEnumerable<WantedClock> OfClock(string clock)
    {
        var start = norms.AnyOf(clock).Rule.Start;
        return start switch
        {
            // After a merge both files tell of one interview, and only the one that goes on learns how it goes on.
            Moment.InterviewRequested => state.Interviews.Values
                .OrderBy(learned => state.OwnChild is { } child && learned.SourceStream == $"interviews.child-{child:D}" ? 0 : 1)
                .SelectMany(learned => learned.Interviews)
                .Where(interview => interview.Kind is "forensic" or "supplementary")
                .DistinctBy(interview => interview.InterviewId)
                .OrderBy(interview => interview.InterviewId)
                .SelectMany(interview => Want(clock, start, interview)),
            _ when Moment.IsOfChild(start) && state.OwnChild is null => [],
            _ => Want(clock, start, null),
        };
    }

    private IEnumerable<WantedClock> Want(string clock, string start, LearnedInterview? interview)
    {
        var clockId = Case.ClockId(state.CaseId!.Value, Case.NameOf(clock, interview?.InterviewId));
        var existing = state.Clocks.GetValueOrDefault(clockId);
        var ofChild = Moment.IsOfChild(start);
        if (Started(start, interview, existing) is { } startedAt && Norm(clock, startedAt, existing) is { } norm)
        {
            var stoppedAt = At(norm.Rule.Stop, interview);
            yield return new(clockId, ofChild, interview?.InterviewId, norm, startedAt, stoppedAt, Withdrawn(ofChild, interview, stoppedAt));
        }
        else if (existing is not null)
        {
            yield return new(
                clockId, ofChild, existing.About, existing.Norm, existing.StartedAt, existing.StoppedAt, Withdrawal.NoLongerApplies);
        }
    }

    private DateTimeOffset? Started(string start, LearnedInterview? interview, Clock? existing) =>
        start is Moment.LastEvent && facts is null ? existing?.StartedAt : At(start, interview);

    /// <summary>The version that a clock started with, as long as its definition still applies; else the shortest of those that do.</summary>
    private PinnedNorm? Norm(string clock, DateTimeOffset startedAt, Clock? existing)
    {
        if (facts is null && existing is not null)
        {
            return existing.Norm;
        }

        var reportedAt = state.ReportedAt ?? startedAt;
        var applies = norms.InForce(clock, startedAt.DutchDate())
            .Where(norm => norm.Rule.AppliesTo?.Holds(facts ?? ClockFacts.Nothing, startedAt, reportedAt, norm.Rule.Term) ?? true)
            .MinBy(norm => Reckoning.End(startedAt, norm.Rule.Term, norm.Rule.Holidays));
        return applies is null ? null : existing?.Norm.Key == applies.Key ? existing.Norm : applies.Pin();
    }

    private DateTimeOffset? At(string moment, LearnedInterview? interview) => moment switch
    {
        Moment.Report => state.ReportedAt,
        Moment.Referral => state.File is null ? null : state.ReportedAt,
        Moment.Assessed => state.File?.AssessedAt,
        Moment.LastEvent => facts?.LastEventAt,
        Moment.Examined => state.Examined.Values.Select(at => (DateTimeOffset?)at).Aggregate((DateTimeOffset?)null, Case.Earliest),
        Moment.InterviewRequested => interview?.RequestedAt,
        Moment.InterviewCompleted => interview?.CompletedAt,
        _ => state.MilestoneAt(moment),
    };

    private string? Withdrawn(bool ofChild, LearnedInterview? interview, DateTimeOffset? stoppedAt)
    {
        if (state.Merged is not null)
        {
            return Withdrawal.Merged;
        }

        if (stoppedAt is not null)
        {
            return null;
        }

        return interview?.Status switch
        {
            "cancelled" => Withdrawal.InterviewCancelled,
            "refused" => Withdrawal.InterviewRefused,
            _ when ofChild && state.File?.Status == "closed" => Withdrawal.FileClosed,
            _ when !ofChild && state.MilestoneAt(Milestone.Dismissal) is not null => Withdrawal.Dismissed,
            _ => null,
        };
    }
}
