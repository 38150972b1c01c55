using Barnahus.Testing;

namespace Barnahus.Safety.Tests;

public sealed class GoldenEvents() : GoldenEventSpec(typeof(SafetyModule).Assembly, SafetyModule.Name);
