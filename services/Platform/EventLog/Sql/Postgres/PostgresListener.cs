using Npgsql;

namespace Barnahus.Platform.EventLog.Sql.Postgres;

/// <summary>Hears from the server when another process has appended, and wakes who follows. Without a connection it tries to have one again.</summary>
internal sealed class PostgresListener : IAsyncDisposable
{
    private static readonly TimeSpan TryAgain = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource ending = new();
    private readonly Task running;
    private volatile bool listening;

    /// <param name="own">The server's process that appends for us: who follows here was woken before it says so.</param>
    public PostgresListener(NpgsqlDataSource database, AppendSignal signal, Func<int> own) =>
        running = Task.Run(() => RunAsync(database, signal, own, ending.Token));

    /// <summary>How long a follower may sleep without looking: it would only miss what the server had no time to tell before it went away.</summary>
    public TimeSpan Patience => listening ? TimeSpan.FromSeconds(3) : TryAgain;

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        ending.Dispose();
    }

    private async Task RunAsync(NpgsqlDataSource database, AppendSignal signal, Func<int> own, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(database, signal, own, cancellationToken);
            }
#pragma warning disable CA1031 // Whatever it was: followers look by themselves meanwhile, and say what they meet.
            catch (Exception)
#pragma warning restore CA1031
            {
                listening = false;
                await Task.Delay(TryAgain, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(NpgsqlDataSource database, AppendSignal signal, Func<int> own, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        connection.Notification += (_, said) =>
        {
            if (said.PID != own())
            {
                signal.Raise();
            }
        };
        await using (var listen = new NpgsqlCommand($"LISTEN {PostgresEventTable.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken);
        }

        // What came before this moment nobody told us.
        listening = true;
        signal.Raise();
        while (true)
        {
            await connection.WaitAsync(cancellationToken);
        }
    }
}
