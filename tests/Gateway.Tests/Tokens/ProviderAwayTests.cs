using System.Net;
using Barnahus.Identity.Keys;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Gateway.Tests.Tokens;

/// <summary>A service that starts while the provider is away has no keys to look at tokens with.</summary>
public sealed class ProviderAwayTests(Installation installation) : IClassFixture<Installation>
{
    [Fact]
    public async Task A_service_without_keys_lets_nobody_in_says_why_and_goes_on_soon_after_the_provider_is_back()
    {
        await using var wire = new Wire(new IPEndPoint(IPAddress.Loopback, new Uri(installation.Identity.Urls.First()).Port));
        await wire.RefuseAsync();
        await using var service = await installation.AnotherServiceAsync($"http://127.0.0.1:{wire.Port}");
        using var forgery = new Forgery(installation.Identity.Services.GetRequiredService<SigningKeyRing>());
        var token = forgery.Genuine(new());
        (await ForgeryTable.StatusAsync(service, token)).ShouldBe(503);
        (await ForgeryTable.StatusAsync(service, token)).ShouldBe(503, "also where the failure is only remembered");

        wire.Mend();
        var began = Environment.TickCount64;
        while (await ForgeryTable.StatusAsync(service, token) != 200 && Environment.TickCount64 - began < 10_000)
        {
            await Task.Delay(100);
        }

        (await ForgeryTable.StatusAsync(service, token)).ShouldBe(200);
        await wire.RefuseAsync();
        (await ForgeryTable.StatusAsync(service, token)).ShouldBe(200, "keys that were fetched are kept");
        (await ForgeryTable.StatusAsync(service, "no token")).ShouldBe(401);
    }
}
