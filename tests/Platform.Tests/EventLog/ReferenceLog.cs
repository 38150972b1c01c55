namespace Barnahus.Platform.Tests.EventLog;

/// <summary>What the contract says, in the fewest words: a list. The model-based suite holds every engine against it.</summary>
internal sealed class ReferenceLog
{
    private readonly List<(string Stream, long Revision, Guid Id)> events = [];

    /// <summary>Revision of the last event appended, or the revision the stream stands at when refused.</summary>
    public (bool Accepted, long Revision) Append(string stream, long expected, IReadOnlyList<Guid> ids)
    {
        var there = Stream(stream);
        if (expected == there.Count - 1)
        {
            events.AddRange(ids.Select((id, i) => (stream, expected + 1 + i, id)));
            return (true, expected + ids.Count);
        }

        var repeated = there.Skip((int)expected + 1).Take(ids.Count).SequenceEqual(ids);
        return repeated ? (true, expected + ids.Count) : (false, there.Count - 1);
    }

    public IReadOnlyList<Guid> Stream(string stream) => [.. events.Where(e => e.Stream == stream).Select(e => e.Id)];

    public IReadOnlyList<Guid> All() => [.. events.Select(e => e.Id)];
}
