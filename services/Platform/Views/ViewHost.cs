using System.Collections.Frozen;
using System.Threading.Channels;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Barnahus.Platform.Views;

/// <summary>
/// The one follower of a process: replays the log into all views and keeps them up to date. An event that a view cannot take
/// stops it visibly: readiness turns red, and reads that need freshness answer 503. It is never skipped. A key vault that does not answer says
/// nothing against the event: it is waited for, as the log is, and meanwhile the views are stale.
/// </summary>
public sealed class ViewHost(
    IEventLog log, EventCodec codec, IEnumerable<View> views, IEnumerable<IRawView> rawViews, ILogger<ViewHost> logger) : BackgroundService
{
    private static readonly TimeSpan MaxLag = TimeSpan.FromSeconds(5);
    private readonly FrozenDictionary<Type, View[]> _byType = views
        .SelectMany(view => view.EventTypes.Select(type => (type, view)))
        .GroupBy(pair => pair.type, pair => pair.view)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    private readonly List<View> _views = [.. views];
    private readonly IRawView[] _raw = [.. rawViews];
    private TaskCompletionSource _moved = NewSignal();
    private long _applied;

    // How many views have the event that is being applied: none takes it twice when another must wait for it.
    private int _taken;
    private readonly Freshness _freshness = new();

    /// <summary>Position up to which the views show the log.</summary>
    public LogPosition Position => new(Volatile.Read(ref _applied));

    /// <summary>The views have caught up once; from then on the process answers.</summary>
    public bool CaughtUp { get; private set; }

    /// <summary>Why the follower stopped; null while it runs.</summary>
    public Exception? Stopped { get; private set; }

    /// <summary>The key vault that is waited for; null while it answers.</summary>
    public VaultUnreachableException? WaitingFor { get; private set; }

    /// <summary>Number of events applied since the start.</summary>
    public long Applied { get; private set; }

    /// <summary>For answers that must not be stale, access decisions first.</summary>
    /// <exception cref="NotReadyException">The follower is stopped, or does not show what stood in the log 5 seconds ago.</exception>
    public void RequireFresh()
    {
        if (Stopped is not null || !CaughtUp || !_freshness.Within((long)MaxLag.TotalMilliseconds, Environment.TickCount64))
        {
            throw new NotReadyException("This service is not up to date with the log. Try again in a moment.");
        }
    }

    /// <summary>Waits until the views show a position.</summary>
    /// <exception cref="NotReadyException">They did not within the time.</exception>
    public async Task WaitForAsync(LogPosition position, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var deadline = Environment.TickCount64 + (long)atMost.TotalMilliseconds;
        while (true)
        {
            var moved = Volatile.Read(ref _moved).Task;
            if (Position >= position)
            {
                return;
            }

            var left = deadline - Environment.TickCount64;
            if (left <= 0 || Stopped is not null)
            {
                throw new NotReadyException("This service does not show that position yet. Try again in a moment.");
            }

            await Task.WhenAny(moved, Task.Delay(TimeSpan.FromMilliseconds(left), cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Reading, decoding (several pages at once) and folding go on side by side; pages keep their order, and one thread folds.
        var pages = Channel.CreateBounded<Page>(8);
        var probing = ProbeAsync(stoppingToken);
        var reading = Task.Run(() => ReadAsync(pages.Writer, stoppingToken), CancellationToken.None);
        try
        {
            await Task.Run(() => FoldAsync(pages.Reader, stoppingToken), CancellationToken.None);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Ending.
        }
#pragma warning disable CA1031 // Whatever stops the views is shown, not thrown into the void.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Stopped = failure;
            Telemetry.Stopped.Add(1, new KeyValuePair<string, object?>("follower", "views"));
            logger.LogCritical(failure, "The views stopped after position {Position}. Mend the cause and restart; nothing was skipped.", Position);
        }

        await Task.WhenAll(probing, reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task ReadAsync(ChannelWriter<Page> pages, CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var page in log.FollowAsync(LogPosition.Start, stoppingToken))
            {
                var decoding = Task.Run(() => page.Select(Decode).ToList(), CancellationToken.None);
                await pages.WriteAsync(new Page(Environment.TickCount64, decoding), stoppingToken);
            }
        }
#pragma warning disable CA1031 // Handed to the folding side, which shows it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            pages.Complete(failure);
        }
    }

    private async Task FoldAsync(ChannelReader<Page> pages, CancellationToken stoppingToken)
    {
        var apply = Apply;
        await foreach (var read in pages.ReadAllAsync(stoppingToken))
        {
            var page = await read.Decoding;
            await PatientlyAsync(apply, page, stoppingToken);
            Telemetry.Folded.Add(page.Count);
            if (page.Count == 0)
            {
                await PatientlyAsync(static view => view.Settle(), _views, stoppingToken);

                // There was no more when this was read.
                _freshness.HeadWas(Position, read.At);
                CaughtUp = true;
            }

            Show();
        }
    }

    private void Show()
    {
        _freshness.Shows(Position);
        Interlocked.Exchange(ref _moved, NewSignal()).SetResult();
    }

    /// <summary>One after the other, each again and again while the key vault does not answer.</summary>
    private async ValueTask PatientlyAsync<T>(Action<T> step, List<T> all, CancellationToken stoppingToken)
    {
        for (var (next, attempt) = (0, 1); next < all.Count;)
        {
            try
            {
                step(all[next]);
                (next, attempt, WaitingFor) = (next + 1, 1, null);
            }
            catch (VaultUnreachableException away)
            {
                WaitingFor = away;
                logger.LogError(away, "The views wait after position {Position} for the key vault. They go on when it answers; nothing was skipped.", Position);
                Show();
                await Task.Delay(Patience.Before(attempt++), stoppingToken);
            }
        }
    }

    /// <summary>What no view folds is not decoded. What cannot be decoded stops the folding when its turn comes, and not before.</summary>
    private Decoded Decode(LoggedEvent logged)
    {
        try
        {
            return codec.TypeOf(logged) is { } type && _byType.TryGetValue(type, out var folding)
                ? new(logged, codec.DecodeEvent(logged), folding, null)
                : new(logged, null, [], null);
        }
        catch (Exception unreadable) when (unreadable is UnknownEventTypeException or UnreadableEventException)
        {
            return new(logged, null, [], unreadable);
        }
    }

    private void Apply(Decoded decoded)
    {
        var logged = decoded.Logged;
        if (decoded.Unreadable is { } unreadable)
        {
            throw new PoisonEventException(logged, unreadable);
        }

        try
        {
            for (; _taken < decoded.Views.Length; _taken++)
            {
                decoded.Views[_taken].Apply(decoded.Event!, logged);
            }

            for (; _taken < decoded.Views.Length + _raw.Length; _taken++)
            {
                _raw[_taken - decoded.Views.Length].Apply(logged);
            }
        }
        catch (Exception failure) when (failure is not VaultUnreachableException)
        {
            throw new PoisonEventException(logged, failure);
        }

        _taken = 0;
        Applied++;
        Volatile.Write(ref _applied, logged.Position.Value);
    }

    /// <param name="At">When it was read.</param>
    private readonly record struct Page(long At, Task<List<Decoded>> Decoding);

    private readonly record struct Decoded(LoggedEvent Logged, IEvent? Event, View[] Views, Exception? Unreadable);

    /// <summary>Asks the log itself where it stands: a follower that hangs in silence must not look up to date.</summary>
    private async Task ProbeAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var at = Environment.TickCount64;
                _freshness.HeadWas(await log.HeadAsync(stoppingToken), at);
            }
#pragma warning disable CA1031 // An unreachable log makes the views stale by themselves; the next tick asks again.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.LogWarning(failure, "The log does not answer; views are at {Position}.", Position);
            }
        }
    }
}
