using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Cases;

/// <summary>What can be asked of a case. Times and norms come in: the decider has no clock and reads nothing.</summary>
public abstract record CaseCommand
{
    /// <summary>Intake told how a child's file stands.</summary>
    /// <param name="Facts">What is known of the child; null when it was destroyed.</param>
    public sealed record LearnChildFile(
        Guid CaseId,
        Guid ChildId,
        long SourceRevision,
        string Status,
        Guid? MergedInto,
        string Region,
        DateTimeOffset ReportedAt,
        DateTimeOffset? AssessedAt,
        ClockFacts? Facts,
        NormBook Norms) : CaseCommand;

    /// <summary>Interviews told how the interviews of a child stand.</summary>
    /// <param name="Facts">What is known of the child; null when nothing was learned or it was destroyed.</param>
    public sealed record LearnInterviews(
        Guid CaseId,
        Guid ChildId,
        string SourceStream,
        long SourceRevision,
        IReadOnlyList<LearnedInterview> Interviews,
        DateTimeOffset? ExaminedAt,
        ClockFacts? Facts,
        NormBook Norms) : CaseCommand;

    /// <summary>Goes on with the own case of a child whose file was merged into this one's.</summary>
    /// <param name="From">That case, as it stands.</param>
    /// <param name="FromRevision">Its revision.</param>
    /// <param name="Numbers">Its numbers, opened.</param>
    /// <param name="Facts">What is known of this case's child.</param>
    public sealed record TakeOver(
        Guid CaseId, Guid ChildId, Case From, long FromRevision, CaseNumbers? Numbers, ClockFacts? Facts, NormBook Norms) : CaseCommand;

    /// <summary>A person opens a case, of one or more children.</summary>
    public sealed record Open(
        Guid CaseId, IReadOnlyList<Guid> Children, string Region, DateTimeOffset ReportedAt, CaseNumbers? Numbers, NormBook Norms, DateTimeOffset Now) : CaseCommand;

    /// <summary>A milestone was reached.</summary>
    /// <param name="Correction">Why the date recorded before was wrong.</param>
    /// <param name="Numbers">Numbers that the case got by it.</param>
    public sealed record ReachMilestone(
        string Milestone, DateTimeOffset At, string? Correction, CaseNumbers? Numbers, NormBook Norms, DateTimeOffset Now) : CaseCommand;

    /// <summary>The prosecutor sets a date for this case, over the norm.</summary>
    public sealed record SetTarget(Guid ClockId, DateTimeOffset Due, string Plan, DateTimeOffset Now) : CaseCommand;

    /// <summary>More time for a clock.</summary>
    public sealed record Extend(Guid ClockId, DateTimeOffset Due, string Reason, DateTimeOffset Now) : CaseCommand;

    /// <summary>A clock stands still, or all that can.</summary>
    public sealed record Suspend(Guid? ClockId, DateTimeOffset From, string Reason, DateTimeOffset Now) : CaseCommand;

    /// <summary>A clock runs again, or all that stand still.</summary>
    public sealed record Resume(Guid? ClockId, DateTimeOffset At, DateTimeOffset Now) : CaseCommand;

    /// <summary>So much of a term is used.</summary>
    public sealed record Alert(Guid ClockId, int Threshold, DateTimeOffset Now) : CaseCommand;
}
