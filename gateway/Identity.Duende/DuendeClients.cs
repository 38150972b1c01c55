using System.Security.Cryptography;
using System.Text.Json;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Tokens;
using Barnahus.Platform.Deciding;
using Duende.IdentityServer;
using Duende.IdentityServer.Models;
using Duende.IdentityServer.Stores;
using Microsoft.IdentityModel.Tokens;
using DuendeClient = Duende.IdentityServer.Models.Client;
using OurClient = Barnahus.Identity.Clients.Client;

namespace Barnahus.Identity.Duende;

/// <summary>The clients of the log, and the gateway, as Duende wants them: <c>private_key_jwt</c> and no secret anywhere.</summary>
public sealed class DuendeClients(CommandHandler handler, GatewayClient gateway, DuendeSettings settings) : IClientStore
{
    /// <summary>Where the gateway takes people back.</summary>
    public const string ReturnPath = "/account/provider/return";

    public static IReadOnlyList<string> AllScopes { get; } = [.. ClientDecider.Scopes, GatewayClient.Scope];

    public async Task<DuendeClient?> FindClientByIdAsync(string clientId)
    {
        if (clientId == GatewayClient.Id)
        {
            return Gateway();
        }

        if (!ClientId.IsValid(clientId))
        {
            return null;
        }

        var (client, _) = await handler.StateAsync(ClientDecider.Decider, OurClient.Stream(clientId), CancellationToken.None);
        return client.ClientId is null ? null : Partner(client);
    }

    private DuendeClient Gateway()
    {
        var client = Common(gateway.Client);
        client.AllowedGrantTypes = GrantTypes.CodeAndClientCredentials;
        client.RequirePkce = true;
        client.RequireConsent = false;
        client.RedirectUris = [new Uri(settings.Gateway, ReturnPath).AbsoluteUri];
        client.AllowedScopes = [IdentityServerConstants.StandardScopes.OpenId, GatewayClient.Scope];
        return client;
    }

    private static DuendeClient Partner(OurClient partner)
    {
        var client = Common(partner);
        client.AllowedGrantTypes = GrantTypes.ClientCredentials;
        client.AllowedScopes = [.. partner.Scopes];

        // The claim contract: no prefix, and sub is the client itself.
        client.ClientClaimsPrefix = "";
        client.Claims = [new("sub", partner.ClientId!), new("org", partner.Organisation), new("name", partner.Name)];
        return client;
    }

    private static DuendeClient Common(OurClient client) => new()
    {
        ClientId = client.ClientId!,
        ClientName = client.Name,
        Enabled = !client.Disabled,
        AccessTokenLifetime = (int)AccessTokens.Life.TotalSeconds,
        ClientSecrets = [.. client.Keys.Select(key => new Secret(Jwk(key.Key, key.Value)) { Type = IdentityServerConstants.SecretTypes.JsonWebKey })],
    };

    private static string Jwk(string keyId, string pem) => JsonSerializer.Serialize(PublicKeys.Read(pem, keyId) switch
    {
        ECDsaSecurityKey curve => Curve(keyId, curve.ECDsa.ExportParameters(includePrivateParameters: false)),
        RsaSecurityKey rsa => Rsa(keyId, rsa.Rsa.ExportParameters(includePrivateParameters: false)),
        var other => throw new InvalidOperationException($"No key of a client is a {other.GetType().Name}."),
    });

    private static Dictionary<string, string> Curve(string keyId, ECParameters key) => new(StringComparer.Ordinal)
    {
        ["kty"] = "EC", ["crv"] = "P-256", ["alg"] = SecurityAlgorithms.EcdsaSha256, ["kid"] = keyId,
        ["x"] = Base64UrlEncoder.Encode(key.Q.X), ["y"] = Base64UrlEncoder.Encode(key.Q.Y),
    };

    private static Dictionary<string, string> Rsa(string keyId, RSAParameters key) => new(StringComparer.Ordinal)
    {
        ["kty"] = "RSA", ["alg"] = SecurityAlgorithms.RsaSsaPssSha256, ["kid"] = keyId,
        ["n"] = Base64UrlEncoder.Encode(key.Modulus), ["e"] = Base64UrlEncoder.Encode(key.Exponent),
    };
}
