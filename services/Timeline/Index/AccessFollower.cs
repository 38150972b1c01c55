using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;

namespace Barnahus.Timeline.Index;

/// <summary>Follows the access log into its index. A record that cannot be read stops it visibly: reads of accesses answer 503 from then on.</summary>
public sealed class AccessFollower(AccessLog accesses, EventCodec codec, AccessIndex index, ILogger<AccessFollower> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var page in accesses.Log.FollowAsync(LogPosition.Start, stoppingToken))
            {
                foreach (var logged in page)
                {
                    index.Apply(logged, (Looked)codec.Decode(logged).Event);
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
            logger.LogCritical(failure, "The index of accesses stopped after position {Position}. Mend the cause and restart; nothing was skipped.", index.Position);
        }
    }
}
