namespace Barnahus.Platform.Views;

/// <summary>The answer would be stale or is not there yet (503).</summary>
public sealed class NotReadyException(string message) : Exception(message);
