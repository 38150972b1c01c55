namespace Barnahus.Platform.Hosting;

/// <summary>A setting is missing or cannot be used: the message says which, and what to give.</summary>
public sealed class SettingException(string message, Exception? inner = null) : InvalidOperationException(message, inner);
