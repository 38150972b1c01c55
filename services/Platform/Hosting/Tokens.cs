using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Platform.Hosting;

/// <summary>
/// How a service knows who calls: access tokens of the identity provider (access.md, Tokens and sessions), validated by JwtBearer.
/// Settings: <c>Tokens:Issuer</c> (the exact <c>iss</c>), <c>Tokens:MetadataAddress</c> (discovery document; default under the issuer),
/// <c>Tokens:KeysEvery</c> (<see cref="ProviderKeys"/>).
/// </summary>
public static class ServiceTokens
{
    /// <summary>The <c>aud</c> of every access token.</summary>
    public const string Audience = "barnahus";

    /// <summary>The <c>typ</c> of an access token (RFC 9068); no other kind of token opens anything.</summary>
    public const string Type = "at+jwt";

    /// <summary>Clocks of two hosts may differ this much.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(5);

    /// <summary>How soon the provider is asked again that did not answer: the library's own half a minute, or more, would be an outage of ours.</summary>
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    /// <summary>Adds bearer authentication as the default scheme.</summary>
    /// <param name="tokens">The <c>Tokens</c> section.</param>
    public static IServiceCollection AddServiceTokens(this IServiceCollection services, IConfiguration tokens)
    {
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options => Configure(options, tokens));
        services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options =>
        {
            if (options.ConfigurationManager is ConfigurationManager<OpenIdConnectConfiguration> fetching)
            {
                fetching.RefreshInterval = AskAgain;

                // It would go on trusting for an hour the keys that are published no more.
                fetching.UseLastKnownGoodConfiguration = false;
            }
        });
        services.AddHostedService<ProviderKeys>();
        return services;
    }

    /// <summary>For the identity provider itself, after <see cref="AddServiceTokens"/>: the keys are at hand and no document is fetched.</summary>
    public static IServiceCollection AddOwnKeys(this IServiceCollection services, Func<IServiceProvider, IEnumerable<SecurityKey>> keys)
    {
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IServiceProvider>((options, provider) =>
        {
            options.Configuration = new OpenIdConnectConfiguration { Issuer = options.TokenValidationParameters.ValidIssuer };
            options.TokenValidationParameters.IssuerSigningKeyResolver = (_, _, keyId, _) => keys(provider).Where(key => key.KeyId == keyId);
        });
        return services;
    }

    private static void Configure(JwtBearerOptions options, IConfiguration tokens)
    {
        var issuer = tokens["Issuer"]
            ?? throw new SettingException("Tokens:Issuer is not set: without it no token can be trusted.");
        options.RequireHttpsMetadata = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = Audience,
            ValidTypes = [Type],
            ValidAlgorithms = [SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuerSigningKey = true,
            ClockSkew = Skew,
            NameClaimType = "name",
            RoleClaimType = "role",
        };
        options.MapInboundClaims = false;
        options.Events = new JwtBearerEvents { OnAuthenticationFailed = SayWhenTheProviderIsAwayAsync };
        options.MetadataAddress = tokens["MetadataAddress"] ?? $"{issuer.TrimEnd('/')}/.well-known/openid-configuration";
    }

    /// <summary>Without keys every token fails as one of an unknown key; whether keys could be fetched tells the two apart.</summary>
    private static async Task SayWhenTheProviderIsAwayAsync(AuthenticationFailedContext context)
    {
        if (context.Options.ConfigurationManager is not { } keys)
        {
            return;
        }

        try
        {
            await keys.GetConfigurationAsync(context.HttpContext.RequestAborted);
        }
        catch (InvalidOperationException away)
        {
            throw new ProviderUnreachableException(away);
        }
    }
}

/// <summary>The identity provider does not answer, and this process has none of its keys yet: nobody can be let in now.</summary>
public sealed class ProviderUnreachableException(Exception inner)
    : Exception("Who calls cannot be checked now: the identity provider does not answer. Nothing was changed; send it again in a moment.", inner);
