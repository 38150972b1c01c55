using System.Text.Json;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Timers;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>What is due and cannot be done is seen: health says which item, and forgets it when it is done or due no more.</summary>
public sealed class FailingTimerTests
{
    [Fact]
    public async Task An_item_that_keeps_failing_is_shown_until_it_succeeds()
    {
        var alarm = new Alarm { Due = ["a", "b"], Fails = ["a"] };
        await using var fixture = await StartAsync(alarm);
        await SubscriptionTests.WaitAsync(() => alarm.Fired("b") && Items(fixture) is ["alarm a IOException"], "the failing item in health");
        (await HealthAsync(fixture)).GetProperty("status").GetString().ShouldBe("degraded");
        alarm.Fails = [];
        await SubscriptionTests.WaitAsync(() => alarm.Fired("a") && Items(fixture) is [], "health to forget it");
        (await HealthAsync(fixture)).GetProperty("status").GetString().ShouldBe("ready");
    }

    [Fact]
    public async Task An_item_that_is_due_no_more_is_forgotten_and_asked_at_once_when_it_is_due_again()
    {
        var alarm = new Alarm { Due = ["a"], Fails = ["a"] };
        await using var fixture = await StartAsync(alarm);
        await SubscriptionTests.WaitAsync(() => Items(fixture) is ["alarm a IOException"], "the failing item in health");

        // Its second try failed too: the third would be two seconds away.
        await SubscriptionTests.WaitAsync(() => fixture.Services.GetRequiredService<TimerHost>().Failing.Single().Times >= 2, "a second try");
        alarm.Due = [];
        await SubscriptionTests.WaitAsync(() => Items(fixture) is [], "health to forget it");
        alarm.Fails = [];
        alarm.Due = ["a"];
        var asked = Environment.TickCount64;
        await SubscriptionTests.WaitAsync(() => alarm.Fired("a"), "the item");
        (Environment.TickCount64 - asked).ShouldBeLessThan(1900);
    }

    [Fact]
    public async Task A_timer_that_cannot_tell_what_is_due_is_shown()
    {
        var alarm = new Alarm { Broken = true };
        await using var fixture = await StartAsync(alarm);
        await SubscriptionTests.WaitAsync(() => Items(fixture) is ["alarm * InvalidOperationException"], "the failing timer in health");
        alarm.Broken = false;
        await SubscriptionTests.WaitAsync(() => Items(fixture) is [], "health to forget it");
    }

    private static Task<ServiceFixture> StartAsync(Alarm alarm) => ServiceFixture.StartAsync(
        [ToyModule.Module], configure: builder => builder.Services.AddSingleton<IServiceTimer>(alarm));

    private static Task<JsonElement> HealthAsync(ServiceFixture fixture) => fixture.Client().GetAsync("/health/ready").JsonAsync(200);

    private static string[] Items(ServiceFixture fixture) => [.. HealthAsync(fixture).Result.GetProperty("timersFailing").EnumerateArray()
        .Select(one => $"{one.GetProperty("timer")} {one.GetProperty("item")} {one.GetProperty("failure")}")];

    private sealed class Alarm : IServiceTimer
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> _fired = new();

        public string Name => "alarm";

        public IReadOnlyList<string> Due { get; set; } = [];

        public IReadOnlyList<string> Fails { get; set; } = [];

        public bool Broken { get; set; }

        public bool Fired(string item) => _fired.ContainsKey(item);

        IEnumerable<DueItem> IServiceTimer.Due(DateTimeOffset now) => Broken
            ? throw new InvalidOperationException("The view of this timer is broken.")
            : Due.Select(item => new DueItem(item, now, SubjectId.None));

        public Task FireAsync(DueItem item, CommandContext context, CancellationToken cancellationToken)
        {
            if (Fails.Contains(item.Id))
            {
                throw new IOException("It does not work.");
            }

            _fired[item.Id] = true;
            return Task.CompletedTask;
        }
    }
}
