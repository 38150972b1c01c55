namespace Barnahus.Testing;

/// <summary>A broker of the tests' own, with virtual hosts that no two tests share.</summary>
public interface IBroker : IAsyncDisposable
{
    /// <summary>A connection string with a virtual host that was never used.</summary>
    string NewConnectionString();

    /// <summary>As a power cut would.</summary>
    Task KillAsync();

    /// <summary>It holds all connections and answers nothing.</summary>
    Task PauseAsync();

    /// <summary>It goes on where it was paused.</summary>
    Task ContinueAsync();

    /// <summary>
    /// Damages what a quorum queue is on the disk, as a full disk may: from its next start on the broker counts it, and it neither takes nor gives.
    /// </summary>
    Task DamageAsync(string virtualHost, string queue);

    /// <summary>Starts it again after a kill; returns when it answers.</summary>
    Task RestartAsync();
}
