using System.Diagnostics;
using Barnahus.Platform.EventLog;
using Grpc.Core;
using Esdb = EventStore.Client;

namespace Barnahus.EventStoreDb;

/// <summary>
/// What the server's failures mean to us. Most say "not now": it starts, another node leads, the connection broke. The client then looks for
/// the leader by itself, but gives the failure to whoever asked; so we ask again, for as long as people wait.
/// </summary>
internal static class Answers
{
    /// <summary>How long without an answer, or without the next event of a read, until it is said that the log does not answer. An election takes 2-5 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Asks until there is an answer; asking twice must be the same as asking once.</summary>
    /// <param name="ask">Ends by itself when it has heard nothing for <see cref="Patience"/>.</param>
    /// <exception cref="LogUnreachableException">None came in time.</exception>
    public static async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var began = Stopwatch.GetTimestamp();
        for (var pause = FirstPause; ; pause = Longer(pause))
        {
            try
            {
                return await ask(cancellationToken);
            }
            catch (Exception ended) when (cancellationToken.IsCancellationRequested && ended is OperationCanceledException or RpcException)
            {
                throw new OperationCanceledException("Cancelled while the event log was asked.", ended, cancellationToken);
            }
            catch (Exception failure) when (IsOutOfReach(failure))
            {
                if (Stopwatch.GetElapsedTime(began) + pause > Patience)
                {
                    throw new LogUnreachableException(failure);
                }
            }

            await Task.Delay(pause, cancellationToken);
        }
    }

    /// <summary>The next pause: twice as long, up to two seconds.</summary>
    public static TimeSpan Longer(TimeSpan pause) => pause == TimeSpan.Zero ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;

    /// <summary>
    /// The server is away, starting, busy, not the leader, or does not take our sign-in (yet). Over the shared stream of appends the client has
    /// no word for "not ready" and throws <see cref="InvalidOperationException"/>.
    /// </summary>
    public static bool IsOutOfReach(Exception failure) => failure switch
    {
        ObjectDisposedException => false,
        RpcException rpc => rpc.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Cancelled or StatusCode.Aborted
            or StatusCode.ResourceExhausted or StatusCode.Internal or StatusCode.Unknown,
        Esdb.NotLeaderException or Esdb.DiscoveryException or Esdb.NotAuthenticatedException => true,
        OperationCanceledException or TimeoutException or IOException or HttpRequestException or InvalidOperationException => true,
        _ => false,
    };
}
