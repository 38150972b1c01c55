using System.Collections.Concurrent;
using System.Collections.Immutable;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Deciding;

/// <summary>
/// What was folded of the streams that were asked for last, as far as it was read from the log: what was appended since is read on top of it.
/// A stream only grows, so this can be late and never wrong; it may be forgotten at any moment. Personal fields are sealed in it, as in the log.
/// </summary>
internal sealed class RecentStreams
{
    // Twice this many at most: when one half is full, the other one, of those not asked for lately, is forgotten.
    private const int Half = 1000;

    private volatile ConcurrentDictionary<string, object> _recent = new(StringComparer.Ordinal);
    private volatile ConcurrentDictionary<string, object> _earlier = new(StringComparer.Ordinal);

    /// <summary>Null when this stream was not folded lately, or by another decider.</summary>
    public Folded<TState>? Find<TState>(string stream, object decider) =>
        (_recent.TryGetValue(stream, out var known) || _earlier.TryGetValue(stream, out known)) && known is Folded<TState> folded && ReferenceEquals(folded.By, decider)
            ? folded
            : null;

    public void Keep<TState>(string stream, Folded<TState> folded)
    {
        _recent[stream] = folded;
        if (_recent.Count > Half)
        {
            _earlier = _recent;
            _recent = new(StringComparer.Ordinal);
        }
    }
}

/// <summary>A stream up to a revision.</summary>
/// <param name="By">The decider that folds it.</param>
/// <param name="State">Immutable, and so shared.</param>
/// <param name="Revision">Of the last event in it; <see cref="StreamRevision.None"/> for none.</param>
/// <param name="Position">Of that event.</param>
/// <param name="Commands">Ids of the commands its events came from.</param>
internal sealed record Folded<TState>(object By, TState State, long Revision, LogPosition Position, ImmutableHashSet<Guid> Commands);
