using Barnahus.Platform.Access;
using Barnahus.Platform.Privacy;
using Barnahus.Timeline.Index;
using Barnahus.Timeline.Reading;
using Barnahus.Timeline.Sentences;

namespace Barnahus.Timeline.Features;

/// <summary>Makes a line of a timeline from an event, opening no more than this reader may see.</summary>
public sealed class LineWriter(SentenceBook book, SentenceWriter sentences, AccountNames accounts, PersonalData personal)
{
    /// <param name="restricted">Parts of the child's file that are kept and not used.</param>
    public Line Write(ReadEvent read, Guid childId, AccessGate gate, IReadOnlySet<string> restricted)
    {
        var envelope = read.Envelope;
        var saying = book.Of(read.Logged.Type);

        // What is opened is recorded as a look at that group, like the same data on any other page.
        var kept = saying.Parts?.Any(restricted.Contains) == true;
        var opens = !kept && saying.Group is { } group && gate.LookOnTimeline(childId, group);
        using var fields = new EventFields(read.Logged, envelope.Subject, opens ? personal : null, kept);
        return new Line(
            envelope.EventId,
            envelope.Position.ToString(),
            envelope.OccurredAt,
            envelope.RecordedAt,
            read.Service,
            envelope.Type,
            new Sentence(sentences.Write(saying, fields, Language.Dutch), sentences.Write(saying, fields, Language.English)),
            Who.Of(envelope.Actor, accounts),
            StatedPurpose.Of(envelope),
            envelope.CausationId,
            envelope.CauseEventId,
            envelope.CorrelationId);
    }
}
