using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.State;
using Barnahus.Platform.Views;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Barnahus.Platform.Timers;

/// <summary>
/// Looks every second (<c>Timers:Interval</c>) at what became due and sends the commands. One process at a time holds the lease of a timer;
/// were there two, the derived command ids would still let each item happen once.
/// </summary>
public sealed class TimerHost(
    IEnumerable<IServiceTimer> timers, ViewHost views, IStateStore state, DomainClock clock, IConfiguration configuration, ILogger<TimerHost> logger)
    : BackgroundService
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);
    private readonly string _holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():D}";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(timers.Select(timer => Task.Run(() => RunAsync(timer, stoppingToken), CancellationToken.None)));

    private async Task RunAsync(IServiceTimer timer, CancellationToken stoppingToken)
    {
        var interval = configuration.GetValue("Timers:Interval", TimeSpan.FromSeconds(1));
        var failed = new Dictionary<string, (DateTimeOffset Again, TimeSpan Wait)>(StringComparer.Ordinal);
        using var ticks = new PeriodicTimer(interval);
        Lease? held = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ticks.WaitForNextTickAsync(stoppingToken);
                if (!views.CaughtUp || !timer.Due(clock.Now).Any()
                    || await state.TryLeaseAsync($"timer.{timer.Name}", _holder, TimeSpan.FromSeconds(15), stoppingToken) is not { } lease)
                {
                    continue;
                }

                held = lease;

                foreach (var item in timer.Due(clock.Now).ToList())
                {
                    await FireAsync(timer, item, failed, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // A timer outlives whatever stands in its way; it is tried again at the next tick.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                logger.LogError(failure, "Timer {Timer} failed and tries again.", timer.Name);
            }
        }

        await ReleaseAsync(held);
    }

    /// <summary>Gives the lease back, so that who starts next need not wait until it runs out.</summary>
    private async Task ReleaseAsync(Lease? held)
    {
        if (held is null)
        {
            return;
        }

        using var brief = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await state.ReleaseAsync(held, brief.Token);
        }
#pragma warning disable CA1031 // It runs out by itself.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            logger.LogWarning(failure, "The lease {Lease} could not be given back.", held.Name);
        }
    }

    private async Task FireAsync(
        IServiceTimer timer, DueItem item, Dictionary<string, (DateTimeOffset Again, TimeSpan Wait)> failed, CancellationToken stoppingToken)
    {
        var system = TimeProvider.System.GetUtcNow();
        if (failed.TryGetValue(item.Id, out var last) && system < last.Again)
        {
            return;
        }

        var id = DerivedId.From($"timer/{timer.Name}/{item.Id}");
        var service = timer.GetType().Assembly.GetName().Name!.Split('.')[^1].ToLowerInvariant();
        using var activity = Telemetry.Begin("timer", null);
        activity.SetTag("barnahus.timer", timer.Name);
        try
        {
            await timer.FireAsync(item, new CommandContext(id, Actor.System(service), null, clock.Now, id, activity.Id), stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // One stuck item must not hold up the others; it is logged and tried again, ever more slowly.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            logger.LogError(failure, "Timer {Timer}: item {Item} failed.", timer.Name, item.Id);
        }

        // Whether it failed, did nothing or the views have not shown it yet: the same item is not asked again at once.
        var wait = last.Wait == default ? TimeSpan.FromSeconds(1) : last.Wait * 2;
        failed[item.Id] = (system + wait, wait < MaxWait ? wait : MaxWait);
    }
}
