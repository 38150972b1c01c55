using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Views;

namespace Barnahus.Timeline.Index;

/// <summary>Follows the access log into its index. A record that cannot be read stops it visibly: reads of accesses answer 503 from then on.</summary>
public sealed class AccessFollower(AccessLog accesses, EventCodec codec, AccessIndex index, ILogger<AccessFollower> logger)
    : BackgroundService, IFollower
{
    public string Name => "timeline.accesses";

    public Exception? Stopped { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var page in accesses.Log.FollowAsync(LogPosition.Start, stoppingToken))
            {
                foreach (var logged in page)
                {
                    Take(logged);
                }

                index.Signal();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Ending.
        }
#pragma warning disable CA1031 // Whatever stops it is shown; the rest of the process goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Stopped = failure;
            Telemetry.Stopped.Add(1, new KeyValuePair<string, object?>("follower", Name));
            logger.LogCritical(failure, "The index of accesses stopped after position {Position}. Mend the cause and restart; nothing was skipped.", index.Position);
        }
    }

    private void Take(LoggedEvent logged)
    {
        try
        {
            index.Apply(logged, (Looked)codec.DecodeEvent(logged));
        }
        catch (Exception failure)
        {
            throw new PoisonEventException(logged, failure);
        }
    }
}
