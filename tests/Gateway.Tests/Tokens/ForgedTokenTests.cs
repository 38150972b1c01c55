using Barnahus.Identity.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Gateway.Tests.Tokens;

/// <summary>What a service must not take. Each forgery goes to the service itself, past the gateway.</summary>
public sealed class ForgedTokenTests(Installation installation) : IClassFixture<Installation>
{
    public static TheoryData<string> Forgeries => ForgeryTable.Names;

    [Fact]
    public async Task The_genuine_one_is_taken()
    {
        using var forgery = Forge();
        (await StatusAsync(forgery.Genuine(new()))).ShouldBe(200);
    }

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_forged_token_opens_nothing(string kind)
    {
        using var forgery = Forge();
        (await StatusAsync(ForgeryTable.Make(kind, forgery))).ShouldBe(401);
    }

    private Forgery Forge() => new(installation.Identity.Services.GetRequiredService<SigningKeyRing>());

    private Task<int> StatusAsync(string token) => ForgeryTable.StatusAsync(installation.Service, token);
}
