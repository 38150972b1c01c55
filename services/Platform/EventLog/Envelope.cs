using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.EventLog;

/// <summary>Everything about an event but its content. No personal data: ids, times, reasons by code.</summary>
/// <param name="EventId">Identity of the event.</param>
/// <param name="Type">Stable name with version.</param>
/// <param name="Stream">Stream it stands in.</param>
/// <param name="Revision">Place in its stream, from 0.</param>
/// <param name="Position">Place in the log.</param>
/// <param name="Subject">Whom it is about; key of the timeline.</param>
/// <param name="OccurredAt">Domain time at which it was decided.</param>
/// <param name="RecordedAt">System time at which the log took it.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Purpose">Purpose the actor stated, a code from the list of the role.</param>
/// <param name="CorrelationId">What it belongs to: the first cause.</param>
/// <param name="CausationId">The command it came from.</param>
/// <param name="TraceParent">W3C trace context, for finding the log lines.</param>
/// <param name="ContentType">Media type of the data.</param>
public sealed record Envelope(
    Guid EventId,
    string Type,
    string Stream,
    long Revision,
    LogPosition Position,
    SubjectId Subject,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    Actor Actor,
    string? Purpose,
    Guid CorrelationId,
    Guid CausationId,
    string? TraceParent,
    string ContentType = "application/json")
{
    /// <summary>The event whose message or reaction led to this one, in this or another service; null for what a person, a client or a timer did.</summary>
    public Guid? CauseEventId { get; init; }

    /// <summary>Mark of the body that asked for it (<see cref="Hosting.BodyMark"/>); null where no <c>Idempotency-Key</c> came with it.</summary>
    public string? BodyMark { get; init; }

    /// <summary>The envelope of a logged event of any type, known to this process or not.</summary>
    /// <exception cref="System.Text.Json.JsonException">Its metadata is not that of a writer of this log.</exception>
    public static Envelope Of(LoggedEvent logged)
    {
        var metadata = EventMetadata.Read(logged.Metadata.Span);
        return new Envelope(
            logged.Id,
            logged.Type,
            logged.Stream,
            logged.Revision,
            logged.Position,
            metadata.Subject,
            metadata.OccurredAt,
            logged.RecordedAt,
            metadata.Actor,
            metadata.Purpose,
            metadata.CorrelationId,
            metadata.CausationId,
            metadata.TraceParent,
            metadata.ContentType)
        {
            CauseEventId = metadata.CauseEventId,
            BodyMark = metadata.BodyMark,
        };
    }

    /// <summary>Only whom a logged event is about: for an index over all events of the log.</summary>
    /// <exception cref="System.Text.Json.JsonException">Its metadata is not that of a writer of this log.</exception>
    public static SubjectId SubjectOf(LoggedEvent logged) => EventMetadata.ReadSubject(logged.Metadata.Span);

    /// <summary>Only the command a logged event came from.</summary>
    /// <exception cref="System.Text.Json.JsonException">Its metadata is not that of a writer of this log.</exception>
    public static Guid CausationOf(LoggedEvent logged) => EventMetadata.ReadCausation(logged.Metadata.Span);
}

/// <summary>Who acts: ids and codes only, never a name.</summary>
/// <param name="AccountId">Account of a person; null for a machine or the system itself.</param>
/// <param name="Role">Role it acted in (domain.md, People and roles), or <c>system</c>.</param>
/// <param name="Organisation">OIN of the organisation.</param>
/// <param name="Client">Client application: <c>gateway</c>, a partner's client id, or the name of the process.</param>
public sealed record Actor(Guid? AccountId, string Role, string? Organisation, string Client)
{
    /// <summary>A service acting by itself: a timer, or a message that it learned from.</summary>
    public static Actor System(string service) => new(null, "system", null, service);
}

/// <summary>An event with its envelope, decoded.</summary>
public sealed record Recorded(Envelope Envelope, IEvent Event);
