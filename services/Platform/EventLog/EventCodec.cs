using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.EventLog;

/// <summary>Between events and bytes: seals and encodes what is appended, decodes (and upcasts) what is read, leaving personal fields sealed.</summary>
public sealed class EventCodec
{
    /// <summary>
    /// Seals personal fields (creating keys first) and encodes. Event ids follow from the command id and the place, so the same command encodes to the same ids.
    /// </summary>
    /// <exception cref="SubjectErasedException">A subject's key was destroyed.</exception>
    public Task<IReadOnlyList<EventToAppend>> EncodeAsync(
        string stream, IReadOnlyList<IEvent> events, CommandContext context, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <exception cref="UnknownEventTypeException">No code knows this type.</exception>
    public Recorded Decode(LoggedEvent logged) => throw new NotSupportedException();
}

/// <summary>The types this process knows, by their stable names.</summary>
public sealed class EventTypes;

/// <summary>An event of a type that this version of the program does not know. The subscription stops here; run the version that wrote it.</summary>
public sealed class UnknownEventTypeException(string type, LogPosition position)
    : Exception($"Event type {type} at position {position} is unknown to this version of the program. Run the version that wrote it, or a later one.")
{
    public string Type { get; } = type;
}
