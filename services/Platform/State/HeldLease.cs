using Microsoft.Extensions.Logging;

namespace Barnahus.Platform.State;

/// <summary>A lease that is renewed for as long as it is held, and given back at the end.</summary>
internal sealed class HeldLease : IAsyncDisposable
{
    private readonly IStateStore _state;
    private readonly TimeSpan _duration;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _held;
    private readonly Task _renewing;

    private HeldLease(IStateStore state, Lease lease, TimeSpan duration, ILogger logger, CancellationToken stoppingToken)
    {
        _state = state;
        _duration = duration;
        _logger = logger;
        Lease = lease;
        _held = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Token = _held.Token;
        _renewing = RenewAsync();
    }

    public Lease Lease { get; }

    /// <summary>Cancelled when the process ends or the lease is lost: whatever rests on it stops.</summary>
    public CancellationToken Token { get; }

    /// <summary>Null while another has it.</summary>
    public static async Task<HeldLease?> TryTakeAsync(
        IStateStore state, string name, string holder, TimeSpan duration, ILogger logger, CancellationToken stoppingToken) =>
        await state.TryLeaseAsync(name, holder, duration, stoppingToken) is { } lease ? new(state, lease, duration, logger, stoppingToken) : null;

    /// <summary>Never throws: it runs while another failure may be on its way out, which must not be hidden by this one.</summary>
    public async ValueTask DisposeAsync()
    {
        await _held.CancelAsync();
        await _renewing;
        _held.Dispose();
        using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await _state.ReleaseAsync(Lease, brief.Token);
        }
#pragma warning disable CA1031 // The lease runs out by itself.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _logger.LogWarning(failure, "The lease {Lease} could not be given back.", Lease.Name);
        }
    }

    private async Task RenewAsync()
    {
        using var timer = new PeriodicTimer(_duration / 3);
        try
        {
            while (await timer.WaitForNextTickAsync(Token))
            {
                if (await _state.TryLeaseAsync(Lease.Name, Lease.Holder, _duration, Token) is null)
                {
                    await _held.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Given back.
        }
#pragma warning disable CA1031 // Without a store there is no lease: let go, whoever held it tries again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _logger.LogWarning(failure, "The lease {Lease} could not be renewed.", Lease.Name);
            await _held.CancelAsync();
        }
    }
}
