using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Views;

/// <summary>
/// How old what the views show may be: they are as fresh as the last moment whose end of the log they have reached. A follower that keeps up is
/// milliseconds behind for ever and fresh all the same; one that hangs ages, as soon as something was written that it does not show.
/// </summary>
internal sealed class Freshness
{
    private readonly Lock _turn = new();
    private readonly Queue<(LogPosition Head, long At)> _ahead = new();
    private LogPosition _shown = LogPosition.Start;
    private long? _freshAt;

    /// <summary>The log ended at a position at a moment.</summary>
    /// <param name="head">End of the log.</param>
    /// <param name="at">Milliseconds on a clock that only runs forward.</param>
    public void HeadWas(LogPosition head, long at)
    {
        lock (_turn)
        {
            _ahead.Enqueue((head, at));
            Reach();
        }
    }

    /// <summary>The views show the log up to a position.</summary>
    public void Shows(LogPosition position)
    {
        lock (_turn)
        {
            _shown = position;
            Reach();
        }
    }

    /// <summary>Whether what is shown was all there was at most so many milliseconds ago.</summary>
    public bool Within(long milliseconds, long now)
    {
        lock (_turn)
        {
            return _freshAt is { } at && now - at <= milliseconds;
        }
    }

    private void Reach()
    {
        while (_ahead.TryPeek(out var next) && next.Head <= _shown)
        {
            _freshAt = Math.Max(_freshAt ?? next.At, next.At);
            _ahead.Dequeue();
        }
    }
}
