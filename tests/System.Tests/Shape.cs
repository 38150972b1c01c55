namespace Barnahus.SystemTests;

/// <summary>In which shape Barnahus runs: the stories are the same.</summary>
public interface IShape
{
    /// <summary>Starts with the demonstration's accounts and partners, but without its cases, at a domain time.</summary>
    /// <param name="settings">Further settings, as on the command line.</param>
    Task<Installation> StartAsync(DateTimeOffset at, params string[] settings);
}

/// <summary>All in one process, each installation for itself.</summary>
public sealed class InOneProcess : IShape
{
    public async Task<Installation> StartAsync(DateTimeOffset at, params string[] settings) => await OneProcess.StartAsync(at, settings);
}
