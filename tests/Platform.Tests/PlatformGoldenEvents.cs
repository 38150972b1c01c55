using System.Reflection;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests;

/// <summary>The platform's own events: who may see a child, who looked, what the bus parked, which keys are destroyed.</summary>
public sealed class PlatformGoldenEvents() : GoldenEventSpec(new[] { "access", "accesses", "bus", "platform", "vault" }.Select(prefix => EventSource.Of(Platform, prefix)))
{
    private static Assembly Platform => typeof(EventTypes).Assembly;
}
