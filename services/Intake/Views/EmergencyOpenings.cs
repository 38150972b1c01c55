using System.Collections.Concurrent;
using Barnahus.Platform.Access;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;

namespace Barnahus.Intake.Views;

/// <summary>A file was opened in an emergency.</summary>
/// <param name="Review">How it was judged; null while that is still to be done.</param>
public sealed record EmergencyOpening(
    Guid BreakId, Guid ChildId, Guid AccountId, string Role, DateTimeOffset At, DateTimeOffset Until, Personal<string> Reason, OpeningReview? Review = null);

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
            _openings[e.BreakId] = new(e.BreakId, e.ChildId, e.AccountId, e.Role, envelope.OccurredAt, e.Until, e.Reason);
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

    /// <summary>Latest first.</summary>
    public IEnumerable<EmergencyOpening> All => _openings.Values.OrderByDescending(one => one.At).ThenBy(one => one.BreakId);
}
