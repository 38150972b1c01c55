using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Views;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>Views answer while they show what stood in the log five seconds ago, and not before they have caught up once.</summary>
public sealed class FreshnessTests : IDisposable
{
    private const long Bound = 5000;
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
    private readonly Guid _child = Guid.CreateVersion7();
    private readonly Guid _account = Guid.CreateVersion7();
    private SteeredLog _log = null!;

    private string Notes => $"/toy/v1/children/{_child:D}/notes";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_follower_that_is_always_a_little_behind_is_fresh_under_constant_load()
    {
        var freshness = new Freshness();
        for (var second = 1; second <= 60; second++)
        {
            freshness.HeadWas(new LogPosition(second * 100), second * 1000);
            freshness.Shows(new LogPosition((second * 100) - 1));
            if (second > 1)
            {
                freshness.Within(Bound, second * 1000).ShouldBeTrue($"in second {second}");
            }
        }
    }

    [Fact]
    public void One_that_hangs_ages_once_it_misses_something_and_recovers()
    {
        var freshness = new Freshness();
        freshness.Within(Bound, 0).ShouldBeFalse("nothing is known yet");
        freshness.Shows(new LogPosition(7));
        for (var second = 1; second <= 20; second++)
        {
            freshness.HeadWas(new LogPosition(7), second * 1000);
        }

        freshness.Within(Bound, 20_000).ShouldBeTrue("nothing was written, so nothing is missed");
        for (var second = 21; second <= 40; second++)
        {
            freshness.HeadWas(new LogPosition(8), second * 1000);
            freshness.Within(Bound, second * 1000).ShouldBe(second <= 25, $"in second {second}");
        }

        freshness.Shows(new LogPosition(8));
        freshness.Within(Bound, 40_000).ShouldBeTrue();
    }

    [Fact]
    public async Task A_follower_that_hangs_closes_every_door_after_five_seconds()
    {
        await using var fixture = await StartAsync(hold: false);
        await HostingTests.OnTeamAsync(fixture, _child, _account);
        var member = fixture.As(_account, Roles.Interviewer);
        await member.PostAsync(Notes, new NewNote("n")).JsonAsync(200);
        await fixture.CaughtUpAsync();
        await member.GetAsync(Notes).JsonAsync(200);

        _log.HoldFollowers();
        await member.PostAsync(Notes, new NewNote("unseen")).JsonAsync(200);
        var problem = await ClosedAsync(() => member.GetAsync(Notes));
        problem.ShouldContain("urn:barnahus:problem:not-ready");
        (await ClosedAsync(() => member.PostAsync(Notes, new NewNote("late")))).ShouldContain("urn:barnahus:problem:not-ready");

        _log.Free();
        await fixture.CaughtUpAsync();
        await SubscriptionTests.WaitAsync(() => member.GetAsync(Notes).Result.IsSuccessStatusCode, "the door to open again");
    }

    [Fact]
    public async Task A_process_is_not_ready_while_it_catches_up()
    {
        await using (var before = await StartAsync(hold: false))
        {
            await HostingTests.OnTeamAsync(before, _child, _account);
            await before.As(_account, Roles.Interviewer).PostAsync(Notes, new NewNote("n")).JsonAsync(200);
        }

        await using var fixture = await StartAsync(hold: true);
        var health = await fixture.Client().GetAsync("/health/ready").JsonAsync(503);
        health.GetProperty("status").GetString().ShouldBe("not-ready");
        await fixture.Client().GetAsync("/health/live").JsonAsync(200);
        await fixture.As(_account, Roles.Interviewer).GetAsync(Notes).JsonAsync(503);

        _log.Free();
        await fixture.CaughtUpAsync();
        await SubscriptionTests.WaitAsync(() => fixture.Client().GetAsync("/health/ready").Result.IsSuccessStatusCode, "readiness");
        await fixture.As(_account, Roles.Interviewer).GetAsync(Notes).JsonAsync(200);
    }

    private static async Task<string> ClosedAsync(Func<Task<HttpResponseMessage>> ask)
    {
        for (var i = 0; i < 120; i++)
        {
            using var answer = await ask();
            if (answer.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable)
            {
                return await answer.Content.ReadAsStringAsync();
            }

            await Task.Delay(100);
        }

        throw new ShouldAssertException("Twelve seconds after its follower hung, the service still answers.");
    }

    private Task<ServiceFixture> StartAsync(bool hold) => ServiceFixture.StartAsync([ToyModule.Module], folder: _folder, waitUntilCaughtUp: !hold, configure: builder =>
    {
        _log = new SteeredLog((IEventLog)builder.Services.Last(service => service.ServiceType == typeof(IEventLog)).ImplementationInstance!);
        if (hold)
        {
            _log.HoldFollowers();
        }

        builder.Services.AddSingleton<IEventLog>(_log);
    });
}
