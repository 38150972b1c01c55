using System.Collections.Concurrent;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;

namespace Barnahus.Intake.Views;

/// <summary>A file was opened in an emergency.</summary>
/// <param name="Position">Place in the log.</param>
/// <param name="Review">How it was judged; null while that is still to be done.</param>
public sealed record EmergencyOpening(
    Guid BreakId, Guid ChildId, Guid AccountId, string Role, DateTimeOffset At, DateTimeOffset Until, Personal<string> Reason, LogPosition Position, OpeningReview? Review = null);

public sealed record OpeningReview(Guid? By, DateTimeOffset At, bool Justified, Personal<string>? Remark);

/// <summary>All emergency openings, and the alarm that each gives.</summary>
public sealed class EmergencyOpenings : View
{
    private readonly ConcurrentDictionary<Guid, EmergencyOpening> _openings = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EmergencyOpenings()
    {
        On<GlassBroken>((e, envelope) =>
        {
            _openings[e.BreakId] = new(e.BreakId, e.ChildId, e.AccountId, e.Role, envelope.OccurredAt, e.Until, e.Reason, envelope.Position);
            Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        });
        On<GlassReviewed>((e, envelope) => _openings[e.BreakId] = _openings[e.BreakId] with
        {
            Review = new(envelope.Actor.AccountId, envelope.OccurredAt, e.Justified, e.Remark),
        });
    }

    /// <summary>Ends at the next opening after this was read.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public EmergencyOpening? Find(Guid breakId) => _openings.GetValueOrDefault(breakId);

    /// <summary>Place in the log of the latest.</summary>
    public LogPosition Latest => _openings.Values.Select(one => one.Position).DefaultIfEmpty(LogPosition.Start).Max();

    /// <summary>Those that the log has after a place, in its order.</summary>
    public IReadOnlyList<EmergencyOpening> After(LogPosition position) =>
        [.. _openings.Values.Where(one => one.Position > position).OrderBy(one => one.Position)];

    /// <summary>Latest first.</summary>
    public IEnumerable<EmergencyOpening> All => _openings.Values.OrderByDescending(one => one.At).ThenBy(one => one.BreakId);
}
