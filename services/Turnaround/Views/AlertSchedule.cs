using Barnahus.Turnaround.Clocks;

namespace Barnahus.Turnaround.Views;

/// <summary>One alert that falls due.</summary>
internal sealed record DueAlert(DateTimeOffset At, Guid CaseId, Guid ClockId, int Threshold, Guid ChildId);

/// <summary>
/// Alerts by the moment at which they fall due. A case that changed is only marked; its moments are reckoned when somebody asks, so that
/// replaying a long log does not reckon each clock again at every event.
/// </summary>
internal sealed class AlertSchedule
{
    private static readonly Comparer<DueAlert> ByMoment = Comparer<DueAlert>.Create((one, other) =>
        (one.At, one.ClockId, one.Threshold).CompareTo((other.At, other.ClockId, other.Threshold)));

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, CaseImage> _changed = [];
    private readonly Dictionary<Guid, IReadOnlyList<DueAlert>> _byCase = [];
    private readonly SortedSet<DueAlert> _inOrder = new(ByMoment);

    public void Changed(CaseImage image)
    {
        lock (_lock)
        {
            _changed[image.Case.CaseId!.Value] = image;
        }
    }

    /// <summary>What is due at a moment, the earliest first.</summary>
    public IReadOnlyList<DueAlert> Due(DateTimeOffset now)
    {
        lock (_lock)
        {
            foreach (var (caseId, image) in _changed)
            {
                _inOrder.ExceptWith(_byCase.GetValueOrDefault(caseId, []));
                _byCase[caseId] = [.. Alerts(caseId, image)];
                _inOrder.UnionWith(_byCase[caseId]);
            }

            _changed.Clear();
            return [.. _inOrder.TakeWhile(alert => alert.At <= now)];
        }
    }

    private static IEnumerable<DueAlert> Alerts(Guid caseId, CaseImage image) =>
        from clock in image.Case.Clocks.Values
        where image.Case.IsOpen && image.Case.Merged is null
        from threshold in Clock.Thresholds
        where !clock.Alerted.Contains(threshold)
        let at = Reckoning.AlertAt(clock, threshold)
        where at is not null
        select new DueAlert(at.Value, caseId, clock.ClockId, threshold, clock.ChildId ?? image.Case.Children[0]);
}
