using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Clocks;

namespace Barnahus.Turnaround.Cases;

/// <summary>Opens the clocks of a case for one decision, one read or one reckoning; nothing opened is kept.</summary>
public sealed class CaseOpener
{
    private readonly PersonalData _personal;

    public CaseOpener(PersonalData personal)
    {
        _personal = personal;
        Decider = new(Case.Initial, (command, state) => CaseDecider.Decide(command, Open(state)), Case.Evolve);
    }

    /// <summary>The decider, which stays pure: it decides on a case whose clocks were opened before.</summary>
    public Decider<CaseCommand, Case> Decider { get; }

    /// <summary>The case with its clocks, and when the child was examined; without what is under destroyed keys.</summary>
    public Case Open(Case state) => state with
    {
        Clocks = Clocks(state, _ => true).ToImmutableDictionary(clock => clock.ClockId),
        Examined = Examined(state).ToImmutableSortedDictionary(StringComparer.Ordinal),
    };

    /// <summary>Some clocks of a case: only those are opened.</summary>
    public IEnumerable<Clock> Clocks(Case state, Func<ClockTrail, bool> wanted) =>
        from trail in state.Trails.Values
        where wanted(trail)
        let basis = trail.Bases.Values.Select(one => _personal.Open(one).ValueOrDefault).FirstOrDefault(one => one is not null)
        where basis is not null
        select Clock.Of(trail, basis);

    private IEnumerable<KeyValuePair<string, DateTimeOffset>> Examined(Case state)
    {
        foreach (var learned in state.Interviews.Values)
        {
            if (learned.ExaminedAt is { } at && _personal.Open(at) is { DestroyedRegime: null, ValueOrDefault: var moment })
            {
                yield return new(learned.SourceStream, moment);
            }
        }
    }
}
