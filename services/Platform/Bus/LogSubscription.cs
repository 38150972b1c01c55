using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.State;
using Barnahus.Platform.Views;
using Microsoft.Extensions.Logging;

namespace Barnahus.Platform.Bus;

/// <summary>
/// Follows the log under a lease with a fenced checkpoint and hands events to a handler at least once; the checkpoint never passes one
/// that is not handled. An event that cannot be handled after several tries is parked visibly; what is merely out of reach is awaited.
/// </summary>
/// <param name="name">Name of lease and checkpoint.</param>
/// <param name="types">Event types the handler takes.</param>
/// <param name="handle">Must do nothing the second time.</param>
/// <param name="atOnce">How many events may be handled at a time; with 1 they keep their order.</param>
internal sealed class LogSubscription(
    string name,
    IReadOnlySet<Type> types,
    Func<Recorded, CancellationToken, Task> handle,
    int atOnce,
    IEventLog log,
    EventCodec codec,
    IStateStore state,
    ILogger logger)
{
    private const int SaveAtLeastEvery = 1000;

    // What a dead holder leaves waits so long. A holder that only stalled is fenced, and what it did twice has no second effect.
    private static readonly TimeSpan LeaseFor = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private readonly string _holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():D}";

    /// <summary>Why it stopped; null while it runs.</summary>
    public Exception? Stopped { get; private set; }

    public string Name => name;

    /// <summary>Runs until cancelled; takes over when another holder is gone.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await HeldLease.TryTakeAsync(state, name, _holder, LeaseFor, logger, stoppingToken) is { } held)
                {
                    await using (held)
                    {
                        await HoldAsync(held, stoppingToken);
                    }
                }
                else
                {
                    await Task.Delay(LookEvery, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (FencedException fenced)
            {
                logger.LogInformation("{Subscription}: {Reason}", name, fenced.Message);
            }
            catch (Exception failure) when (failure is PoisonEventException or UnknownEventTypeException or UnreadableEventException)
            {
                Stopped = failure;
                Telemetry.Stopped.Add(1, new KeyValuePair<string, object?>("follower", name));
                logger.LogCritical(failure, "{Subscription} stopped. Mend the cause and restart; nothing was skipped.", name);
                return;
            }
#pragma warning disable CA1031 // The log or the state store is out of reach: try for as long as it takes.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                logger.LogWarning(failure, "{Subscription} tries again.", name);
                await Task.Delay(TimeSpan.FromSeconds(2), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HoldAsync(HeldLease held, CancellationToken stoppingToken)
    {
        try
        {
            await RetryParkedAsync(held.Token);
            await FollowAsync(held.Lease, held.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // The lease went to another holder.
        }
    }

    /// <summary>
    /// Where to go on. A checkpoint beyond the end of the log is of a log that was longer: an older copy was restored. What is written there from
    /// now on must not be passed over, so the subscription starts over; what was done before has no second effect.
    /// </summary>
    private async Task<LogPosition> CheckpointAsync(Lease lease, CancellationToken cancellationToken)
    {
        var saved = await state.LoadAsync(name, cancellationToken) ?? LogPosition.Start;
        var head = await log.HeadAsync(cancellationToken);
        if (saved <= head)
        {
            return saved;
        }

        logger.LogCritical(
            "{Subscription}: its checkpoint {Saved} lies beyond the end of the log, {Head}: the log is an older copy. It starts over from the first event.", name, saved, head);
        Count("started-over");
        await state.SaveAsync(lease, LogPosition.Start, cancellationToken);
        return LogPosition.Start;
    }

    private async Task FollowAsync(Lease lease, CancellationToken cancellationToken)
    {
        var position = await CheckpointAsync(lease, cancellationToken);
        var unsaved = 0;
        await foreach (var page in log.FollowAsync(position, cancellationToken))
        {
            // Most events are of no interest here: they are not decoded, or every command would cost a decoding per subscription.
            var taken = page.Where(logged => codec.TypeOf(logged) is { } type && types.Contains(type)).ToList();
            var limit = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(taken, limit, async (logged, token) => await HandleAsync(codec.Decode(logged), token));
            position = page is [.., var last] ? last.Position : position;
            unsaved += page.Count;

            // Saving after every foreign event would cost each command a disk write for nothing.
            if (taken.Count > 0 || unsaved >= SaveAtLeastEvery)
            {
                await state.SaveAsync(lease, position, cancellationToken);
                unsaved = 0;
            }
        }
    }

    private async Task HandleAsync(Recorded recorded, CancellationToken cancellationToken)
    {
        // What follows from an event belongs to the trace of the request that led to it.
        using var activity = Telemetry.Begin("subscription", recorded.Envelope.TraceParent);
        activity.SetTag("barnahus.subscription", name);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await handle(recorded, cancellationToken);
                Count("handled");
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
#pragma warning disable CA1031 // Judged here: awaited, tried again or parked; never lost.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                if (!Patience.IsOutOfReach(failure) && attempt >= Patience.AttemptsAt(failure))
                {
                    await ParkAsync(recorded.Envelope, failure, cancellationToken);
                    return;
                }

                logger.LogWarning(failure, "{Subscription}: event {EventId}, attempt {Attempt}.", name, recorded.Envelope.EventId, attempt);
                await Task.Delay(Patience.Before(attempt), cancellationToken);
            }
        }
    }

    private void Count(string outcome) => Telemetry.Subscriptions.Add(
        1, new KeyValuePair<string, object?>("subscription", name), new KeyValuePair<string, object?>("outcome", outcome));

    private async Task ParkAsync(Envelope envelope, Exception failure, CancellationToken cancellationToken)
    {
        Count("parked");
        logger.LogError(failure, "{Subscription}: event {EventId} is parked; it is tried again at the next start.", name, envelope.EventId);
        await AppendAsync(new Parked(name, envelope.EventId, envelope.Position.Value, failure.GetType().Name), cancellationToken);
    }

    private async Task RetryParkedAsync(CancellationToken cancellationToken)
    {
        var parked = new Dictionary<Guid, Parked>();
        foreach (var logged in await log.ReadStreamAsync(ParkedEvents.Stream(name), 0, int.MaxValue, ReadDirection.Forwards, cancellationToken))
        {
            switch (codec.Decode(logged).Event)
            {
                case Parked p:
                    parked[p.EventId] = p;
                    break;
                case Unparked u:
                    parked.Remove(u.EventId);
                    break;
            }
        }

        foreach (var one in parked.Values.OrderBy(p => p.At))
        {
            var logged = await log.ReadAtAsync(new LogPosition(one.At), cancellationToken);
            if (logged?.Id == one.EventId && codec.TryDecode(logged) is { } recorded)
            {
                try
                {
                    await handle(recorded, cancellationToken);
                    await AppendAsync(new Unparked(name, one.EventId), cancellationToken);
                }
#pragma warning disable CA1031 // It stays parked, visibly.
                catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    logger.LogError(failure, "{Subscription}: parked event {EventId} fails still.", name, one.EventId);
                }
            }
        }
    }

    private async Task AppendAsync(IEvent e, CancellationToken cancellationToken)
    {
        var stream = ParkedEvents.Stream(name);
        var id = Guid.CreateVersion7();
        var context = new CommandContext(id, Actor.System(name), null, TimeProvider.System.GetUtcNow(), id);
        var encoded = await codec.EncodeAsync(stream, [e], context, cancellationToken);
        while (true)
        {
            var last = await log.ReadStreamAsync(stream, long.MaxValue, 1, ReadDirection.Backwards, cancellationToken);
            try
            {
                await log.AppendAsync(stream, last is [var one] ? one.Revision : StreamRevision.None, encoded, cancellationToken);
                return;
            }
            catch (WrongRevisionException)
            {
                // Another event of this page was parked at the same time.
            }
        }
    }
}
