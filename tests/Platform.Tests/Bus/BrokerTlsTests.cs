using Barnahus.Platform.Bus;
using Barnahus.Platform.Hosting;
using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Barnahus.Platform.Tests.Bus;

/// <summary>A broker behind TLS hears nothing from us, no password before all, until its certificate is one that the system trusts.</summary>
public sealed class BrokerTlsTests : IAsyncDisposable
{
    private readonly UntrustedBroker _broker = new();

    public ValueTask DisposeAsync() => _broker.DisposeAsync();

    [Fact]
    public async Task The_desk_tells_nothing_to_a_broker_that_anybody_may_be()
    {
        await Should.ThrowAsync<BusUnreachableException>(() => BrokerDesk.OpenAsync(Settings.Broker!, default));
        _broker.Greeted.ShouldBeGreaterThan(0);
        _broker.Told.ShouldBe(0);
    }

    [Fact]
    public async Task The_bus_tells_nothing_to_a_broker_that_anybody_may_be()
    {
        await using var services = new ServiceCollection().AddLogging().AddRabbitMqBus(_ => { }).BuildServiceProvider();
        using var bus = new RabbitMqBus(
            services.GetRequiredService<IBusRegistrationContext>(), Settings, Inboxes.None, services.GetRequiredService<ILoggerFactory>());
        await bus.StartAsync(default);
        await Should.ThrowAsync<BusUnreachableException>(() => bus.PublishAsync(new NobodyTakes(1), Guid.CreateVersion7(), Guid.CreateVersion7(), default));
        await bus.StopAsync(default);
        _broker.Greeted.ShouldBeGreaterThan(0);
        _broker.Told.ShouldBe(0);
    }

    [Theory]
    [InlineData("rabbitmq://u:p@broker", 5672, false)]
    [InlineData("rabbitmqs://u:p@broker", 5671, true)]
    [InlineData("rabbitmqs://u:p@broker:7000/v", 7000, true)]
    public void The_scheme_says_whether_TLS_is_spoken(string address, int port, bool tls)
    {
        var read = BrokerAddress.Parse(address);
        (read.Host, read.Port, read.Tls).ShouldBe(("broker", port, tls));
    }

    [Theory]
    [InlineData("rabbitmq://u:secret@broker:5671", "Write rabbitmqs://")]
    [InlineData("amqps://u:secret@broker", "rabbitmqs://")]
    public void An_address_that_would_be_taken_otherwise_than_it_says_is_refused(string address, string says)
    {
        var refused = Should.Throw<SettingException>(() => BrokerAddress.Parse(address));
        refused.Message.ShouldContain(says);
        refused.Message.ShouldNotContain("secret");
    }

    private BusSettings Settings => BusSettings.From(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Bus:ConnectionString"] = $"rabbitmqs://u:p@127.0.0.1:{_broker.Port}",
        ["Bus:PublishTimeout"] = "00:00:03",
    }).Build());
}
