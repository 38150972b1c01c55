using System.Globalization;

namespace Barnahus.AllInOne;

/// <summary>What the command line of <c>deploy/run</c> says.</summary>
/// <param name="Data">Folder of log, vault and state.</param>
/// <param name="Port">Port of the gateway on loopback.</param>
/// <param name="Demo">Demonstration accounts and cases. (The setting <c>--Demo=true</c> makes the accounts without loading the cases: for tests.)</param>
/// <param name="Settings">Further configuration, <c>--Section:Name=value</c>.</param>
public sealed record Options(string Data, int Port, bool Demo, IReadOnlyList<string> Settings)
{
    /// <exception cref="FormatException">An argument is not understood; the message says which.</exception>
    public static Options Parse(IReadOnlyList<string> args)
    {
        var options = new Options("data", 8080, false, []);
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--data" => options with { Data = Value(ref i) },
                "--port" => options with { Port = Port(Value(ref i)) },
                "--demo" => options with { Demo = true },
                var setting when setting.StartsWith("--", StringComparison.Ordinal) && setting.Contains('=', StringComparison.Ordinal) =>
                    options with { Settings = [.. options.Settings, setting] },
                var other => throw new FormatException($"Not understood: {other}. See deploy/run --help."),
            };
        }

        return options;

        string Value(ref int i) => i + 1 < args.Count ? args[++i] : throw new FormatException($"{args[i]} needs a value.");

        static int Port(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new FormatException($"{text} is no port: a number from 1 to 65535.");
    }
}
