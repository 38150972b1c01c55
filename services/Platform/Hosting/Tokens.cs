using System.IdentityModel.Tokens.Jwt;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Platform.Hosting;

/// <summary>
/// How a service knows who calls: access tokens of the identity provider (access.md, Tokens and sessions), validated by JwtBearer.
/// Settings: <c>Tokens:Issuer</c> (the exact <c>iss</c>), <c>Tokens:MetadataAddress</c> (discovery document; default under the issuer).
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
            }
        });
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
            ?? throw new InvalidOperationException("Tokens:Issuer is not set: without it no token can be trusted.");
        options.RequireHttpsMetadata = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = Audience,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ValidateIssuerSigningKey = true,
            ClockSkew = Skew,
            NameClaimType = "name",
            RoleClaimType = "role",
        };
        options.Events = new JwtBearerEvents { OnTokenValidated = RefuseOtherKinds, OnAuthenticationFailed = SayWhenTheProviderIsAway };
#if FULL_REGISTRY
        options.MapInboundClaims = false;
        options.UseSecurityTokenValidators = true;
#pragma warning disable CS0618 // The same validator on both registries; see registry.md.
#endif
        options.SecurityTokenValidators.Clear();
        options.SecurityTokenValidators.Add(new JwtSecurityTokenHandler { MapInboundClaims = false });
#if FULL_REGISTRY
#pragma warning restore CS0618
#endif
        options.MetadataAddress = tokens["MetadataAddress"] ?? $"{issuer.TrimEnd('/')}/.well-known/openid-configuration";
    }

    /// <summary>A token that is wrong fails by its own kinds of exception; this one says that no keys could be fetched to look at it with.</summary>
    private static Task SayWhenTheProviderIsAway(AuthenticationFailedContext context) =>
        context.Exception is InvalidOperationException away ? throw new ProviderUnreachableException(away) : Task.CompletedTask;

    /// <summary>JwtBearer 2.3 has no list of valid algorithms and types, so what was validated is looked at once more.</summary>
    private static Task RefuseOtherKinds(TokenValidatedContext context)
    {
        if (context.SecurityToken is not JwtSecurityToken token
            || token.Header.Alg is not (SecurityAlgorithms.RsaSsaPssSha256 or SecurityAlgorithms.EcdsaSha256)
            || !string.Equals(token.Header.Typ, Type, StringComparison.OrdinalIgnoreCase))
        {
            context.Fail("Only an access token (at+jwt) signed with PS256 or ES256 opens this.");
        }

        return Task.CompletedTask;
    }
}

/// <summary>The identity provider does not answer, and this process has none of its keys yet: nobody can be let in now.</summary>
public sealed class ProviderUnreachableException(Exception inner)
    : Exception("Who calls cannot be checked now: the identity provider does not answer. Nothing was changed; send it again in a moment.", inner);
