using System.Collections.Concurrent;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Timeline.Index;

/// <summary>Where in the access log a look at whom is recorded. The records themselves stay on disk: there are hundreds of millions a year.</summary>
public sealed class AccessIndex
{
    private readonly ConcurrentDictionary<SubjectId, Places> _places = new();
    private readonly ConcurrentDictionary<SubjectId, Places> _searches = new();
    private readonly ConcurrentDictionary<string, string> _streams = new(StringComparer.Ordinal);
    private TaskCompletionSource _moved = NewSignal();
    private long _position;

    /// <summary>Place up to which the index shows the access log.</summary>
    public LogPosition Position => new(Volatile.Read(ref _position));

    /// <summary>Takes the next record of the access log.</summary>
    public void Apply(LoggedEvent logged, Looked looked)
    {
        var place = new AccessPlace(logged.Position, _streams.GetOrAdd(logged.Stream, logged.Stream), logged.Revision);
        foreach (var look in looked.Looks)
        {
            _places.GetOrAdd(look.About, _ => new Places()).Add(place);
            if (look.What.Contains(AccessLog.ChildSearch))
            {
                _searches.GetOrAdd(look.About, _ => new Places()).Add(place);
            }
        }

        Volatile.Write(ref _position, logged.Position.Value);
    }

    /// <summary>Wakes those who wait, after a batch.</summary>
    public void Signal() => Interlocked.Exchange(ref _moved, NewSignal()).SetResult();

    /// <summary>Waits until the index shows a position of the access log.</summary>
    /// <returns>False when it did not within the time.</returns>
    public async Task<bool> ShowsAsync(LogPosition position, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(atMost);
        try
        {
            while (true)
            {
                var moved = Volatile.Read(ref _moved).Task;
                if (Position >= position)
                {
                    return true;
                }

                await moved.WaitAsync(patience.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Places of all looks at any of these, the latest first, each once.</summary>
    public IReadOnlyList<AccessPlace> Of(IEnumerable<SubjectId> subjects) =>
        [.. subjects.SelectMany(subject => _places.TryGetValue(subject, out var places) ? places.All : []).Distinct().OrderByDescending(place => place.Position)];

    /// <summary>Places of the searches for a child that an account made, or all accounts, the latest first.</summary>
    public IReadOnlyList<AccessPlace> Searches(Guid? accountId) =>
    [
        .. _searches.Where(one => accountId is null || one.Key.Id == accountId)
            .SelectMany(one => one.Value.All).OrderByDescending(place => place.Position),
    ];

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Places
    {
        private readonly Lock _turn = new();
        private readonly List<AccessPlace> _all = [];

        public IReadOnlyList<AccessPlace> All
        {
            get
            {
                lock (_turn)
                {
                    return [.. _all];
                }
            }
        }

        public void Add(AccessPlace place)
        {
            lock (_turn)
            {
                _all.Add(place);
            }
        }
    }
}

/// <summary>Where one record of the access log stands.</summary>
public readonly record struct AccessPlace(LogPosition Position, string Stream, long Revision);
