using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.EventLog;

/// <summary>A fact of a service, an immutable record with a stable name (<see cref="EventTypeAttribute"/>).</summary>
public interface IEvent : IAbout;

/// <summary>Stable name and version of an event type, e.g. <c>intake.referral-received.v1</c>. Never changes once written.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;

    /// <summary>True for a version that is only read, through an upcaster; it cannot be appended.</summary>
    public bool Retired { get; init; }

    /// <summary>True for what happens no longer and nothing took the place of: it is read as it was written, and cannot be appended.</summary>
    public bool Ended { get; init; }
}
