using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.State;

/// <summary>
/// Leases and checkpoints of a deployment. A lease says who does a job that only one may do; its fencing token rises with each grant, so
/// that a late writer who has lost the job without knowing it can do no harm. Times are the system's, never domain time.
/// </summary>
public interface IStateStore
{
    /// <summary>
    /// Asks for a lease. Null when another holds it. A holder that asks again gets a new token: what it did before it restarted is fenced off.
    /// </summary>
    /// <param name="name">The job.</param>
    /// <param name="holder">Who asks; unique per process.</param>
    /// <param name="duration">How long it holds without renewal.</param>
    Task<Lease?> AcquireAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Extends a lease from now; the token stays. Null when it was lost: stop the job at once.</summary>
    Task<Lease?> RenewAsync(Lease lease, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Gives a lease back; does nothing when it was lost.</summary>
    Task ReleaseAsync(Lease lease, CancellationToken cancellationToken);

    /// <summary>Up to where a job is done; null when it never was.</summary>
    Task<LogPosition?> LoadAsync(string name, CancellationToken cancellationToken);

    /// <summary>Keeps up to where a job is done.</summary>
    /// <param name="name">The job: the name of the lease that guards it.</param>
    /// <param name="position">Everything up to and including it is done.</param>
    /// <param name="fencingToken">Token of the lease under which it was done.</param>
    /// <exception cref="FencedException">The lease was granted anew since; nothing was saved.</exception>
    Task SaveAsync(string name, LogPosition position, long fencingToken, CancellationToken cancellationToken);
}

/// <summary>A granted lease.</summary>
/// <param name="Name">The job.</param>
/// <param name="Holder">Who has it.</param>
/// <param name="FencingToken">Higher than that of every earlier grant of this name.</param>
/// <param name="ExpiresAt">System time at which it ends without renewal.</param>
public sealed record Lease(string Name, string Holder, long FencingToken, DateTimeOffset ExpiresAt);

/// <summary>Somebody else has the job by now.</summary>
public sealed class FencedException(string name, long token, long newest)
    : Exception($"{name}: token {token} is out of date, {newest} was granted since. Another holder has taken over.");
