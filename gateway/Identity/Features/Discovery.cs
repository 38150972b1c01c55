using Barnahus.Identity.Clients;
using Barnahus.Identity.Keys;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Identity.Features;

/// <summary>Discovery document and public keys (OpenID Connect Discovery 1.0, RFC 7517), for services and partners.</summary>
public static class Discovery
{
    private static readonly string[] Grants = ["client_credentials"];
    private static readonly string[] Subjects = ["public"];
    private static readonly string[] Methods = ["private_key_jwt"];
    private static readonly string[] Signing = [SecurityAlgorithms.RsaSsaPssSha256];
    private static readonly string[] Proving = [SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.EcdsaSha256];
    private const string KeysPath = "/.well-known/jwks.json";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/openid-configuration", Document).ExcludeFromDescription();
        routes.MapGet(KeysPath, KeysAsync).ExcludeFromDescription();
    }

    private static IResult Document(HttpRequest request, IdentitySettings settings)
    {
        // A service inside asks the provider by its own address and must find the keys there; everyone else by the public one.
        var isPublic = new Uri(settings.Issuer).Authority == request.Host.Value;
        var keys = isPublic ? settings.Issuer : $"{request.Scheme}://{request.Host}";
        return Results.Json(new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["issuer"] = settings.Issuer,
            ["jwks_uri"] = keys + KeysPath,
            ["token_endpoint"] = settings.Issuer + "/connect/token",
            ["grant_types_supported"] = Grants,
            ["response_types_supported"] = Array.Empty<string>(),
            ["subject_types_supported"] = Subjects,
            ["scopes_supported"] = ClientDecider.Scopes,
            ["id_token_signing_alg_values_supported"] = Signing,
            ["token_endpoint_auth_methods_supported"] = Methods,
            ["token_endpoint_auth_signing_alg_values_supported"] = Proving,
        });
    }

    /// <summary>Asked for rarely, so it looks on the log: a key that another replica has added is there at once.</summary>
    private static async Task<IResult> KeysAsync(SigningKeyRing keys, CancellationToken cancellationToken)
    {
        await keys.LoadAsync(cancellationToken);
        return Results.Json(new { keys = keys.PublicKeys.Select(Key) });
    }

    private static Dictionary<string, string> Key(RsaSecurityKey key) => new(StringComparer.Ordinal)
    {
        ["kty"] = "RSA",
        ["use"] = "sig",
        ["alg"] = SecurityAlgorithms.RsaSsaPssSha256,
        ["kid"] = key.KeyId,
        ["n"] = Base64UrlEncoder.Encode(key.Parameters.Modulus),
        ["e"] = Base64UrlEncoder.Encode(key.Parameters.Exponent),
    };
}
