namespace Barnahus.Gateway.Tests;

/// <summary>The system's clock, moved.</summary>
internal sealed class MovedTime : TimeProvider
{
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
}
