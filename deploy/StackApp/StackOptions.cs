using System.Globalization;

namespace Barnahus.StackApp;

/// <summary>What is to be started.</summary>
public sealed record StackOptions
{
    /// <summary>Folder of everything: databases, broker, logs of the processes, what is running.</summary>
    public required string Data { get; init; }

    /// <summary>Port of the gateway on loopback; 0: a free one.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>Demonstration accounts and cases.</summary>
    public bool Demo { get; init; }

    /// <summary><c>postgres</c> (a node of our own) or <c>esdb://…</c>.</summary>
    public string Log { get; init; } = "postgres";

    /// <summary>How many processes of each service.</summary>
    public int Replicas { get; init; } = 2;

    /// <summary>Virtual host and databases: another name is another, empty installation on the same nodes.</summary>
    public string Installation { get; init; } = "barnahus";

    /// <summary>Further settings of every process, by their names in the configuration. Not for secrets of one process alone.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads what stands behind the verb.</summary>
    /// <exception cref="FormatException">An argument is not understood; the message says which.</exception>
    public static StackOptions Parse(IReadOnlyList<string> args)
    {
        var options = new StackOptions { Data = "data/stack" };
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--data" => options with { Data = Value(ref i) },
                "--port" => options with { Port = Number(Value(ref i), 0, 65535) },
                "--replicas" => options with { Replicas = Number(Value(ref i), 1, 9) },
                "--demo" => options with { Demo = true },
                "--log" => options with { Log = Log(Value(ref i)) },
                var other => throw new FormatException($"Not understood: {other}. See deploy/stack --help."),
            };
        }

        return options with { Data = Path.GetFullPath(options.Data) };

        string Value(ref int i) => i + 1 < args.Count ? args[++i] : throw new FormatException($"{args[i]} needs a value.");

        static int Number(string text, int least, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{text} is no number from {least} to {most}.");

        static string Log(string text) => text == "postgres" || text.StartsWith("esdb", StringComparison.Ordinal)
            ? text
            : throw new FormatException($"--log {text}: give postgres, or the esdb:// address of an EventStoreDB.");
    }
}
