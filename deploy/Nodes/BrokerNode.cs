using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Barnahus.Nodes;

/// <summary>
/// A RabbitMQ node of our own, from Debian's rabbitmq-server: on loopback, in a folder, at free ports, with an epmd of its own; the system's service,
/// if there is one, is not touched. What is durable survives a kill and a restart.
/// </summary>
public sealed class BrokerNode
{
    /// <summary>Who may use it.</summary>
    public const string User = "barnahus";

    private const string Server = "/usr/lib/rabbitmq/bin/rabbitmq-server";
    /// <summary>What it prints when it is up. Not its log line that says so: of many lines within a second its log drops the last.</summary>
    private const string Ready = " completed with ";
    private static readonly TimeSpan ReadyAtMost = TimeSpan.FromSeconds(60);
    private readonly string _folder;
    private readonly IReadOnlyList<int> _ports;

    private readonly Started? _started;

    private BrokerNode(string folder, IReadOnlyList<int> ports, Started? started) => (_folder, _ports, _started) = (folder, ports, started);

    /// <summary>Whether rabbitmq-server is installed here.</summary>
    public static bool IsInstalled => File.Exists(Server);

    /// <summary>AMQP port.</summary>
    public int Port => _ports[0];

    /// <summary>The broker, and the port mapper it was started with.</summary>
    public IReadOnlyList<Child> Processes => [Node!, Epmd!];

    private Child? Node { get; set; }

    private Child? Epmd { get; set; }

    private string Log => Path.Combine(_folder, "broker.log");

    /// <summary>Starts a node and returns when it answers.</summary>
    /// <param name="folder">Its data; made when missing, for its owner only.</param>
    /// <param name="password">Password of <see cref="User"/>.</param>
    /// <param name="virtualHosts">Virtual hosts it has from its first start on.</param>
    /// <param name="started">Told of <c>epmd</c> and <c>broker</c>, at each start.</param>
    /// <exception cref="InvalidOperationException">It is not installed, or did not start; the message says why.</exception>
    public static async Task<BrokerNode> StartAsync(string folder, string password, IReadOnlyList<string> virtualHosts, Started? started = null)
    {
        if (!IsInstalled)
        {
            throw new InvalidOperationException("RabbitMQ is not installed: apt-get install rabbitmq-server.");
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var ports = Path.Combine(folder, "ports");
        var node = new BrokerNode(folder, File.Exists(ports)
            ? [.. (await File.ReadAllTextAsync(ports)).Split(' ').Select(port => int.Parse(port, CultureInfo.InvariantCulture))]
            : Ports.Free(3), started);

        // The name of a node is part of its data: it keeps its ports.
        await File.WriteAllTextAsync(ports, string.Join(' ', node._ports));
        await node.ConfigureAsync(password, virtualHosts);
        await node.RestartAsync();
        return node;
    }

    /// <summary>As a power cut would.</summary>
    public void Kill() => Node?.Kill();

    /// <summary>Starts it again where it was killed or stopped; returns when it answers.</summary>
    public async Task RestartAsync()
    {
        if (Epmd is not { IsAlive: true })
        {
            Epmd = Child.Start(Log, Environment(), null, "epmd", "-port", Text(_ports[2]), "-address", "127.0.0.1");
            _started?.Invoke("epmd", Epmd, 0);
        }

        var from = File.Exists(Log) ? new FileInfo(Log).Length : 0;
        Node = Child.Start(Log, Environment(), null, Server);
        _started?.Invoke("broker", Node, Port);
        for (var waited = 0; waited < ReadyAtMost.TotalMilliseconds; waited += 50)
        {
            if (LogSince(from).Contains(Ready, StringComparison.Ordinal))
            {
                return;
            }

            if (!Node.IsAlive)
            {
                break;
            }

            await Task.Delay(50);
        }

        Node.Kill();
        Epmd.Kill();
        throw new InvalidOperationException($"RabbitMQ did not start:\n{LogSince(from)}");
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private string LogSince(long from)
    {
        if (!File.Exists(Log))
        {
            return "";
        }

        using var file = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Seek(from, SeekOrigin.Begin);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    private async Task ConfigureAsync(string password, IReadOnlyList<string> virtualHosts)
    {
        PrivateFile.Write(Path.Combine(_folder, "rabbitmq.conf"), $"""
            load_definitions = {Path.Combine(_folder, "definitions.json")}
            listeners.tcp.local = 127.0.0.1:{Text(Port)}
            log.console = true
            log.console.level = info
            log.file = false
            """);
        PrivateFile.Write(Path.Combine(_folder, "enabled_plugins"), "[].\n");
        PrivateFile.Write(Path.Combine(_folder, "definitions.json"), JsonSerializer.Serialize(new
        {
            users = new[] { new { name = User, password_hash = Hash(password), hashing_algorithm = "rabbit_password_hashing_sha256", tags = "" } },
            vhosts = virtualHosts.Select(name => new { name }),
            permissions = virtualHosts.Select(vhost => new { user = User, vhost, configure = ".*", write = ".*", read = ".*" }),
        }));
        var cookie = Path.Combine(_folder, ".erlang.cookie");
        if (!File.Exists(cookie))
        {
            PrivateFile.Write(cookie, RandomNumberGenerator.GetHexString(32));
        }
    }

    /// <summary>As RabbitMQ keeps passwords: four bytes of salt, and SHA-256 over salt and password.</summary>
    private static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(4);
        return Convert.ToBase64String([.. salt, .. SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(password)])]);
    }

    private Dictionary<string, string?> Environment()
    {
        const string Loopback = "-kernel inet_dist_use_interface {127,0,0,1}";

        // Erlang's threads spin while they have nothing to do: time that the services beside it on this machine need.
        const string NoSpinning = "+sbwt none +sbwtdcpu none +sbwtdio none";
        string At(string name) => Path.Combine(_folder, name);
        return new(StringComparer.Ordinal)
        {
            ["HOME"] = _folder,
            ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
            ["RABBITMQ_NODENAME"] = $"b{Text(Port)}@localhost",
            ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
            ["RABBITMQ_NODE_PORT"] = Text(Port),
            ["RABBITMQ_DIST_PORT"] = Text(_ports[1]),
            ["RABBITMQ_MNESIA_BASE"] = At("mnesia"),
            ["RABBITMQ_LOG_BASE"] = At("log"),
            ["RABBITMQ_PID_FILE"] = At("broker.pid"),
            ["RABBITMQ_CONFIG_FILE"] = At("rabbitmq.conf"),
            ["RABBITMQ_ADVANCED_CONFIG_FILE"] = At("advanced.config"),
            ["RABBITMQ_ENABLED_PLUGINS_FILE"] = At("enabled_plugins"),
            ["RABBITMQ_GENERATED_CONFIG_DIR"] = At("config"),
            ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
            ["ERL_EPMD_PORT"] = Text(_ports[2]),
            ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = $"{NoSpinning} {Loopback}",
            ["RABBITMQ_CTL_ERL_ARGS"] = Loopback,

            // The start script becomes the node instead of staying its parent: one process id.
            ["RUNNING_UNDER_SYSTEMD"] = "true",
        };
    }
}
