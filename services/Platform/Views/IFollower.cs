namespace Barnahus.Platform.Views;

/// <summary>
/// A follower of another log than the views', shown in <c>/health/ready</c>. One that stopped degrades the process and does not close it:
/// what it serves answers 503 by itself, and the rest goes on.
/// </summary>
public interface IFollower
{
    /// <summary>Stable name, with the service's in front.</summary>
    string Name { get; }

    /// <summary>Why it stopped, in words without personal data; null while it runs.</summary>
    Exception? Stopped { get; }
}
