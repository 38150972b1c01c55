using DotNet.Testcontainers.Builders;
using Testcontainers.RabbitMq;

namespace Barnahus.Testing;

/// <summary>The broker in a container, where Docker and the package are in reach.</summary>
internal sealed class ContainerBroker : IBroker
{
    private const int HostCount = 40;

    // A port of our choice: after a restart the container would otherwise listen at another.
    private static readonly int Port = Nodes.Ports.Free(1)[0];
    private readonly RabbitMqContainer _container = new RabbitMqBuilder("rabbitmq:3.13")
        .WithUsername("barnahus").WithPassword("barnahus").WithPortBinding(Port, RabbitMqBuilder.RabbitMqPort).Build();

    private int _used;

    /// <returns>Null: Docker does not answer here.</returns>
    public static async Task<ContainerBroker?> TryStartAsync()
    {
        try
        {
            var broker = new ContainerBroker();
            await broker._container.StartAsync();
            for (var number = 1; number <= HostCount; number++)
            {
                await broker._container.ExecAsync(["rabbitmqctl", "add_vhost", $"test-{number}"]);
                await broker._container.ExecAsync(["rabbitmqctl", "set_permissions", "-p", $"test-{number}", "barnahus", ".*", ".*", ".*"]);
            }

            return broker;
        }
        catch (DockerUnavailableException)
        {
            return null;
        }
    }

    public string NewConnectionString() => $"rabbitmq://barnahus:barnahus@{_container.Hostname}:{Port}/test-{Interlocked.Increment(ref _used)}";

    public async Task KillAsync() => await _container.StopAsync();

    public async Task PauseAsync() => await _container.PauseAsync();

    public async Task ContinueAsync() => await _container.UnpauseAsync();

    public async Task DamageAsync(string virtualHost, string queue) =>
        await _container.ExecAsync(["sh", "-c", $"for found in $(grep -rl --include=config \"'{virtualHost}_{queue}'\" /var/lib/rabbitmq/mnesia); do echo damaged >\"$found\"; done"]);

    public async Task RestartAsync() => await _container.StartAsync();

    public async ValueTask DisposeAsync() => await _container.DisposeAsync();
}
