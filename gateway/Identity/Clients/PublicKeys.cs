using System.Security.Cryptography;
using Barnahus.Platform.Deciding;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Identity.Clients;

/// <summary>Reads the public keys of clients.</summary>
public static class PublicKeys
{
    private const int LeastRsaBits = 2048;
    private const int CurveBits = 256;

    /// <summary>
    /// Without the library's cache of verifiers: it is keyed by key id alone, and two partners may call their keys the same,
    /// so that the key of one would judge, and accept, what is said to come from the other.
    /// </summary>
    private static CryptoProviderFactory Uncached => new() { CacheSignatureProviders = false };

    /// <exception cref="InvalidException">It is no public key that we take.</exception>
    public static SecurityKey Read(string pem, string keyId)
    {
        try
        {
            return pem.Contains("PRIVATE", StringComparison.Ordinal) ? throw Invalid() : (SecurityKey?)ReadEcdsa(pem, keyId) ?? ReadRsa(pem, keyId);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw Invalid();
        }
    }

    private static ECDsaSecurityKey? ReadEcdsa(string pem, string keyId)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.KeySize == CurveBits ? new ECDsaSecurityKey(key) { KeyId = keyId, CryptoProviderFactory = Uncached } : throw Invalid();
        }
        catch (CryptographicException)
        {
            // Not on an elliptic curve; it may be RSA.
            key.Dispose();
            return null;
        }
    }

    private static RsaSecurityKey ReadRsa(string pem, string keyId)
    {
        var key = RSA.Create();
        key.ImportFromPem(pem);
        return key.KeySize >= LeastRsaBits ? new RsaSecurityKey(key) { KeyId = keyId, CryptoProviderFactory = Uncached } : throw Invalid();
    }

    private static InvalidException Invalid() =>
        new("publicKey", "Give a public key in PEM (BEGIN PUBLIC KEY): P-256, or RSA of 2048 bits or more. Never send the private key.");
}
