using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Barnahus.Platform.Hosting;

/// <summary>
/// Reads the identity provider's signing keys anew every <c>Tokens:KeysEvery</c>, a minute: so long, at most, a key that was withdrawn still opens
/// something here. The library by itself would wait for half a day. While the provider is away the keys that were read last are kept.
/// </summary>
public sealed class ProviderKeys(IOptionsMonitor<JwtBearerOptions> options, IConfiguration configuration, TimeProvider time, ILogger<ProviderKeys> logger)
    : BackgroundService
{
    /// <summary>How often whoever keeps keys of the provider looks whether they are still those.</summary>
    /// <exception cref="InvalidOperationException">It is set to nothing, or to less than nothing.</exception>
    public static TimeSpan Every(IConfiguration configuration) =>
        configuration.GetValue("Tokens:KeysEvery", TimeSpan.FromMinutes(1)) is var every && every > TimeSpan.Zero
            ? every
            : throw new SettingException("Tokens:KeysEvery must be more than nothing, e.g. 00:01:00 for a minute.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Without an issuer no token is taken (ServiceTokens); the provider itself has its keys at hand.
        if (configuration["Tokens:Issuer"] is null
            || options.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager is not ConfigurationManager<OpenIdConnectConfiguration> provider)
        {
            return;
        }

        using var timer = new PeriodicTimer(Every(configuration), time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                provider.RequestRefresh();
                await provider.GetConfigurationAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (InvalidOperationException away)
            {
                // Nobody is let in without keys, and every request asks for them itself.
                logger.LogWarning(away, "The identity provider's keys could not be read.");
            }
        }
    }
}
