using System.Security.Cryptography;
using Barnahus.Nodes;

namespace Barnahus.Testing;

/// <summary>The broker where there is no Docker: a private node of Debian's rabbitmq-server.</summary>
internal sealed class NodeBroker : IBroker
{
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-broker-").FullName;
    private readonly string _password = RandomNumberGenerator.GetHexString(24);
    private readonly Guard _guard = new();
    private BrokerNode? _node;
    private int _used;

    public static async Task<NodeBroker> StartAsync()
    {
        var broker = new NodeBroker();
        broker._node = await BrokerNode.StartAsync(broker._folder, broker._password, [.. Enumerable.Range(1, 40).Select(number => $"test-{number}")], (_, child, _) => broker._guard.Watch(child));
        return broker;
    }

    public string NewConnectionString() =>
        $"rabbitmq://{BrokerNode.User}:{_password}@127.0.0.1:{_node!.Port}/test-{Interlocked.Increment(ref _used)}";

    public Task KillAsync()
    {
        _node!.Kill();
        return Task.CompletedTask;
    }

    public Task PauseAsync()
    {
        _node!.Processes[0].Pause();
        return Task.CompletedTask;
    }

    public Task ContinueAsync()
    {
        _node!.Processes[0].Continue();
        return Task.CompletedTask;
    }

    public Task DamageAsync(string virtualHost, string queue)
    {
        // Beside the log of each lies what it is, with its name.
        var name = $"'{virtualHost}_{queue}'";
        var config = Directory.EnumerateFiles(_folder, "config", SearchOption.AllDirectories).Single(file => File.ReadAllText(file).Contains(name, StringComparison.Ordinal));
        return File.WriteAllTextAsync(config, "damaged");
    }

    public Task RestartAsync() => _node!.RestartAsync();

    public ValueTask DisposeAsync()
    {
        _guard.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
