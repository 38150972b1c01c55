using Xunit.Abstractions;

namespace Barnahus.Testing;

/// <summary>Collections that take long, for what they do or for what they wait for, begin first: at the end they would run alone. Every test assembly asks for it (Tests.props).</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    /// <summary>What the names of such collections hold, the longest first.</summary>
    private static readonly string[] Long = ["stack", ".Access.", "RequestLimitTests", "BadInput", "DeployRunTests", "EverySecretTests"];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) => testCollections.OrderBy(collection =>
        Array.FindIndex(Long, name => collection.DisplayName.Contains(name, StringComparison.Ordinal)) is >= 0 and var place ? place : Long.Length);
}
