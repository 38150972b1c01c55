using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Views;

/// <summary>An event that a view or a subscription cannot take. Holds ids only.</summary>
public sealed class PoisonEventException(LoggedEvent logged, Exception inner)
    : Exception($"Event {logged.Id} ({logged.Type}) at position {logged.Position} cannot be taken.", inner);
