using System.Collections.Concurrent;

namespace Barnahus.Platform.Bus;

/// <summary>What became of messages that were published again, as their receivers say.</summary>
internal sealed class Outcomes
{
    private readonly ConcurrentDictionary<Guid, Message> _messages = [];
    private long _heard = Environment.TickCount64;

    public IReadOnlyCollection<Guid> Messages => [.. _messages.Keys];

    public bool AnyOpen => _messages.Values.Any(message => message is { Failed: false, IsTaken: false });

    /// <summary>Since anything was published or heard.</summary>
    public TimeSpan Silence => TimeSpan.FromMilliseconds(Environment.TickCount64 - Interlocked.Read(ref _heard));

    /// <param name="receivers">How many services take it.</param>
    public void Publishes(Guid id, int receivers)
    {
        Heard();
        _messages.TryAdd(id, new Message(receivers));
    }

    /// <param name="inbox">Where it was taken; a second delivery to the same is no second receiver.</param>
    public Task TakenAsync(Guid id, Uri? inbox)
    {
        Heard();
        if (inbox is not null && _messages.TryGetValue(id, out var message))
        {
            message.Inboxes.TryAdd(inbox, true);
        }

        return Task.CompletedTask;
    }

    public Task FailedAsync(Guid? id)
    {
        Heard();
        if (id is { } known && _messages.TryGetValue(known, out var message))
        {
            message.Failed = true;
        }

        return Task.CompletedTask;
    }

    /// <param name="learned">Messages that led to an event.</param>
    public Reconciled Count(IReadOnlySet<Guid> learned)
    {
        var failed = _messages.Values.Count(message => message.Failed);
        var taken = _messages.Where(message => message.Value is { Failed: false, IsTaken: true }).Select(message => message.Key).ToList();
        var newly = taken.Count(learned.Contains);
        return new(_messages.Count, taken.Count - newly, newly, failed, _messages.Count - taken.Count - failed);
    }

    private void Heard() => Interlocked.Exchange(ref _heard, Environment.TickCount64);

    private sealed class Message(int receivers)
    {
        public ConcurrentDictionary<Uri, bool> Inboxes { get; } = [];

        public bool Failed { get; set; }

        public bool IsTaken => Inboxes.Count >= receivers;
    }
}
