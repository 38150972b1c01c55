using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Cases;

/// <summary>
/// Brings the clocks of a case in line with what is known. Because it compares with what must be, and not with what just happened,
/// messages may come in any order, twice or late.
/// </summary>
internal static class Reconciliation
{
    /// <summary>Accepts what was learned, with the events on the clocks that follow from it.</summary>
    internal static Decision Settle(Case state, IReadOnlyList<ICaseEvent> learned, NormBook norms, ClockFacts? facts)
    {
        var after = learned.Aggregate(state, Case.Evolve);
        IEnumerable<ICaseEvent> clocks = after.IsOpen ? new WantedClocks(after, norms, facts).All().SelectMany(wanted => Events(after, wanted)) : [];
        return Decision.Accept([.. learned, .. clocks]);
    }

    /// <summary>The same event for every child it concerns: the one that the clock is about, else all in the case.</summary>
    internal static IEnumerable<ICaseEvent> ForEach(Case state, Guid? childId, Func<Guid, ICaseEvent> about) =>
        childId is { } one ? [about(one)] : state.Children.Select(about);

    private static IEnumerable<ICaseEvent> Events(Case state, WantedClock wanted)
    {
        var caseId = state.CaseId!.Value;
        var child = wanted.OfChild ? state.OwnChild : null;
        IEnumerable<ICaseEvent> Say(Func<Guid, ICaseEvent> about) => ForEach(state, child, about);
        Personal<ClockBasis> Basis() => Personal.Of(new ClockBasis(wanted.Norm, wanted.StartedAt));

        if (!state.Clocks.TryGetValue(wanted.ClockId, out var clock))
        {
            // A clock that cannot be opened any more is left as it is.
            if (wanted.WithdrawnFor is not null || state.Trails.ContainsKey(wanted.ClockId))
            {
                return [];
            }

            var started = Say(childId => new ClockStarted(caseId, childId, wanted.ClockId, wanted.OfChild, wanted.About, Basis()));
            return wanted.StoppedAt is { } at ? started.Concat(Say(childId => new ClockStopped(caseId, childId, wanted.ClockId, at))) : started;
        }

        var events = new List<ICaseEvent>();
        if (clock.StartedAt != wanted.StartedAt || clock.Norm.Key != wanted.Norm.Key)
        {
            events.AddRange(Say(childId => new ClockCorrected(caseId, childId, wanted.ClockId, Basis())));
        }

        var stoppedAt = clock.StoppedAt;
        var withdrawnFor = clock.WithdrawnFor;
        if ((withdrawnFor is not null && wanted.WithdrawnFor is null) || (stoppedAt is not null && wanted.StoppedAt is null))
        {
            (stoppedAt, withdrawnFor) = (null, null);
            events.AddRange(Say(childId => new ClockReopened(caseId, childId, wanted.ClockId)));
        }

        if (wanted.StoppedAt is { } stopped && stopped != stoppedAt)
        {
            events.AddRange(Say(childId => new ClockStopped(caseId, childId, wanted.ClockId, stopped)));
        }

        if (wanted.WithdrawnFor is { } reason && reason != withdrawnFor)
        {
            events.AddRange(Say(childId => new ClockWithdrawn(caseId, childId, wanted.ClockId, reason)));
        }

        return events;
    }
}
