using Barnahus.Gateway.Tests.Tokens;
using Barnahus.Identity.Keys;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Barnahus.Gateway.Tests.Keys;

/// <summary>A key in wrong hands: how long what it signs still opens something is a setting, and kept.</summary>
public sealed class WithdrawnKeyTests : IAsyncLifetime
{
    private const string Setting = "Tokens:KeysEvery";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private Installation _installation = null!;

    public async Task InitializeAsync() => _installation = await Installation.StartAsync(settings: $"--{Setting}=00:00:01");

    public async Task DisposeAsync() => await _installation.DisposeAsync();

    [Fact]
    public async Task What_a_withdrawn_key_signed_opens_nothing_soon_after_though_nothing_else_is_ever_asked()
    {
        using var forgery = new Forgery(_installation.Identity.Services.GetRequiredService<SigningKeyRing>());
        var token = forgery.Genuine(new());
        (await ForgeryTable.StatusAsync(_installation.Service, token)).ShouldBe(200);
        await WithdrawAsync();
        await UntilAsync(async () => await ForgeryTable.StatusAsync(_installation.Service, token) == 401);
    }

    [Fact]
    public async Task Another_provider_over_the_same_log_signs_and_publishes_it_no_more()
    {
        var provider = _installation.Identity.Services;
        using var ring = new SigningKeyRing(provider.GetRequiredService<CommandHandler>(), provider.GetRequiredService<PersonalData>(), TimeProvider.System);
        using var rotation = new KeyRotation(ring, Configured("00:00:01"), TimeProvider.System, NullLogger<KeyRotation>.Instance);
        await rotation.StartAsync(default);
        var first = ring.Credentials.Kid;
        await WithdrawAsync();
        await UntilAsync(() => Task.FromResult(ring.Credentials.Kid != first && ring.PublicKeys.All(key => key.KeyId != first)));
        await rotation.StopAsync(default);
    }

    [Fact]
    public void Without_a_setting_it_is_a_minute_and_it_cannot_be_never()
    {
        ProviderKeys.Every(new ConfigurationBuilder().Build()).ShouldBe(TimeSpan.FromMinutes(1));
        Should.Throw<InvalidOperationException>(() => ProviderKeys.Every(Configured("00:00:00"))).Message.ShouldContain(Setting);
    }

    private static IConfiguration Configured(string every) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(Setting, (string?)every)]).Build();

    private async Task WithdrawAsync()
    {
        using var administrator = await _installation.SignedInAsync("administrator");
        var keys = await (await administrator.PostAsync("/api/identity/v1/signing-keys", new { })).JsonAsync();
        await (await administrator.PostAsync($"/api/identity/v1/signing-keys/{keys[0].GetProperty("keyId").GetGuid()}/withdrawal", new { })).JsonAsync();
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            patience.IsCancellationRequested.ShouldBeFalse($"not within {Patience}");
            await Task.Delay(100);
        }
    }
}
