using System.Data.Common;
using Barnahus.AllInOne.Demo;

namespace Barnahus.SystemTests;

/// <summary>
/// The whole of Barnahus with data of its own, at a domain time of its own, in one process or in many. It can be killed and started again.
/// </summary>
public abstract class Installation : IAsyncDisposable
{
    private readonly List<IDisposable> _clients = [];

    /// <summary>Folder of log, vault and state.</summary>
    public abstract string Data { get; }

    /// <summary>Where the gateway listens; another after a restart.</summary>
    public abstract Uri Gateway { get; }

    /// <summary>Everything the processes printed, all starts together.</summary>
    public abstract IReadOnlyList<string> Output { get; }

    /// <summary>How many of the power cuts of its story it has: one, and with <c>--all</c> every one.</summary>
    public static int PowerCuts => All ? int.MaxValue : 1;

    /// <summary>Whether time is plenty.</summary>
    protected static bool All { get; } = Environment.GetEnvironmentVariable("BARNAHUS_ALL") is not null;

    /// <summary>A connection to the log's table <c>events</c> itself, not opened yet: for what no address shows.</summary>
    public abstract DbConnection LogTable();

    /// <summary>As a power cut would, and it stays dark.</summary>
    public void Kill()
    {
        _clients.ForEach(client => client.Dispose());
        _clients.Clear();
        KillProcesses();
    }

    /// <summary>As a power cut would: nothing is told, nothing is flushed. Then it starts again at a domain time.</summary>
    public async Task KillAndRestartAsync(DateTimeOffset at)
    {
        Kill();
        await StartProcessesAsync(at);
    }

    /// <summary>A demonstration account, signed in, with its role's purpose stated.</summary>
    public async Task<HttpClient> SignInAsync(string loginName, string? purpose = null)
    {
        var password = (await File.ReadAllTextAsync(Path.Combine(Data, "demo", "password"))).Trim();
        var person = await PersonClient.SignInAsync(Gateway, loginName, password, role: null, purpose);
        _clients.Add(person);
        return person.Http;
    }

    /// <summary>The partner with an OIN.</summary>
    public PartnerClient Partner(string oin)
    {
        var partner = PartnerClient.OfDemo(Gateway, Data, oin);
        _clients.Add(partner);
        return partner;
    }

    public virtual ValueTask DisposeAsync()
    {
        Kill();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected abstract void KillProcesses();

    protected abstract Task StartProcessesAsync(DateTimeOffset at);
}

/// <summary>A scene that fails half-way ends what it started: no process of it stays behind.</summary>
public static class Scenes
{
    public static async Task OrDisposeAsync(this Task building, IAsyncDisposable scene)
    {
        try
        {
            await building;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }
}
