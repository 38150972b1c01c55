using Xunit.Abstractions;

[assembly: TestCollectionOrderer("Barnahus.SystemTests.LongestFirst", "Barnahus.System.Tests")]

namespace Barnahus.SystemTests;

/// <summary>Two collections run side by side: the one of the stack, which takes longer than all others, would else run alone at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(collection => collection.DisplayName == StackCollection.Name)
            .ThenByDescending(collection => collection.DisplayName.Contains(".Access.", StringComparison.Ordinal));
}
