using System.Text.Json;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.EventLog;

/// <summary>
/// The part of the envelope that the writer adds to the content, as JSON with a fixed order of members, so that the same values
/// are the same bytes. Members without a value are left out.
/// </summary>
internal sealed record EventMetadata(
    SubjectId Subject,
    DateTimeOffset OccurredAt,
    Actor Actor,
    string? Purpose,
    Guid CorrelationId,
    Guid CausationId,
    string? TraceParent,
    string ContentType = EventMetadata.Json,
    Guid? CauseEventId = null,
    string? BodyMark = null)
{
    private const string Json = "application/json";

    public static EventMetadata Of(SubjectId subject, CommandContext context) => new(
        subject, context.Now.ToUniversalTime(), context.Actor, context.Purpose, context.CorrelationId, context.CommandId, context.TraceParent,
        CauseEventId: context.CauseEventId, BodyMark: context.BodyMark);

    public byte[] ToBytes() => JsonBytes.Of(this, static (writer, metadata) => metadata.Write(writer));

    /// <exception cref="JsonException">These are not the bytes of a writer of this log.</exception>
    public static EventMetadata Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        var fields = default(Fields);
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            fields.Read(ref reader);
        }

        Expect(fields is { Subject: not null, Role: not null, Client: not null });
        return new EventMetadata(
            SubjectId.Parse(fields.Subject!),
            fields.OccurredAt,
            new Actor(fields.AccountId, fields.Role!, fields.Organisation, fields.Client!),
            fields.Purpose,
            fields.CorrelationId,
            fields.CausationId,
            fields.TraceParent,
            fields.ContentType ?? Json,
            fields.CauseEventId,
            fields.BodyMark);
    }

    /// <summary>The subject alone; writers put it first.</summary>
    /// <exception cref="JsonException">These are not the bytes of a writer of this log.</exception>
    public static SubjectId ReadSubject(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        return reader.Read() && reader.Read() && reader.ValueTextEquals("subject"u8) && reader.Read() && SubjectId.TryParse(reader.GetString() ?? "", out var subject)
            ? subject
            : Read(bytes).Subject;
    }

    /// <summary>The causation alone.</summary>
    /// <exception cref="JsonException">These are not the bytes of a writer of this log.</exception>
    public static Guid ReadCausation(ReadOnlySpan<byte> bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("causationId"u8) && reader.Read() && reader.TryGetGuid(out var causation))
            {
                return causation;
            }

            reader.Skip();
        }

        throw new JsonException("The metadata of an event is not complete.");
    }

    private void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("subject"u8, Subject.ToString());
        writer.WriteString("occurredAt"u8, OccurredAt.UtcDateTime);
        writer.WriteStartObject("actor"u8);
        if (Actor.AccountId is { } account)
        {
            writer.WriteString("accountId"u8, account);
        }

        writer.WriteString("role"u8, Actor.Role);
        WriteIfAny(writer, "organisation"u8, Actor.Organisation);
        writer.WriteString("client"u8, Actor.Client);
        writer.WriteEndObject();
        WriteIfAny(writer, "purpose"u8, Purpose);
        writer.WriteString("correlationId"u8, CorrelationId);
        writer.WriteString("causationId"u8, CausationId);
        WriteIfAny(writer, "traceparent"u8, TraceParent);
        writer.WriteString("contentType"u8, ContentType);
        if (CauseEventId is { } cause)
        {
            writer.WriteString("causeEventId"u8, cause);
        }

        WriteIfAny(writer, "bodyMark"u8, BodyMark);
        writer.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Expect(bool met)
    {
        if (!met)
        {
            throw new JsonException("The metadata of an event is not complete.");
        }
    }

    private ref struct Fields
    {
        public string? Subject, Role, Organisation, Client, Purpose, TraceParent, ContentType, BodyMark;
        public Guid? AccountId, CauseEventId;
        public Guid CorrelationId, CausationId;
        public DateTimeOffset OccurredAt;

        public void Read(ref Utf8JsonReader reader)
        {
            if (Is(ref reader, "subject"u8))
            {
                Subject = reader.GetString();
            }
            else if (Is(ref reader, "occurredAt"u8))
            {
                OccurredAt = reader.GetDateTimeOffset();
            }
            else if (Is(ref reader, "actor"u8))
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    ReadActor(ref reader);
                }
            }
            else if (Is(ref reader, "purpose"u8))
            {
                Purpose = reader.GetString();
            }
            else if (Is(ref reader, "correlationId"u8))
            {
                CorrelationId = reader.GetGuid();
            }
            else if (Is(ref reader, "causationId"u8))
            {
                CausationId = reader.GetGuid();
            }
            else if (Is(ref reader, "traceparent"u8))
            {
                TraceParent = reader.GetString();
            }
            else if (Is(ref reader, "contentType"u8))
            {
                ContentType = reader.ValueTextEquals("application/json"u8) ? Json : reader.GetString();
            }
            else if (Is(ref reader, "causeEventId"u8))
            {
                CauseEventId = reader.GetGuid();
            }
            else if (Is(ref reader, "bodyMark"u8))
            {
                BodyMark = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        private void ReadActor(ref Utf8JsonReader reader)
        {
            if (Is(ref reader, "accountId"u8))
            {
                AccountId = reader.GetGuid();
            }
            else if (Is(ref reader, "role"u8))
            {
                Role = reader.GetString();
            }
            else if (Is(ref reader, "organisation"u8))
            {
                Organisation = reader.GetString();
            }
            else if (Is(ref reader, "client"u8))
            {
                Client = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        // On a match the reader stands on the value.
        private static bool Is(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();
    }
}
