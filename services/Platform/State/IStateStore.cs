using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.State;

/// <summary>Leases and checkpoints, with fencing. Times are the system's, on PostgreSQL the server's.</summary>
public interface IStateStore
{
    /// <summary>Takes or renews a lease; null while another holder has it. A new holder gets a higher fencing token, a renewing one keeps its own.</summary>
    /// <param name="name">What is leased.</param>
    /// <param name="holder">Who: unique per process and start.</param>
    /// <param name="duration">How long without renewal.</param>
    Task<Lease?> TryLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Gives a lease back early; nothing happens when it is no longer this holder's.</summary>
    Task ReleaseAsync(Lease lease, CancellationToken cancellationToken);

    /// <summary>Position saved under a name; null when there is none.</summary>
    Task<LogPosition?> LoadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Saves a position under the lease's name.</summary>
    /// <exception cref="FencedException">Another holder has taken the lease since.</exception>
    Task SaveAsync(Lease lease, LogPosition position, CancellationToken cancellationToken);
}

/// <param name="Name">What is leased; also the name of the checkpoint it guards.</param>
/// <param name="Holder">Who holds it.</param>
/// <param name="Token">Fencing token: rises with each new holder.</param>
public sealed record Lease(string Name, string Holder, long Token);

/// <summary>A holder wrote after it lost its lease; nothing was changed.</summary>
public sealed class FencedException(Lease lease)
    : Exception($"Lease {lease.Name} is no longer held with token {lease.Token}; another process goes on.");

/// <summary>The state store does not answer. Whoever holds a lease must take it as lost.</summary>
public sealed class StateUnreachableException(Exception cause)
    : Exception("The state store does not answer. Leases and checkpoints wait until it is back.", cause);
