using Barnahus.Contracts;
using Barnahus.Platform.Bus;
using Barnahus.Testing;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Bus;

/// <summary>A process that only publishes, as the identity provider does: no inbox tells that its bus is dead.</summary>
[Collection(BrokerCollection.Name)]
public sealed class BusWatchTests(BrokerFixture brokers)
{
    [Fact]
    public Task A_bus_that_only_fails_to_publish_while_the_broker_answers_is_restarted() => WatchedAsync(async (bus, watch) =>
    {
        using var dead = bus.Current!.ConnectPublishObserver(new Dead());
        (await PublishedAsync(bus)).ShouldBeFalse();
        await Wait.ForAsync(() => PublishedAsync(bus), "messages again");
        watch.Restarts.ShouldBeGreaterThan(0);
    });

    [Fact]
    public Task A_bus_that_does_not_connect_while_the_broker_answers_is_restarted_though_nobody_publishes() => WatchedAsync(async (bus, watch) =>
    {
        await bus.Current!.StopAsync();
        await Wait.ForAsync(() => Task.FromResult(watch is { Restarts: > 0, Connected: true }), "a bus that is connected");
        (await PublishedAsync(bus)).ShouldBeTrue();
    });

    private async Task WatchedAsync(Func<RabbitMqBus, BusWatch, Task> play)
    {
        var settings = BusSettings.From(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bus:ConnectionString"] = brokers.Broker.NewConnectionString(),
            ["Bus:WatchEvery"] = "00:00:00.2",
            ["Bus:HangAfter"] = "00:00:02",
        }).Build());
        await using var services = new ServiceCollection().AddLogging().AddSingleton(settings).AddRabbitMqBus(_ => { }).BuildServiceProvider();
        var (bus, watch) = (services.GetRequiredService<RabbitMqBus>(), services.GetRequiredService<BusWatch>());
        await bus.StartAsync(default);
        await watch.StartAsync(default);
        await Wait.ForAsync(() => PublishedAsync(bus), "a first message");
        await play(bus, watch);
        await watch.StopAsync(default);
        await bus.StopAsync(default);
    }

    private static async Task<bool> PublishedAsync(RabbitMqBus bus)
    {
        var source = new Source(Guid.CreateVersion7(), "identity.account-1", 0, DateTimeOffset.UtcNow, Guid.CreateVersion7());
        try
        {
            await bus.PublishAsync(new AccountChanged(source, Guid.CreateVersion7(), null, [], null, [], false), source.EventId, source.EventId, default);
            return true;
        }
        catch (BusUnreachableException)
        {
            return false;
        }
    }

    /// <summary>The bus that has it publishes no more; the one that takes its place has not.</summary>
    private sealed class Dead : IPublishObserver
    {
        public Task PrePublish<T>(PublishContext<T> context)
            where T : class => throw new IOException("dead");

        public Task PostPublish<T>(PublishContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;
    }
}
