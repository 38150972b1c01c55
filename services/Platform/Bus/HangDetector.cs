namespace Barnahus.Platform.Bus;

/// <summary>
/// Judges whether an inbox is served by this process: with nobody at the queue, or with messages ready while this process receives none and works on
/// none, it is not. A broker hands out what is ready at once, so a replica that merely has nothing to do sees nothing waiting.
/// </summary>
/// <param name="after">How long it must look so before it is believed.</param>
internal sealed class HangDetector(TimeSpan after)
{
    /// <summary>Connecting may take so many times as long.</summary>
    public const int PatienceWhileStarting = 4;

    private TimeSpan? _since;
    private long _received = -1;

    /// <summary>It has looked unserved for long enough.</summary>
    public bool Hangs { get; private set; }

    /// <param name="now">Any clock that only rises.</param>
    /// <param name="queue">As the broker says; null: there is no such queue.</param>
    /// <param name="received">Messages this process has received since its start.</param>
    /// <param name="working">Messages it works on now.</param>
    /// <param name="starting">The bus is still connecting.</param>
    public void Saw(TimeSpan now, QueueState? queue, long received, int working, bool starting = false)
    {
        var unserved = queue is null or { Consumers: 0 } || (queue.Ready > 0 && working == 0 && received == _received);
        _received = received;
        _since = unserved ? _since ?? now : null;
        Hangs = _since is { } since && now - since >= after * (starting ? PatienceWhileStarting : 1);
    }

    /// <summary>After a restart: look anew.</summary>
    public void Forget()
    {
        _since = null;
        Hangs = false;
    }
}
