using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Views;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>What goes on by itself after a command: publishing, reactions, timers; across restarts, once.</summary>
[Collection(StoppedSubscriptionTests.Followers)]
public sealed class SubscriptionTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 9, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
    private readonly Guid _child = Guid.CreateVersion7();
    private readonly Guid _account = Guid.CreateVersion7();

    private string Path => $"/toy/v1/children/{_child:D}/notes";

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_message_a_reaction_and_a_timer_happen_once_whatever_restarts()
    {
        await using (var first = await StartAsync(Start))
        {
            await HostingTests.OnTeamAsync(first, _child, _account);
            await first.As(_account, Roles.Interviewer).PostAsync(Path, new NewNote("n")).JsonAsync(200);
            await UntilAsync(first, note => note is { Echoed: 1, Counted: 1, Rang: 0 });
        }

        for (var restart = 1; restart <= 2; restart++)
        {
            await using var again = await StartAsync(Start.AddMinutes(15));
            await UntilAsync(again, note => note is { Echoed: 1, Counted: 1, Rang: 1 });
            await Task.Delay(500);
            await UntilAsync(again, note => note is { Echoed: 1, Counted: 1, Rang: 1 });
        }
    }

    [Fact]
    public async Task A_consumer_that_fails_for_a_while_gets_the_message_after_all()
    {
        await using var fixture = await StartAsync(Start);
        fixture.Services.GetRequiredService<Faults>().Left = 3;
        await HostingTests.OnTeamAsync(fixture, _child, _account);
        await fixture.As(_account, Roles.Interviewer).PostAsync(Path, new NewNote("n")).JsonAsync(200);
        await UntilAsync(fixture, note => note is { Echoed: 1 });
        fixture.Services.GetRequiredService<ParkedEvents>().All.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_keeps_failing_is_parked_visibly_and_tried_again_at_the_next_start()
    {
        await using (var fixture = await StartAsync(Start))
        {
            fixture.Services.GetRequiredService<Faults>().Left = 1000;
            await HostingTests.OnTeamAsync(fixture, _child, _account);
            await fixture.As(_account, Roles.Interviewer).PostAsync(Path, new NewNote("n")).JsonAsync(200);
            await WaitAsync(() => fixture.Services.GetRequiredService<ParkedEvents>().All.Count == 1, "parked");
            var health = await fixture.Client().GetAsync("/health/ready").JsonAsync(200);
            health.GetProperty("status").GetString().ShouldBe("degraded");
        }

        await using var mended = await StartAsync(Start);
        await UntilAsync(mended, note => note is { Echoed: 1 });
        await WaitAsync(() => mended.Services.GetRequiredService<ParkedEvents>().All.Count == 0, "unparked");
    }

    [Fact]
    public async Task A_poison_event_stops_the_views_visibly_and_closes_every_door()
    {
        await using var fixture = await StartAsync(Start);
        await HostingTests.OnTeamAsync(fixture, _child, _account);
        var member = fixture.As(_account, Roles.Interviewer);
        await member.PostAsync(Path, new NewNote("n")).JsonAsync(200);
        var log = fixture.Services.GetRequiredService<IEventLog>();
        var poison = new EventToAppend(Guid.CreateVersion7(), "toy.note-of-tomorrow.v9", "{}"u8.ToArray(), Metadata());
        await log.AppendAsync("toy.poison", StreamRevision.None, [poison], default);
        await WaitAsync(() => fixture.Client().GetAsync("/health/ready").Result.StatusCode == System.Net.HttpStatusCode.ServiceUnavailable, "not ready");
        await member.GetAsync(Path).JsonAsync(503);
    }

    [Fact]
    public async Task An_event_with_broken_bytes_stops_whoever_takes_it_visibly()
    {
        await using var fixture = await StartAsync(Start);
        await AppendAsync(fixture, "toy.note-written.v1");
        await WaitAsync(() => Stopped(fixture) is (true, 2), "the views, the publisher and the reaction to have stopped");
    }

    [Fact]
    public async Task An_event_that_nobody_takes_is_not_read_and_stops_nothing()
    {
        await using var fixture = await StartAsync(Start);
        await AppendAsync(fixture, "toy.note-seen.v1");
        await HostingTests.OnTeamAsync(fixture, _child, _account);
        await fixture.As(_account, Roles.Interviewer).PostAsync(Path, new NewNote("n")).JsonAsync(200);
        await UntilAsync(fixture, note => note is { Echoed: 1, Counted: 1 });
        Stopped(fixture).ShouldBe((false, 0));
    }

    [Fact]
    public async Task What_fails_once_the_views_have_caught_up_stops_them_visibly()
    {
        await using var fixture = await StartAsync(Start);
        fixture.Services.GetRequiredService<Notes>().Unsettled = new InvalidOperationException("It cannot be computed.");
        await HostingTests.OnTeamAsync(fixture, _child, _account);
        await WaitAsync(() => Stopped(fixture) is (true, _), "the views to have stopped");
    }

    private static async Task AppendAsync(ServiceFixture fixture, string type) => await fixture.Services.GetRequiredService<IEventLog>().AppendAsync(
        "toy.broken", StreamRevision.None, [new EventToAppend(Guid.CreateVersion7(), type, "{\"broken\":1}"u8.ToArray(), Metadata())], default);

    private static (bool Views, int Subscriptions) Stopped(ServiceFixture fixture) => (
        fixture.Services.GetRequiredService<ViewHost>().Stopped is not null, fixture.Services.GetRequiredService<SubscriptionHost>().Stopped.Count);

    private static byte[] Metadata() => JsonSerializer.SerializeToUtf8Bytes(new { subject = "none:00000000-0000-0000-0000-000000000000" });

    private Task<ServiceFixture> StartAsync(DateTimeOffset clock) => ServiceFixture.StartAsync([ToyModule.Module], clock, _folder);

    private Task UntilAsync(ServiceFixture fixture, Func<Notes.Row, bool> holds) =>
        WaitAsync(() => fixture.Services.GetRequiredService<Notes>().Of(_child) is { } note && holds(note), "the note to be as expected");

    internal static async Task WaitAsync(Func<bool> holds, string what)
    {
        for (var i = 0; i < 200; i++)
        {
            if (holds())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new ShouldAssertException($"Waited 10 s in vain for: {what}.");
    }
}
