using Barnahus.Platform.EventLog;
using Barnahus.Timeline.Index;

namespace Barnahus.Timeline.Reading;

/// <summary>Reads all events of one child from its streams and puts them in the order in which they happened. A child has a handful of streams.</summary>
public sealed class ChildReader(IEventLog log, TimelineIndex index)
{
    private const int PageSize = 1000;

    /// <summary>The events, in the order of the log.</summary>
    public async Task<IReadOnlyList<ReadEvent>> ReadAsync(Guid childId, CancellationToken cancellationToken)
    {
        var streams = index.StreamsOf(childId);
        var parts = await Task.WhenAll(streams.Spans.Select(span => ReadAsync(span, streams, cancellationToken)));
        return [.. parts.SelectMany(part => part).OrderBy(read => read.Envelope.Position)];
    }

    private async Task<List<ReadEvent>> ReadAsync(Span span, ChildStreams streams, CancellationToken cancellationToken)
    {
        var found = new List<ReadEvent>();
        for (var next = span.First; next <= span.Last;)
        {
            var wanted = (int)Math.Min(PageSize - 1, span.Last - next) + 1;
            var page = await log.ReadStreamAsync(span.Stream, next, wanted, ReadDirection.Forwards, cancellationToken);
            foreach (var logged in page)
            {
                if (streams.Covers(Envelope.SubjectOf(logged)))
                {
                    found.Add(new ReadEvent(logged, Envelope.Of(logged)));
                }
            }

            if (page.Count < wanted)
            {
                break;
            }

            next = page[^1].Revision + 1;
        }

        return found;
    }
}

/// <summary>An event of any service, with its envelope; its content is undecoded JSON.</summary>
public sealed record ReadEvent(LoggedEvent Logged, Envelope Envelope)
{
    /// <summary>The service that wrote it: the first part of its type.</summary>
    public string Service => Logged.Type[..Logged.Type.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>Its type without the version.</summary>
    public string Kind => Logged.Type[..Logged.Type.LastIndexOf('.')];
}
