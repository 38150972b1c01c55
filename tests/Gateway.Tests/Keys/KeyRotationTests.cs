using Barnahus.Gateway.Tests.Tokens;
using Barnahus.Identity.Keys;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Gateway.Tests.Keys;

/// <summary>From one key to the next over a hundred days, as services see it.</summary>
public sealed class KeyRotationTests : IAsyncLifetime
{
    private Installation _installation = null!;

    public async Task InitializeAsync() => _installation = await Installation.StartAsync();

    public async Task DisposeAsync() => await _installation.DisposeAsync();

    [Fact]
    public async Task A_service_that_read_the_keys_before_takes_every_token_on_the_way()
    {
        var provider = _installation.Identity.Services;
        var time = new MovedTime();
        using var ring = new SigningKeyRing(provider.GetRequiredService<CommandHandler>(), provider.GetRequiredService<PersonalData>(), time);
        await ring.LoadAsync(default);
        var first = ring.Credentials.Kid;
        time.By = SigningKeys.Renewal;
        await ring.LoadAsync(default);
        ring.PublicKeys.Count.ShouldBe(2);
        ring.Credentials.Kid.ShouldBe(first);

        // The service reads the keys now, for the first and only time: the next one is among them.
        await provider.GetRequiredService<SigningKeyRing>().LoadAsync(default);
        using var early = new Forgery(ring);
        (await StatusAsync(early.Genuine(new()))).ShouldBe(200);
        time.By += SigningKeys.Lead + TimeSpan.FromMinutes(1);
        ring.Credentials.Kid.ShouldNotBe(first);
        using var late = new Forgery(ring);
        (await StatusAsync(late.Genuine(new()))).ShouldBe(200);
        ring.PublicKeys.Count.ShouldBe(2, "tokens of the first may still be about");
        time.By += SigningKeys.Tail;
        ring.PublicKeys.Single().KeyId.ShouldBe(ring.Credentials.Kid);
    }

    [Fact]
    public async Task The_administrator_adds_the_next_key_and_withdraws_one()
    {
        using var administrator = await _installation.SignedInAsync("administrator");
        var keys = await (await administrator.PostAsync("/api/identity/v1/signing-keys", new { })).JsonAsync();
        keys.EnumerateArray().Select(key => key.GetProperty("status").GetString()).ShouldBe(["signs", "next"]);
        (await (await administrator.PostAsync("/api/identity/v1/signing-keys", new { })).JsonAsync(409)).GetProperty("rule").GetString().ShouldBe("next-key-waits");
        var first = keys[0].GetProperty("keyId").GetGuid();
        var left = await (await administrator.PostAsync($"/api/identity/v1/signing-keys/{first}/withdrawal", new { })).JsonAsync();
        left.EnumerateArray().Single().GetProperty("status").GetString().ShouldBe("signs");
        using var outside = _installation.Browser();
        var published = await (await outside.GetAsync("/.well-known/jwks.json")).JsonAsync();
        published.GetProperty("keys").EnumerateArray().Single().GetProperty("kid").GetString().ShouldNotBe(first.ToString("N"));
        using var interviewer = await _installation.SignedInAsync("interviewer");
        await (await interviewer.PostAsync("/api/identity/v1/signing-keys", new { })).JsonAsync(403);
    }

    private Task<int> StatusAsync(string token) => ForgeryTable.StatusAsync(_installation.Service, token);
}
