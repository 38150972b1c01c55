using System.Collections.Immutable;
using System.Security.Cryptography;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Identity.Keys;

/// <summary>The keys in memory, opened: one signs, all published ones verify. Which is which follows from the clock, see <see cref="SigningKeys"/>.</summary>
public sealed class SigningKeyRing(CommandHandler handler, PersonalData personal, TimeProvider time) : IDisposable
{
    private const int Bits = 3072;
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Loaded? _loaded;

    /// <summary>Credentials of the key that signs now.</summary>
    public SigningCredentials Credentials
    {
        get
        {
            var ready = Ready;
            return ready.Credentials[ready.Keys.SignerAt(time.GetUtcNow())!.KeyId];
        }
    }

    /// <summary>Public keys that are published now, newest last.</summary>
    public IReadOnlyList<RsaSecurityKey> PublicKeys => [.. Published.Select(Public)];

    /// <summary>Keys that are published now, with when they were made.</summary>
    public IEnumerable<SigningKeyAdded> Published => Ready.Keys.PublishedAt(time.GetUtcNow());

    private Loaded Ready => _loaded ?? throw new InvalidOperationException("The signing keys are not loaded yet.");

    /// <summary>Loads the keys; adds the next one when it is time.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            var now = time.GetUtcNow();
            var (keys, _) = await handler.StateAsync(SigningKeys.Decider, SigningKeys.Stream, cancellationToken);
            if (keys.IsDue(now))
            {
                var id = Guid.CreateVersion7();
                keys = (await AddAsync(new(id, Actor.System("identity"), null, now, id), onlyIfDue: true, cancellationToken)).State;
            }

            Take(keys);
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>Adds the next key ahead of its time.</summary>
    /// <exception cref="RefusedException">The next one waits already.</exception>
    public async Task<CommandResult<SigningKeys>> AddNextAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var result = await AddAsync(context, onlyIfDue: false, cancellationToken);
        await LoadAsync(cancellationToken);
        return result;
    }

    /// <summary>Withdraws a key at once.</summary>
    /// <exception cref="RefusedException">It is the only one.</exception>
    public async Task<CommandResult<SigningKeys>> WithdrawAsync(Guid keyId, CommandContext context, CancellationToken cancellationToken)
    {
        var command = new SigningKeyCommand.Withdraw(keyId, time.GetUtcNow());
        var result = await handler.HandleAsync(SigningKeys.Decider, SigningKeys.Stream, command, context, cancellationToken);
        await LoadAsync(cancellationToken);
        return result;
    }

    public void Dispose() => _loading.Dispose();

    private async Task<CommandResult<SigningKeys>> AddAsync(CommandContext context, bool onlyIfDue, CancellationToken cancellationToken)
    {
        using var rsa = RSA.Create(Bits);
        var command = new SigningKeyCommand.Add(
            Guid.CreateVersion7(), rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportSubjectPublicKeyInfoPem(), time.GetUtcNow(), onlyIfDue);
        return await handler.HandleAsync(SigningKeys.Decider, SigningKeys.Stream, command, context, cancellationToken);
    }

    // Opened once and kept: who signs with the old ones at this moment must not lose them.
    private void Take(SigningKeys keys)
    {
        var before = _loaded?.Credentials ?? ImmutableDictionary<Guid, SigningCredentials>.Empty;
        var published = keys.PublishedAt(time.GetUtcNow()).ToList();
        _loaded = new(keys, published.ToImmutableDictionary(key => key.KeyId, key => before.GetValueOrDefault(key.KeyId) ?? Open(key)));
    }

    private SigningCredentials Open(SigningKeyAdded key)
    {
        var pem = personal.Open(key.PrivateKey).ValueOrDefault
            ?? throw new InvalidOperationException("The signing key was destroyed; restore the vault or remove the destruction.");
        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return new(new RsaSecurityKey(rsa) { KeyId = KeyId(key) }, SecurityAlgorithms.RsaSsaPssSha256);
    }

    private static RsaSecurityKey Public(SigningKeyAdded key)
    {
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.PublicKey);
        return new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: false)) { KeyId = KeyId(key) };
    }

    private static string KeyId(SigningKeyAdded key) => key.KeyId.ToString("N");

    private sealed record Loaded(SigningKeys Keys, ImmutableDictionary<Guid, SigningCredentials> Credentials);
}
