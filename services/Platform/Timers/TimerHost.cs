using System.Collections.Concurrent;
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
    private static readonly TimeSpan LeaseFor = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<(string Timer, string Item), FailingItem> _failing = new();
    private readonly string _holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():D}";

    /// <summary>What is due and cannot be done, for health and operators.</summary>
    public IReadOnlyCollection<FailingItem> Failing => [.. _failing.Values];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(timers.Select(timer => Task.Run(() => RunAsync(timer, stoppingToken), CancellationToken.None)));

    private async Task RunAsync(IServiceTimer timer, CancellationToken stoppingToken)
    {
        var interval = configuration.GetValue("Timers:Interval", TimeSpan.FromSeconds(1));
        var asked = new Dictionary<string, (DateTimeOffset Again, TimeSpan Wait)>(StringComparer.Ordinal);
        using var ticks = new PeriodicTimer(interval);
        Lease? held = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ticks.WaitForNextTickAsync(stoppingToken);
                if (!views.CaughtUp)
                {
                    continue;
                }

                var due = timer.Due(clock.Now).ToList();
                Forget(timer, asked, due);
                if (due.Count == 0
                    || await state.TryLeaseAsync($"timer.{timer.Name}", _holder, LeaseFor, stoppingToken) is not { } lease)
                {
                    continue;
                }

                held = lease;
                foreach (var item in due)
                {
                    await FireAsync(timer, item, asked, stoppingToken);
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
                Failed(timer, FailingItem.All, failure);
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
        IServiceTimer timer, DueItem item, Dictionary<string, (DateTimeOffset Again, TimeSpan Wait)> asked, CancellationToken stoppingToken)
    {
        var system = TimeProvider.System.GetUtcNow();
        if (asked.TryGetValue(item.Id, out var last) && system < last.Again)
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
            Count(timer, "done");
            _failing.TryRemove((timer.Name, item.Id), out _);
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
            Failed(timer, item.Id, failure);
        }

        // Whether it failed, did nothing or the views have not shown it yet: the same item is not asked again at once.
        var wait = last.Wait == default ? TimeSpan.FromSeconds(1) : last.Wait * 2;
        asked[item.Id] = (system + wait, wait < MaxWait ? wait : MaxWait);
    }

    /// <summary>What is no longer due needs no memory: it was done, here or elsewhere, or it went away. The timer itself got this far.</summary>
    private void Forget(IServiceTimer timer, Dictionary<string, (DateTimeOffset Again, TimeSpan Wait)> asked, List<DueItem> due)
    {
        _failing.TryRemove((timer.Name, FailingItem.All), out _);
        if (asked.Count == 0)
        {
            return;
        }

        var stillDue = due.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in asked.Keys.Where(id => !stillDue.Contains(id)).ToList())
        {
            asked.Remove(gone);
            _failing.TryRemove((timer.Name, gone), out _);
        }
    }

    private void Failed(IServiceTimer timer, string item, Exception failure)
    {
        Count(timer, "failed");
        _failing.AddOrUpdate(
            (timer.Name, item),
            _ => new FailingItem(timer.Name, item, 1, failure.GetType().Name),
            (_, before) => before with { Times = before.Times + 1, Failure = failure.GetType().Name });
    }

    private static void Count(IServiceTimer timer, string outcome) => Telemetry.Timers.Add(
        1, new KeyValuePair<string, object?>("timer", timer.Name), new KeyValuePair<string, object?>("outcome", outcome));
}

/// <summary>Something due that fails; it is tried again, ever more slowly, up to once a minute.</summary>
/// <param name="Timer">Which timer.</param>
/// <param name="Item">Id of the item (<see cref="DueItem.Id"/>); <see cref="All"/> when the timer cannot even tell what is due.</param>
/// <param name="Times">How often it failed since this process started.</param>
/// <param name="Failure">Type of the last failure; no text, which might tell of a person.</param>
public sealed record FailingItem(string Timer, string Item, int Times, string Failure)
{
    public const string All = "*";
}
