using System.Security.Cryptography;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Identity.Keys;

/// <summary>The keys in memory: the newest signs, all still published ones verify.</summary>
public sealed class SigningKeyRing(CommandHandler handler, PersonalData personal, TimeProvider time) : IDisposable
{
    private const int Bits = 3072;

    /// <summary>Tokens live five minutes and documents are cached for a day; a key that stopped signing stays published this long.</summary>
    private static readonly TimeSpan Published = SigningKeys.Renewal + TimeSpan.FromDays(30);

    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Loaded? _loaded;

    /// <summary>Credentials of the newest key.</summary>
    public SigningCredentials Credentials => Ready.Credentials;

    /// <summary>Public keys, newest last.</summary>
    public IReadOnlyList<RsaSecurityKey> PublicKeys => Ready.Public;

    private Loaded Ready => _loaded ?? throw new InvalidOperationException("The signing keys are not loaded yet.");

    /// <summary>Loads the keys; adds one when there is none young enough.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var (keys, _) = await handler.StateAsync(SigningKeys.Decider, SigningKeys.Stream, cancellationToken);
            if (!keys.SignsAt(now))
            {
                keys = await AddAsync(now, cancellationToken);
            }

            if (_loaded?.Credentials.Kid != KeyId(keys.Keys[^1]))
            {
                _loaded = Open(keys, now);
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    private async Task<SigningKeys> AddAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var rsa = RSA.Create(Bits);
        var command = new AddSigningKey(Guid.CreateVersion7(), rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportSubjectPublicKeyInfoPem(), now);
        var context = new CommandContext(command.KeyId, Actor.System("identity"), null, now, command.KeyId);
        return (await handler.HandleAsync(SigningKeys.Decider, SigningKeys.Stream, command, context, cancellationToken)).State;
    }

    private Loaded Open(SigningKeys keys, DateTimeOffset now)
    {
        var newest = keys.Keys[^1];
        var pem = personal.Open(newest.PrivateKey).ValueOrDefault
            ?? throw new InvalidOperationException("The signing key was destroyed; restore the vault or remove the destruction.");
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        var credentials = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = KeyId(newest) }, SecurityAlgorithms.RsaSsaPssSha256);
        return new(credentials, [.. keys.Keys.Where(key => now - key.At < Published).Select(Public)]);
    }

    private static RsaSecurityKey Public(SigningKeyAdded key)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.PublicKey);
        return new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)) { KeyId = KeyId(key) };
    }

    private static string KeyId(SigningKeyAdded key) => key.KeyId.ToString("N");

    private sealed record Loaded(SigningCredentials Credentials, IReadOnlyList<RsaSecurityKey> Public);
}
