using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Clocks;

namespace Barnahus.Turnaround.Cases;

/// <summary>A clock started, by the version of the norm that was in force on its first day.</summary>
/// <param name="OfChild">It is about this child, and not about the whole case.</param>
/// <param name="About">The interview it is about, if any.</param>
/// <param name="Basis">The version, which the clock keeps whatever is published later, and when it started.</param>
[EventType("turnaround.clock-started.v2")]
public sealed record ClockStarted(
    Guid CaseId,
    Guid ChildId,
    Guid ClockId,
    bool OfChild,
    Guid? About,
    [property: Personal(Regime.Prosecution)] Personal<ClockBasis> Basis) : ICaseEvent;

/// <summary>What was learned since puts the start elsewhere, or the child under another definition (e.g. it turns out to be under six).</summary>
/// <param name="Basis">What it goes by from now on.</param>
[EventType("turnaround.clock-corrected.v2")]
public sealed record ClockCorrected(
    Guid CaseId, Guid ChildId, Guid ClockId, [property: Personal(Regime.Prosecution)] Personal<ClockBasis> Basis) : ICaseEvent;

/// <summary>What the clock waited for happened, or the moment at which it did was corrected.</summary>
[EventType("turnaround.clock-stopped.v1")]
public sealed record ClockStopped(Guid CaseId, Guid ChildId, Guid ClockId, DateTimeOffset StoppedAt) : ICaseEvent;

/// <summary>What stopped the clock, or took it out of the count, was taken back: it runs on as if it had never stopped.</summary>
[EventType("turnaround.clock-reopened.v1")]
public sealed record ClockReopened(Guid CaseId, Guid ChildId, Guid ClockId) : ICaseEvent;

/// <summary>The clock counts no more.</summary>
/// <param name="For">Why, a code (<see cref="Withdrawal"/>).</param>
[EventType("turnaround.clock-withdrawn.v1")]
public sealed record ClockWithdrawn(Guid CaseId, Guid ChildId, Guid ClockId, string For) : ICaseEvent;

/// <summary>The clock stands still.</summary>
[EventType("turnaround.clock-suspended.v1")]
public sealed record ClockSuspended(
    Guid CaseId, Guid ChildId, Guid ClockId, DateTimeOffset From, [property: Personal(Regime.Prosecution)] Personal<string> Reason) : ICaseEvent;

/// <summary>The clock runs again; its date moved by what it stood still.</summary>
[EventType("turnaround.clock-resumed.v1")]
public sealed record ClockResumed(Guid CaseId, Guid ChildId, Guid ClockId, DateTimeOffset At) : ICaseEvent;

/// <summary>The clock got more time.</summary>
/// <param name="Due">The new date.</param>
/// <param name="SetAt">When it was decided.</param>
/// <param name="Reason">Why.</param>
[EventType("turnaround.clock-extended.v1")]
public sealed record ClockExtended(
    Guid CaseId, Guid ChildId, Guid ClockId, DateTimeOffset Due, DateTimeOffset SetAt, [property: Personal(Regime.Prosecution)] Personal<string> Reason) : ICaseEvent;

/// <summary>The prosecutor set a date for this case, over the norm.</summary>
/// <param name="Due">The target date.</param>
/// <param name="SetAt">When it was set.</param>
/// <param name="Plan">Plan of approach: how it will be made.</param>
[EventType("turnaround.target-set.v1")]
public sealed record TargetSet(
    Guid CaseId, Guid ChildId, Guid ClockId, DateTimeOffset Due, DateTimeOffset SetAt, [property: Personal(Regime.Prosecution)] Personal<string> Plan) : ICaseEvent;

/// <summary>People were alerted that so much of a term is used.</summary>
/// <param name="Threshold">50, 80 or 100 percent.</param>
/// <param name="Due">When the term ends or ended; sealed, since a term counts back to where it began.</param>
[EventType("turnaround.clock-alerted.v2")]
public sealed record ClockAlerted(
    Guid CaseId, Guid ChildId, Guid ClockId, int Threshold, [property: Personal(Regime.Prosecution)] Personal<DateTimeOffset> Due) : ICaseEvent;

/// <summary>Why a clock counts no more.</summary>
public static class Withdrawal
{
    public const string Merged = "merged";
    public const string FileClosed = "file-closed";
    public const string Dismissed = "dismissed";
    public const string InterviewCancelled = "interview-cancelled";
    public const string InterviewRefused = "interview-refused";

    /// <summary>What started it turned out not to be so, or no definition applies any more.</summary>
    public const string NoLongerApplies = "no-longer-applies";
}
