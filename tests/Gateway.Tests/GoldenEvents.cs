using Barnahus.Identity;
using Barnahus.Testing;

namespace Barnahus.Gateway.Tests;

public sealed class GoldenEvents() : GoldenEventSpec(typeof(IdentityModule).Assembly, IdentityModule.Name);
