using System.Collections.Concurrent;
using Barnahus.Platform.Deciding;

namespace Barnahus.Platform.Tests.Commands;

/// <summary>New ids are new on every thread, and tell when they were made and nothing else.</summary>
public sealed class FreshIdTests
{
    [Fact]
    public void No_two_are_the_same_whatever_thread_makes_them()
    {
        var made = new ConcurrentBag<Guid>();
        Parallel.For(0, 50_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => made.Add(FreshId.New()));
        made.Distinct().Count().ShouldBe(50_000);
        made.ShouldAllBe(id => id.Version == 7 && id.Variant >= 8 && id.Variant <= 11);
    }

    [Fact]
    public void They_come_in_the_order_of_time()
    {
        var before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var id = FreshId.New();
        var after = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var at = Convert.ToInt64(id.ToString("N")[..12], 16);
        at.ShouldBeInRange(before, after);
    }
}
