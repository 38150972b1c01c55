using System.Diagnostics;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.Bus;

/// <summary>Tests that share the broker, and may break it: one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrokerCollection : ICollectionFixture<BrokerFixture>
{
    public const string Name = "broker";
}

/// <summary>Waits for what comes a moment later.</summary>
internal static class Wait
{
    public static async Task ForAsync(Func<Task<bool>> holds, string what, int seconds = 40)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(seconds);)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new ShouldAssertException($"Waited {seconds} s in vain for: {what}.");
    }
}
