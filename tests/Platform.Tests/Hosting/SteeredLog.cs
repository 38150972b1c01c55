using System.Runtime.CompilerServices;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>A log in the hands of a test: its appends wait, fail, or are applied and then fail; its followers hang.</summary>
internal sealed class SteeredLog(IEventLog real) : IEventLog
{
    private readonly TaskCompletionSource _asked = NewGate();
    private TaskCompletionSource _appends = Opened();
    private TaskCompletionSource _follows = Opened();

    /// <summary>Before an append is tried: throws what it fails with.</summary>
    public Action<string>? BeforeAppend { get; set; }

    /// <summary>After an append was applied: throws what its caller gets instead of the answer.</summary>
    public Action<string>? AfterAppend { get; set; }

    /// <summary>Completes when an append arrived.</summary>
    public Task Asked => _asked.Task;

    public void HoldAppends() => _appends = NewGate();

    /// <summary>From now on followers are given nothing, without a word.</summary>
    public void HoldFollowers() => _follows = NewGate();

    public void Free()
    {
        _appends.TrySetResult();
        _follows.TrySetResult();
    }

    public async Task<Appended> AppendAsync(string stream, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        await _appends.Task;
        BeforeAppend?.Invoke(stream);
        var appended = await real.AppendAsync(stream, expectedRevision, events, cancellationToken);
        AfterAppend?.Invoke(stream);
        return appended;
    }

    public Task<IReadOnlyList<LoggedEvent>> ReadStreamAsync(
        string stream, long fromRevision, int maxCount, ReadDirection direction, CancellationToken cancellationToken) =>
        real.ReadStreamAsync(stream, fromRevision, maxCount, direction, cancellationToken);

    public Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(LogPosition after, int maxCount, CancellationToken cancellationToken) =>
        real.ReadAllAsync(after, maxCount, cancellationToken);

    public Task<LoggedEvent?> ReadAtAsync(LogPosition position, CancellationToken cancellationToken) => real.ReadAtAsync(position, cancellationToken);

    public async IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(LogPosition after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in real.FollowAsync(after, cancellationToken))
        {
            await _follows.Task.WaitAsync(cancellationToken);
            yield return page;
        }
    }

    public Task<LogPosition> HeadAsync(CancellationToken cancellationToken) => real.HeadAsync(cancellationToken);

    private static TaskCompletionSource NewGate() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource Opened()
    {
        var gate = NewGate();
        gate.SetResult();
        return gate;
    }
}
