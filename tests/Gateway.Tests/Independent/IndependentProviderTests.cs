using Barnahus.Gateway.Tests.Tokens;

namespace Barnahus.Gateway.Tests.Independent;

/// <summary>Services trust any provider that keeps the claim contract, and none of its forgers.</summary>
public sealed class IndependentProviderTests : IAsyncLifetime
{
    private IndependentProvider? _provider;

    public async Task InitializeAsync() => _provider = IndependentProvider.IsInstalled ? await IndependentProvider.StartAsync("PS256") : null;

    public async Task DisposeAsync() => await (_provider?.DisposeAsync() ?? ValueTask.CompletedTask);

    [SkippableTheory]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task Its_tokens_open_what_they_say(string algorithm)
    {
        SkipUnlessInstalled();
        await using var provider = await IndependentProvider.StartAsync(algorithm);
        var partner = await provider.TokenAsync(IndependentProvider.Partner);
        (await ForgeryTable.StatusAsync(provider.Service, partner, "/echo/v1/partner")).ShouldBe(200);
        (await ForgeryTable.StatusAsync(provider.Service, partner)).ShouldBe(403);
        (await ForgeryTable.StatusAsync(provider.Service, partner[..^20], "/echo/v1/partner")).ShouldBe(401);
        (await ForgeryTable.StatusAsync(_provider!.Service, partner, "/echo/v1/partner")).ShouldBe(401, "another provider's");
    }

    [SkippableFact]
    public async Task Every_forgery_of_its_tokens_opens_nothing()
    {
        SkipUnlessInstalled();
        using var forgery = new Forgery(_provider!.Key, _provider.Issuer);
        (await ForgeryTable.StatusAsync(_provider.Service, forgery.Genuine(new()))).ShouldBe(200);
        foreach (var kind in ForgeryTable.Kinds)
        {
            (await ForgeryTable.StatusAsync(_provider.Service, ForgeryTable.Make(kind, forgery))).ShouldBe(401, kind);
        }
    }

    private static void SkipUnlessInstalled() => Skip.IfNot(IndependentProvider.IsInstalled, "oidc-provider is not installed; deploy/test does it where npm is.");
}
