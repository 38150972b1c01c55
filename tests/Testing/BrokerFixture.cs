namespace Barnahus.Testing;

/// <summary>One broker for a test run: a container where Docker and Testcontainers are in reach, else a private node.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    public IBroker Broker { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Broker = (IBroker?)await ContainerBroker.TryStartAsync() ?? await NodeBroker.StartAsync();
    }

    public async Task DisposeAsync() => await Broker.DisposeAsync();
}
