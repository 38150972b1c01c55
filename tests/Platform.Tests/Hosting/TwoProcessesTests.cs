using System.Collections.Concurrent;
using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>Two processes of one service on the same stores: one at a time publishes and rings, and the other takes over.</summary>
public sealed class TwoProcessesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
    private readonly Guid _account = Guid.CreateVersion7();
    private readonly ConcurrentQueue<(object Process, Guid EventId)> _published = new();
    private readonly DateTimeOffset _start = new(2026, 9, 2, 9, 0, 0, TimeSpan.Zero);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Each_message_is_published_by_one_of_them_and_the_other_goes_on_when_it_ends()
    {
        Guid[] before = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
        var after = Guid.CreateVersion7();
        await using var first = await StartAsync();
        await using var second = await first.BesideAsync();
        foreach (var child in before)
        {
            await WriteAsync(first, child);
        }

        await SubscriptionTests.WaitAsync(() => Array.TrueForAll(before, child => Row(second, child) is { Echoed: 1, Counted: 1 }), "three echoes, seen by the other");
        _published.Count.ShouldBe(3, "each once, by whichever of the two");
        var holder = _published.Select(one => one.Process).Distinct().ShouldHaveSingleItem();

        var (ending, staying) = holder == first.Services.GetRequiredService<IMessageBus>() ? (first, second) : (second, first);
        await ending.App.StopAsync();
        await WriteAsync(staying, after);
        await SubscriptionTests.WaitAsync(() => Row(staying, after) is { Echoed: 1, Counted: 1 }, "the other to take over");
        _published.Select(one => one.EventId).Distinct().Count().ShouldBe(4);
        _published.Last().Process.ShouldBe(staying.Services.GetRequiredService<IMessageBus>());
    }

    [Fact]
    public async Task A_due_item_rings_once_for_both()
    {
        var child = Guid.CreateVersion7();
        await using (var early = await StartAsync())
        {
            await WriteAsync(early, child);
            await SubscriptionTests.WaitAsync(() => Row(early, child) is { Echoed: 1, Counted: 1, Rang: 0 }, "the echo");
        }

        await using var first = await StartAsync(_start.AddMinutes(15));
        await using var second = await first.BesideAsync();
        await SubscriptionTests.WaitAsync(() => Row(first, child) is { Rang: 1 } && Row(second, child) is { Rang: 1 }, "the bell");
        await Task.Delay(500);
        var rang = await first.Stores.Log.ReadStreamAsync(Toy.Stream(child), 0, 100, ReadDirection.Forwards, default);
        rang.Count(e => e.Type == "toy.note-rang.v1").ShouldBe(1);
    }

    private static Notes.Row? Row(ServiceFixture fixture, Guid child) => fixture.Services.GetRequiredService<Notes>().Of(child);

    private Task<ServiceFixture> StartAsync(DateTimeOffset? clock = null) => ServiceFixture.StartAsync(
        [ToyModule.Module],
        clock ?? _start,
        _folder,
        builder => builder.Services.AddSingleton<IMessageBus>(provider =>
            new Counting(new MediatorBus(provider.GetRequiredService<MassTransit.Mediator.IMediator>()), _published)));

    private async Task WriteAsync(ServiceFixture fixture, Guid child)
    {
        await HostingTests.OnTeamAsync(fixture, child, _account);
        await fixture.As(_account, Roles.Interviewer).PostAsync($"/toy/v1/children/{child:D}/notes", new NewNote("n")).JsonAsync(200);
    }

    private sealed class Counting(IMessageBus bus, ConcurrentQueue<(object Process, Guid EventId)> published) : IMessageBus
    {
        public int AtOnce => 1;

        public Task PublishAsync(object message, Guid messageId, Guid correlationId, CancellationToken cancellationToken)
        {
            published.Enqueue((this, messageId));
            return bus.PublishAsync(message, messageId, correlationId, cancellationToken);
        }
    }
}
