using Barnahus.Testing;

namespace Barnahus.Intake.Tests;

public sealed class GoldenEvents() : GoldenEventSpec(typeof(IntakeModule).Assembly, "intake");
