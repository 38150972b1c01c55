using System.Security.Cryptography;
using System.Text.Json;
using Barnahus.Nodes;

namespace Barnahus.StackApp;

/// <summary>A process of the stack.</summary>
/// <param name="Name">E.g. <c>intake-2</c>, <c>gateway</c>, <c>broker</c>.</param>
/// <param name="Child">The process as it was started last.</param>
/// <param name="Port">Where it listens; 0: nowhere we ask.</param>
public sealed record StackProcess(string Name, Child Child, int Port);

/// <summary>What the stack remembers from one command to the next, in <c>stack.json</c> of its folder, readable to its owner only: it holds passwords.</summary>
public sealed class StackState
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly Lock _lock = new();

    /// <summary>Of broker and databases; made once.</summary>
    public string Password { get; init; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Code of the first administrator.</summary>
    public string SetupSecret { get; init; } = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 24);

    /// <summary>Code of the second administrator, for another person.</summary>
    public string SecondSetupSecret { get; init; } = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 24);

    /// <summary>Everything that was started, in that order.</summary>
    public List<StackProcess> Processes { get; init; } = [];

    /// <summary>How it was started last; null: never.</summary>
    public StackOptions? Options { get; set; }

    /// <summary>Settings that name its stores.</summary>
    public Dictionary<string, string>? Stores { get; set; }

    /// <summary>Those that still run, and still are what was started.</summary>
    public IEnumerable<StackProcess> Alive => Processes.Where(process => process.Child.IsAlive);

    /// <summary>Reads what a folder remembers; null when nothing was ever started there.</summary>
    public static StackState? Load(string folder) => File.Exists(At(folder)) ? JsonSerializer.Deserialize<StackState>(File.ReadAllText(At(folder)), Json) : null;

    /// <summary>Remembers a start, in its folder too; an earlier process of that name is forgotten.</summary>
    public void Remember(string folder, StackProcess process)
    {
        lock (_lock)
        {
            Processes.RemoveAll(one => one.Name == process.Name);
            Processes.Add(process);
            PrivateFile.Write(At(folder), JsonSerializer.Serialize(this, Json));
        }
    }

    private static string At(string folder) => Path.Combine(folder, "stack.json");
}
