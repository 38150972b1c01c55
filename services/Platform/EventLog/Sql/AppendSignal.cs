namespace Barnahus.Platform.EventLog.Sql;

/// <summary>Wakes who follows the log when something was appended; nobody has to poll.</summary>
internal sealed class AppendSignal
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends at the next append after this was read. Take it before reading the log and nothing slips in between.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    public void Raise() => Interlocked.Exchange(ref next, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
