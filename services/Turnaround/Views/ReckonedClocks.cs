using System.Collections.Frozen;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Clocks;

namespace Barnahus.Turnaround.Views;

/// <summary>One alert that falls due.</summary>
/// <param name="DateSetAt">When the date it is about was set; null when it is the norm's.</param>
/// <param name="Corrections">How often what the clock goes by was put right.</param>
internal sealed record DueAlert(DateTimeOffset At, Guid CaseId, Guid ClockId, int Threshold, DateTimeOffset? DateSetAt, int Corrections, Guid ChildId);

/// <summary>
/// What has to be computed over all clocks: alerts by the moment at which they fall due, and how long clocks took. A case that changed is only
/// marked; its clocks are opened and reckoned when somebody asks, so that replaying a long log opens nothing.
/// </summary>
internal sealed class ReckonedClocks(CaseOpener opener)
{
    private static readonly Comparer<DueAlert> ByMoment = Comparer<DueAlert>.Create((one, other) =>
        (one.At, one.ClockId, one.Threshold).CompareTo((other.At, other.ClockId, other.Threshold)));

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, CaseImage> _changed = [];
    private readonly Dictionary<Guid, IReadOnlyList<DueAlert>> _alerts = [];
    private readonly Dictionary<Guid, IReadOnlyList<ClockOutcome>> _outcomes = [];
    private readonly SortedSet<DueAlert> _inOrder = new(ByMoment);
    private FrozenDictionary<string, ClockOutcome[]>? _byClock;

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
            Reckon();
            return [.. _inOrder.TakeWhile(alert => alert.At <= now)];
        }
    }

    /// <summary>How clocks that count went and go, by the name of the clock; of nobody in particular.</summary>
    public FrozenDictionary<string, ClockOutcome[]> Outcomes()
    {
        lock (_lock)
        {
            Reckon();
            return _byClock ??= _outcomes.Values.SelectMany(outcomes => outcomes)
                .GroupBy(outcome => outcome.Clock, StringComparer.Ordinal)
                .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        }
    }

    private void Reckon()
    {
        foreach (var (caseId, image) in _changed)
        {
            var clocks = opener.Clocks(image.Case, trail => trail.WithdrawnFor is null).ToList();
            _inOrder.ExceptWith(_alerts.GetValueOrDefault(caseId, []));
            _alerts[caseId] = [.. Alerts(caseId, image.Case, clocks)];
            _inOrder.UnionWith(_alerts[caseId]);
            _outcomes[caseId] = [.. clocks.Select(clock => ClockOutcome.Of(clock, image.Case.Region))];
            _byClock = null;
        }

        _changed.Clear();
    }

    private static IEnumerable<DueAlert> Alerts(Guid caseId, Case state, IEnumerable<Clock> clocks) =>
        from clock in clocks
        where state.IsOpen && state.Merged is null
        from threshold in Clock.Thresholds
        let at = Reckoning.AlertAt(clock, threshold)
        where at is not null
        select new DueAlert(at.Value, caseId, clock.ClockId, threshold, clock.DateSetAt, clock.Corrections, clock.ChildId ?? state.Children[0]);
}
