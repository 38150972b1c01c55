using Barnahus.Identity.Clients;
using Barnahus.Identity.Tokens;
using Barnahus.Platform.Deciding;
using Duende.IdentityServer;
using Duende.IdentityServer.Models;
using Duende.IdentityServer.Stores;
using DuendeClient = Duende.IdentityServer.Models.Client;
using OurClient = Barnahus.Identity.Clients.Client;

namespace Barnahus.Identity.Duende;

/// <summary>The clients of the log, and the gateway, as Duende wants them: <c>private_key_jwt</c> and no secret anywhere.</summary>
public sealed class DuendeClients(CommandHandler handler, GatewayClient gateway, IdentitySettings settings) : IClientStore
{
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

        // What the gateway asks reaches us past the browser, which can change nothing of it.
        client.RequirePushedAuthorization = true;
        client.RedirectUris = [new Uri(settings.Gateway, GatewayClient.ReturnPath).AbsoluteUri];
        client.AllowedScopes = [IdentityServerConstants.StandardScopes.OpenId, GatewayClient.Scope];
        client.Claims = [new("sub", GatewayClient.Id)];
        return client;
    }

    private static DuendeClient Partner(OurClient partner)
    {
        var client = Common(partner);
        client.AllowedGrantTypes = GrantTypes.ClientCredentials;
        client.AllowedScopes = [.. partner.Scopes];
        client.Claims = [new("sub", partner.ClientId!), new("org", partner.Organisation), new("name", partner.Name)];
        return client;
    }

    private static DuendeClient Common(OurClient client) => new()
    {
        ClientId = client.ClientId!,
        ClientName = client.Name,
        Enabled = !client.Disabled,
        AccessTokenLifetime = (int)AccessTokens.Life.TotalSeconds,

        // The claim contract: no prefix.
        ClientClaimsPrefix = "",

        // Duende takes no client without one. Only the names of the keys: ClientProof reads the keys themselves.
        ClientSecrets = [.. client.Keys.Keys.Select(keyId => new Secret(keyId))],
    };
}
