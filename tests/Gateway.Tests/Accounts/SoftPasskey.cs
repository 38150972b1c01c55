using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Barnahus.Identity.Accounts;

namespace Barnahus.Gateway.Tests.Accounts;

/// <summary>A passkey without a device: an ES256 key that answers a question as a browser does (WebAuthn Level 3, 7.2).</summary>
internal sealed class SoftPasskey : IDisposable
{
    private const byte UserPresentAndVerified = 0x05;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private byte[] CredentialId { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>Enrols it without a device's attestation.</summary>
    public AccountCommand.AddPasskey Enrolled()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;

        // COSE (RFC 9053): kty EC2, alg ES256, crv P-256, x, y.
        byte[] cose = [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
        return new(
            Passkey.IdOf(CredentialId), Convert.ToBase64String(CredentialId), Convert.ToBase64String(cose), "soft", ["internal"],
            SignCount: 0, BackupEligible: false, BackedUp: false, DateTimeOffset.UtcNow);
    }

    /// <summary>The answer to a question of the gateway, as the browser's script sends it.</summary>
    /// <param name="holder">Account that it says it belongs to.</param>
    /// <param name="right">False: the signature is of something else.</param>
    public object Answer(JsonElement question, Guid holder, bool right)
    {
        var clientData = JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = "webauthn.get",
            challenge = question.GetProperty("options").GetProperty("challenge").GetString(),
            origin = Installation.Issuer,
            crossOrigin = false,
        });
        var counter = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(counter, 0);
        byte[] authenticator = [.. SHA256.HashData(Encoding.UTF8.GetBytes(new Uri(Installation.Issuer).Host)), UserPresentAndVerified, .. counter];
        byte[] signed = right ? [.. authenticator, .. SHA256.HashData(clientData)] : RandomNumberGenerator.GetBytes(64);
        var id = Base64Url.EncodeToString(CredentialId);
        return new
        {
            credential = new
            {
                id,
                rawId = id,
                type = "public-key",
                clientExtensionResults = new { },
                response = new
                {
                    clientDataJSON = Base64Url.EncodeToString(clientData),
                    authenticatorData = Base64Url.EncodeToString(authenticator),
                    signature = Base64Url.EncodeToString(_key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
                    userHandle = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(holder.ToString("D"))),
                },
            },
            state = question.GetProperty("state").GetString(),
        };
    }

    public void Dispose() => _key.Dispose();
}
