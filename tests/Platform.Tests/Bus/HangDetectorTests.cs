using Barnahus.Platform.Bus;

namespace Barnahus.Platform.Tests.Bus;

public sealed class HangDetectorTests
{
    private readonly HangDetector _detector = new(TimeSpan.FromSeconds(15));

    [Fact]
    public void Messages_that_wait_while_none_is_received_are_a_hang_after_a_while()
    {
        See(0, ready: 0, received: 7);
        See(5, ready: 3, received: 7).ShouldBeFalse();
        See(15, ready: 3, received: 7).ShouldBeFalse();
        See(20, ready: 9, received: 7).ShouldBeTrue();
    }

    [Fact]
    public void One_that_is_received_in_between_says_it_is_alive()
    {
        See(0, ready: 3, received: 7);
        See(10, ready: 3, received: 7);
        See(14, ready: 2, received: 8);
        See(20, ready: 2, received: 8);
        See(30, ready: 2, received: 8).ShouldBeFalse();
        See(35, ready: 2, received: 8).ShouldBeTrue();
    }

    [Fact]
    public void Slow_work_is_no_hang()
    {
        for (var second = 0; second < 100; second += 5)
        {
            See(second, ready: 50, received: 7, working: 1).ShouldBeFalse();
        }
    }

    [Fact]
    public void Nothing_to_do_is_no_hang()
    {
        for (var second = 0; second < 100; second += 5)
        {
            See(second, ready: 0, received: 7).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_queue_without_consumers_or_no_queue_at_all_is_a_hang_after_a_while()
    {
        See(0, ready: 0, received: 7, consumers: 0).ShouldBeFalse();
        See(15, ready: 0, received: 7, consumers: 0).ShouldBeTrue();
        _detector.Forget();
        _detector.Hangs.ShouldBeFalse();
        _detector.Saw(TimeSpan.FromSeconds(20), null, 7, 0);
        _detector.Saw(TimeSpan.FromSeconds(35), null, 7, 0);
        _detector.Hangs.ShouldBeTrue();
    }

    [Fact]
    public void A_bus_that_still_connects_gets_more_time()
    {
        _detector.Saw(TimeSpan.Zero, null, 0, 0, starting: true);
        _detector.Saw(TimeSpan.FromSeconds(59), null, 0, 0, starting: true);
        _detector.Hangs.ShouldBeFalse();
        _detector.Saw(TimeSpan.FromSeconds(60), null, 0, 0, starting: true);
        _detector.Hangs.ShouldBeTrue();
    }

    private bool See(int second, uint ready, long received, int working = 0, uint consumers = 2)
    {
        _detector.Saw(TimeSpan.FromSeconds(second), new QueueState(ready, consumers), received, working);
        return _detector.Hangs;
    }
}
