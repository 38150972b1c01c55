using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;

namespace Barnahus.Timeline.Index;

/// <summary>
/// Which streams hold events of which child: all that Timeline keeps of the log. An event is of a child when its subject is that child; or when its
/// subject is not a child (a referral) and its stream names that child last. Files that were merged are one child.
/// </summary>
public sealed class TimelineIndex : IRawView
{
    private const string ChildMerged = "access.child-merged.v1";

    // After this event the stream names no child, until the next one that does.
    private const string JoinCorrected = "intake.referral-join-corrected.v1";

    private readonly ConcurrentDictionary<Guid, ImmutableArray<Extent>> _extents = new();
    private readonly ConcurrentDictionary<string, NamedStream> _streams = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, ImmutableArray<Guid>> _mergedFrom = new();

    /// <inheritdoc/>
    public void Apply(LoggedEvent logged)
    {
        var subject = Envelope.SubjectOf(logged);
        var known = _streams.GetValueOrDefault(logged.Stream);
        var stream = known ?? new NamedStream(logged.Stream, null, null, []);
        if (subject.Kind == "child")
        {
            stream = stream.Child == subject.Id ? stream : stream with { Child = subject.Id, Extent = ExtentOf(subject.Id, stream.Name, logged.Revision) };
            stream.Extent!.Last = logged.Revision;
        }
        else if (subject.Kind != SubjectId.None.Kind && !stream.Others.Contains(subject))
        {
            stream = stream with { Others = stream.Others.Add(subject) };
        }

        stream = logged.Type == JoinCorrected ? stream with { Child = null, Extent = null } : stream;
        if (!ReferenceEquals(stream, known) && (known is not null || stream is not { Child: null, Others: [] }))
        {
            _streams[stream.Name] = stream;
        }

        if (logged.Type == ChildMerged)
        {
            Merge(logged);
        }
    }

    /// <summary>Where the events of a child stand, the files merged into it included.</summary>
    public ChildStreams StreamsOf(Guid childId)
    {
        var children = new HashSet<Guid>();
        Gather(childId, children);
        var spans = new Dictionary<string, Span>(StringComparer.Ordinal);
        var others = new HashSet<SubjectId>();
        foreach (var span in children.SelectMany(child => _extents.GetValueOrDefault(child, [])).Select(extent => extent.Span))
        {
            var whole = spans.TryGetValue(span.Stream, out var known) ? span.With(known) : span;
            if (_streams.GetValueOrDefault(span.Stream) is { Child: { } named, Others: { IsEmpty: false } also } && children.Contains(named))
            {
                whole = whole with { First = 0, Last = long.MaxValue };
                others.UnionWith(also);
            }

            spans[span.Stream] = whole;
        }

        return new ChildStreams(children, others, [.. spans.Values]);
    }

    private Extent ExtentOf(Guid childId, string stream, long revision)
    {
        var extents = _extents.GetValueOrDefault(childId, []);
        var extent = extents.FirstOrDefault(known => known.Stream == stream);
        if (extent is null)
        {
            extent = new Extent(stream, revision);
            _extents[childId] = extents.Add(extent);
        }

        return extent;
    }

    private void Merge(LoggedEvent logged)
    {
        using var data = JsonDocument.Parse(logged.Data);
        var from = data.RootElement.GetProperty("childId").GetGuid();
        var into = data.RootElement.GetProperty("intoChildId").GetGuid();
        _mergedFrom[into] = _mergedFrom.GetValueOrDefault(into, []).Add(from);
    }

    private void Gather(Guid childId, HashSet<Guid> children)
    {
        if (children.Add(childId))
        {
            foreach (var from in _mergedFrom.GetValueOrDefault(childId, []))
            {
                Gather(from, children);
            }
        }
    }

    /// <param name="Child">Whom it names last.</param>
    /// <param name="Extent">Of that child.</param>
    private sealed record NamedStream(string Name, Guid? Child, Extent? Extent, ImmutableArray<SubjectId> Others);

    /// <summary>Where the events of a child begin and end in a stream. The end moves with every event.</summary>
    private sealed class Extent(string stream, long first)
    {
        private long _last;

        public string Stream => stream;

        public long Last
        {
            set => Volatile.Write(ref _last, value);
        }

        public Span Span => new(stream, first, Math.Max(first, Volatile.Read(ref _last)));
    }
}

/// <summary>A part of a stream, both ends included.</summary>
/// <param name="Stream">Name.</param>
/// <param name="First">Revision.</param>
/// <param name="Last">Revision; <see cref="long.MaxValue"/> is the end.</param>
public sealed record Span(string Stream, long First, long Last)
{
    /// <summary>The smallest part that covers both.</summary>
    public Span With(Span other) => this with { First = Math.Min(First, other.First), Last = Math.Max(Last, other.Last) };
}

/// <summary>Where to find what is of one child.</summary>
/// <param name="Children">Its id, and those that were merged into it.</param>
/// <param name="Others">Further subjects that are of this child: its referrals.</param>
/// <param name="Spans">Parts of streams; an event there is of this child when its subject is one of these.</param>
public sealed record ChildStreams(IReadOnlySet<Guid> Children, IReadOnlySet<SubjectId> Others, IReadOnlyList<Span> Spans)
{
    /// <summary>Whether something about a subject is about this child.</summary>
    public bool Covers(SubjectId subject) => subject.Kind == "child" ? Children.Contains(subject.Id) : Others.Contains(subject);
}
