using Barnahus.Platform.State;
using Npgsql;

namespace Barnahus.Platform.EventLog.Sql.Postgres;

/// <summary>
/// Tells the other processes that something was appended, beside the appending and not in it: in its transaction, or behind it in the same round
/// trip, the telling would hold up the next batch. What is appended meanwhile is told together. Were it lost, followers look by themselves.
/// </summary>
internal sealed class PostgresNotifier : IAsyncDisposable
{
    private readonly CancellationTokenSource ending = new();
    private readonly Task running;
    private int processId;

    public PostgresNotifier(NpgsqlDataSource database, AppendSignal appended) => running = Task.Run(() => RunAsync(database, appended, ending.Token));

    /// <summary>The server's process that tells for us: who follows here was woken before. May be asked by any thread.</summary>
    public int ProcessId => Volatile.Read(ref processId);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        ending.Dispose();
    }

    private async Task RunAsync(NpgsqlDataSource database, AppendSignal appended, CancellationToken cancellationToken)
    {
        var next = appended.Next;
        while (!cancellationToken.IsCancellationRequested)
        {
            await next.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            next = appended.Next;
            try
            {
                await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
                Volatile.Write(ref processId, connection.ProcessID);
                await using var notify = new NpgsqlCommand($"NOTIFY {PostgresEventTable.Channel}", connection);
                await notify.ExecuteNonQueryAsync(CancellationToken.None);
            }
            catch (Exception lost) when (PostgresErrors.IsOutOfReach(lost) || lost is ObjectDisposedException)
            {
                // The next append tells for both.
            }
        }
    }
}
