using System.Security.Cryptography;
using Barnahus.Identity.Features;
using Barnahus.Identity.Setup;
using Barnahus.Identity.Tokens;
using Barnahus.Platform.Hosting;
using Duende.IdentityServer;
using Duende.IdentityServer.Configuration;
using Duende.IdentityServer.Models;
using Duende.IdentityServer.Validation;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Identity.Duende;

/// <summary>
/// Duende IdentityServer over the same accounts, clients and sessions, in place of the embedded issuer. Services see another Authority and the same claims.
/// It trusts its own tokens by its own discovery document, as a service does: <c>Tokens:MetadataAddress</c>.
/// </summary>
public static class DuendeApp
{
    /// <inheritdoc cref="IdentityApp.Build"/>
    public static WebApplication Build(
        string[] args, Stores stores, Action<string>? say = null, Action<WebApplicationBuilder>? configure = null)
    {
        var app = ServiceHost.Build(args, stores, [IdentityModule.WithoutIssuer], builder =>
        {
            var identity = IdentitySettings.From(builder.Configuration);
            builder.Services.AddIdentity(identity);
            builder.Services.AddAnnouncing(builder.Configuration);
            builder.Services.AddSingleton(new Announcements(say ?? Console.WriteLine));
            AddDuende(builder.Services, identity, DuendeSettings.From(builder.Configuration));
            configure?.Invoke(builder);
        });
        app.UseBrowserForgotten();
        app.UseIdentityServer();
        ProviderSignIn.Map(app);
        LoginPage.Map(app);
        return app;
    }

    private static void AddDuende(IServiceCollection services, IdentitySettings identity, DuendeSettings settings)
    {
        services.AddSingleton(settings);
        services.AddLoginPage(settings);
        services.AddBrowserSession();
        var duende = services.AddIdentityServer(options =>
            {
                options.IssuerUri = identity.Issuer;
                options.LowerCaseIssuerUri = false;
                options.LicenseKey = settings.LicenseKey;
                options.AccessTokenJwtType = ServiceTokens.Type;
                options.EmitScopesAsSpaceDelimitedStringInJwt = true;
                options.Authentication.CookieAuthenticationScheme = IdentityServerConstants.DefaultCookieAuthenticationScheme;
                options.Authentication.CookieLifetime = BrowserSession.Life;
                options.UserInteraction.LoginUrl = LoginPage.Path;
                options.UserInteraction.LoginReturnUrlParameter = LoginPage.ReturnUrl;
                options.UserInteraction.ErrorUrl = LoginPage.StoppedPath;
                options.SupportedClientAssertionSigningAlgorithms = [SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];
                Close(options.Endpoints);
                Manage(options.KeyManagement, settings);
            })
            .AddInMemoryIdentityResources([new IdentityResources.OpenId()])
            .AddInMemoryApiScopes([.. DuendeClients.AllScopes.Select(scope => new ApiScope(scope))])
            .AddInMemoryApiResources([new ApiResource(ServiceTokens.Audience) { Scopes = [.. DuendeClients.AllScopes] }])
            .AddClientStore<DuendeClients>()
            .AddProfileService<AccountInUse>();
        services.RemoveAll<ISecretParser>().RemoveAll<ISecretValidator>();
        duende.AddSecretParser<JwtBearerClientAssertionSecretParser>().AddSecretValidator<ClientProof>();
        if (settings.SigningKeyFile is { } file)
        {
            duende.AddSigningCredential(Key(file), IdentityServerConstants.RsaSigningAlgorithm.PS256);
        }

        var protection = services.AddDataProtection().SetApplicationName("Barnahus.Identity");
        if (settings.KeyFolder is { } folder)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "protection")));
        }
        else
        {
            protection.UseEphemeralDataProtectionProvider();
        }

        // Duende made its own cookie the default; calls of the gateway and of administrators carry tokens.
        services.Configure<Microsoft.AspNetCore.Authentication.AuthenticationOptions>(options => options.DefaultScheme = JwtBearerDefaults.AuthenticationScheme);
        services.AddSingleton<ITokenSigner, DuendeSigner>();
    }

    /// <summary>What nobody here uses answers nobody.</summary>
    private static void Close(EndpointsOptions endpoints)
    {
        endpoints.EnableUserInfoEndpoint = false;
        endpoints.EnableEndSessionEndpoint = false;
        endpoints.EnableCheckSessionEndpoint = false;
        endpoints.EnableTokenRevocationEndpoint = false;
        endpoints.EnableIntrospectionEndpoint = false;
        endpoints.EnableDeviceAuthorizationEndpoint = false;
        endpoints.EnableBackchannelAuthenticationEndpoint = false;
    }

    /// <summary>As the embedded issuer does it: a key is published two days before it signs; ninety days later the next one follows.</summary>
    private static void Manage(KeyManagementOptions keys, DuendeSettings settings)
    {
        keys.Enabled = settings.SigningKeyFile is null;
        keys.SigningAlgorithms = [new SigningAlgorithmOptions(SecurityAlgorithms.RsaSsaPssSha256)];
        keys.RsaKeySize = 3072;
        keys.PropagationTime = TimeSpan.FromDays(2);
        keys.RotationInterval = TimeSpan.FromDays(90);
        keys.RetentionDuration = TimeSpan.FromDays(2);
        keys.DataProtectKeys = true;
        keys.KeyPath = settings.KeyFolder ?? keys.KeyPath;
    }

    private static RsaSecurityKey Key(string file)
    {
        var rsa = RSA.Create();
        rsa.ImportFromPem(File.ReadAllText(file));
        return new RsaSecurityKey(rsa) { KeyId = Base64UrlEncoder.Encode(SHA256.HashData(rsa.ExportSubjectPublicKeyInfo())) };
    }
}
