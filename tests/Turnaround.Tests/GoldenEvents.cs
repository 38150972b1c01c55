using Barnahus.Testing;

namespace Barnahus.Turnaround.Tests;

public sealed class GoldenEvents() : GoldenEventSpec(typeof(TurnaroundModule).Assembly, TurnaroundModule.Name);
