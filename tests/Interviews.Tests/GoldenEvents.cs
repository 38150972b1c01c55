using Barnahus.Testing;

namespace Barnahus.Interviews.Tests;

public sealed class GoldenEvents() : GoldenEventSpec(typeof(InterviewsModule).Assembly, InterviewsModule.Name);
