using System.Collections.Immutable;
using Barnahus.Turnaround.Clocks;

namespace Barnahus.Turnaround.Cases;

/// <summary>How events change the clocks of a case. Each may come once per child of the case: the second time it changes nothing.</summary>
internal static class CaseClocks
{
    internal static ImmutableDictionary<Guid, ClockTrail> Evolve(Case state, ICaseEvent happened)
    {
        var clocks = state.Trails;
        ImmutableDictionary<Guid, ClockTrail> On(Guid clockId, Func<ClockTrail, ClockTrail> change) => clocks.SetItem(clockId, change(clocks[clockId]));

        return happened switch
        {
            ClockStarted e when clocks.ContainsKey(e.ClockId) => On(e.ClockId, clock => clock with { Bases = clock.Bases.SetItem(e.ChildId, e.Basis) }),
            ClockStarted e => Inherit(
                e.CaseId,
                clocks.Add(e.ClockId, new ClockTrail(e.ClockId, e.OfChild ? e.ChildId : null, e.About) { Bases = ClockTrail.Unbased.Add(e.ChildId, e.Basis) }),
                state.TakenOver.Values,
                state.TakenOver.Values.SelectMany(taken => taken.Clocks)),
            ClockCorrected e => On(e.ClockId, clock => clock.Corrected(e.ChildId, e.Basis)),
            ClockStopped e => On(e.ClockId, clock => clock with { StoppedAt = e.StoppedAt }),
            ClockReopened e => On(e.ClockId, clock => clock with { StoppedAt = null, WithdrawnFor = null }),
            ClockWithdrawn e => On(e.ClockId, clock => clock with { WithdrawnFor = e.For }),
            ClockSuspended e => On(e.ClockId, clock => clock.IsSuspended ? clock : clock with { Suspensions = clock.Suspensions.Add(new(e.From, null)) }),
            ClockResumed e => On(e.ClockId, clock => clock.IsSuspended ? clock with { Suspensions = Ended(clock, e.At) } : clock),
            ClockExtended e => On(e.ClockId, clock => Set(clock, new(DueDate.Extension, e.Due, e.SetAt))),
            TargetSet e => On(e.ClockId, clock => Set(clock, new(DueDate.Target, e.Due, e.SetAt))),
            ClockAlerted e => On(e.ClockId, clock => clock with { Alerted = clock.Alerted.Add(new(e.Threshold, clock.DateSetAt)) }),
            _ => throw new InvalidOperationException($"A case does not know {happened.GetType().Name}."),
        };
    }

    /// <summary>
    /// What people decided about a clock of a case that was merged into this one holds for this one's, unless they decided here as well; and of what they were
    /// alerted there, they are not alerted here again.
    /// </summary>
    /// <param name="caseId">This case.</param>
    /// <param name="clocks">Its clocks.</param>
    /// <param name="takenOver">All that was taken over.</param>
    /// <param name="alerted">What of it tells of alerts anew: those told before do not come back for a clock that was put right since, for they were of another date.</param>
    internal static ImmutableDictionary<Guid, ClockTrail> Inherit(
        Guid caseId, ImmutableDictionary<Guid, ClockTrail> clocks, IEnumerable<CaseTakenOver> takenOver, IEnumerable<TakenOverClock> alerted)
    {
        var decided = Change(clocks, takenOver.OrderBy(e => e.FromCaseId).SelectMany(e => e.Clocks), (clock, taken) => clock with
        {
            Suspensions = clock.Suspensions.IsEmpty ? [.. taken.Suspensions] : clock.Suspensions,
            DueDates = clock.DueDates.IsEmpty ? [.. taken.DueDates] : clock.DueDates,
        });
        return Change(decided, alerted, (clock, taken) => clock with { Alerted = clock.Alerted.Union(taken.Alerted) });

        ImmutableDictionary<Guid, ClockTrail> Change(
            ImmutableDictionary<Guid, ClockTrail> before, IEnumerable<TakenOverClock> told, Func<ClockTrail, TakenOverClock, ClockTrail> change) =>
            told.Aggregate(before, (all, taken) => all.GetValueOrDefault(Case.ClockId(caseId, taken.Clock)) is { } clock
                ? all.SetItem(clock.ClockId, change(clock, taken))
                : all);
    }

    /// <summary>The clocks of a take-over with the alerts that an earlier one from the same case did not tell.</summary>
    internal static IEnumerable<TakenOverClock> AlertedAnew(CaseTakenOver taken, CaseTakenOver? before) =>
        taken.Clocks.Select(clock => clock with
        {
            Alerted = [.. clock.Alerted.Except(before?.Clocks.Where(known => known.Clock == clock.Clock).SelectMany(known => known.Alerted) ?? [])],
        });

    private static ImmutableList<Suspension> Ended(ClockTrail clock, DateTimeOffset at) =>
        clock.Suspensions.SetItem(clock.Suspensions.Count - 1, clock.Suspensions[^1] with { Until = at });

    private static ClockTrail Set(ClockTrail clock, DueDate date) =>
        clock.DueDates is [.., var last] && last == date ? clock : clock with { DueDates = clock.DueDates.Add(date) };
}
