using System.Runtime.CompilerServices;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Views;
using Barnahus.Timeline.Index;

namespace Barnahus.Timeline.Features;

/// <summary>Reads records of the access log.</summary>
public sealed class AccessReader(AccessLog accesses, AccessIndex index, EventCodec codec, AccountNames names)
{
    private const string ByKind = "by:";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Waits until the index shows all that the access log holds now; five seconds at most.</summary>
    /// <exception cref="NotReadyException">It does not in time.</exception>
    public async Task RequireUpToDateAsync(CancellationToken cancellationToken)
    {
        if (!await index.ShowsAsync(await accesses.Log.HeadAsync(cancellationToken), Patience, cancellationToken))
        {
            throw new NotReadyException("The accesses are not all here yet. Try again in a moment.");
        }
    }

    /// <summary>Records, in the order of their places.</summary>
    public async IAsyncEnumerable<Access> ReadAsync(
        IEnumerable<AccessPlace> places, ChildStreams child, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var place in places)
        {
            yield return await ReadAsync(place, child, cancellationToken);
        }
    }

    /// <summary>One record, with what it says of one child and nothing of others.</summary>
    private async Task<Access> ReadAsync(AccessPlace place, ChildStreams child, CancellationToken cancellationToken)
    {
        var (envelope, looked) = await LookedAsync(place, cancellationToken);
        return new Access(
            envelope.EventId,
            envelope.OccurredAt,
            envelope.RecordedAt,
            Who.Of(envelope.Actor, names),
            looked.SessionId,
            StatedPurpose.Of(envelope),
            looked.OperationId,
            looked.Method,
            looked.Route,
            [.. looked.Looks.Where(look => child.Covers(look.About)).SelectMany(look => look.What).Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>A search for a child: by which kinds of identity, and how many files it showed. No file that it showed is named.</summary>
    public async Task<ChildSearch> ReadSearchAsync(AccessPlace place, CancellationToken cancellationToken)
    {
        var (envelope, looked) = await LookedAsync(place, cancellationToken);
        var what = looked.Looks.First(look => look.What.Contains(AccessLog.ChildSearch)).What;
        return new ChildSearch(
            envelope.EventId,
            envelope.OccurredAt,
            envelope.RecordedAt,
            Who.Of(envelope.Actor, names),
            looked.SessionId,
            StatedPurpose.Of(envelope),
            what.Contains("for-referral"),
            [.. what.Where(kind => kind.StartsWith(ByKind, StringComparison.Ordinal)).Select(kind => kind[ByKind.Length..])],
            looked.Looks.Count(look => look.What.Contains("match")));
    }

    private async Task<(Envelope Envelope, Looked Looked)> LookedAsync(AccessPlace place, CancellationToken cancellationToken)
    {
        var found = await accesses.Log.ReadStreamAsync(place.Stream, place.Revision, 1, ReadDirection.Forwards, cancellationToken);
        return codec.Decode(found[0]) is { Event: Looked known } recorded
            ? (recorded.Envelope, known)
            : throw new InvalidOperationException($"The record at {place.Position} is no look.");
    }
}
