using System.Collections.Immutable;
using Barnahus.Platform.EventLog;

namespace Barnahus.Turnaround.Norms;

/// <summary>Every version of every definition there ever was: the state of the one stream of norms.</summary>
/// <param name="Versions">Per key, oldest first.</param>
public sealed record NormBook(ImmutableSortedDictionary<string, ImmutableList<Norm>> Versions)
{
    /// <summary>There is one for the installation.</summary>
    public const string Stream = "turnaround.norms";

    public static NormBook Initial { get; } = new(ImmutableSortedDictionary.Create<string, ImmutableList<Norm>>(StringComparer.Ordinal));

    /// <summary>The clocks that are defined, in a stable order.</summary>
    public IEnumerable<string> Clocks => Versions.Values.Select(versions => versions[^1].Rule.Clock).Distinct().Order(StringComparer.Ordinal);

    public static NormBook Evolve(NormBook state, IEvent happened) => happened switch
    {
        NormPublished e => new(state.Versions.SetItem(e.Norm.Key, state.Of(e.Norm.Key).Add(e.Norm))),
        _ => throw new InvalidOperationException($"A norm does not know {happened.GetType().Name}."),
    };

    public ImmutableList<Norm> Of(string key) => Versions.GetValueOrDefault(key, []);

    /// <summary>Any definition of a clock: all of them share its start and stop.</summary>
    public Norm AnyOf(string clock) => Versions.Values.Select(versions => versions[^1]).First(norm => norm.Rule.Clock == clock);

    /// <summary>The definitions of a clock as they were in force on a Dutch day.</summary>
    public IEnumerable<Norm> InForce(string clock, DateOnly day) =>
        from versions in Versions.Values
        let norm = versions.FindLast(version => version.ValidFrom <= day)
        where norm is not null && norm.Rule.Clock == clock
        select norm;

    public Norm? Find(string key, int version) => Of(key).Find(norm => norm.Version == version);
}
