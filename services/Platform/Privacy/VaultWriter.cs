using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Barnahus.Platform.State;

namespace Barnahus.Platform.Privacy;

/// <summary>The one writer of a vault in this process: takes all that waits, does it in one durable transaction, then answers each.</summary>
internal sealed class VaultWriter : IAsyncDisposable
{
    private const int MostAtOnce = 512;

    private readonly Func<VaultTables> _open;
    private readonly IKeyEncryption _encryption;
    private readonly Channel<Wish> _wishes = Channel.CreateUnbounded<Wish>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;
    private VaultTables? _tables;

    public VaultWriter(Func<VaultTables> open, IKeyEncryption encryption)
    {
        _open = open;
        _encryption = encryption;
        _loop = Task.Run(RunAsync);
    }

    /// <exception cref="KeyBrokenException">The bytes are not what was wrapped under this name.</exception>
    public static KeyState.Present Unwrap(IKeyEncryption encryption, KeyName name, byte[] wrapped)
    {
        try
        {
            return new KeyState.Present(encryption.Unwrap(wrapped, Encoding.UTF8.GetBytes(VaultTables.NameOf(name))));
        }
        catch (CryptographicException broken)
        {
            throw new KeyBrokenException(name, broken);
        }
    }

    public Task<KeyState> CreateAsync(KeyName name, CancellationToken cancellationToken) => AskAsync(new Wish(name, DestroyAt: null), cancellationToken);

    public Task<KeyState> DestroyAsync(KeyName name, DateTimeOffset at, CancellationToken cancellationToken) =>
        AskAsync(new Wish(name, at), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _wishes.Writer.TryComplete();
        await _loop;
        _tables?.Dispose();
    }

    private async Task<KeyState> AskAsync(Wish wish, CancellationToken cancellationToken)
    {
        if (!_wishes.Writer.TryWrite(wish))
        {
            throw new VaultUnreachableException(new ObjectDisposedException(nameof(SqlKeyVault)));
        }

        return await wish.Answer.Task.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        var batch = new List<Wish>();
        while (await _wishes.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MostAtOnce && _wishes.Reader.TryRead(out var wish))
            {
                batch.Add(wish);
            }

            Grant(batch);
        }
    }

    private void Grant(List<Wish> batch)
    {
        var fresh = _tables is null;
        try
        {
            var tables = _tables ??= _open();
            var answers = new List<Action>(batch.Count);
            tables.InTransaction(() => answers.AddRange(batch.Select(wish => Grant(tables, wish))));
            if (batch.Exists(wish => wish.DestroyAt is not null))
            {
                tables.Flush();
            }

            answers.ForEach(answer => answer());
        }
        catch (Exception failed)
        {
            // Nothing of the batch is durable, or nobody can know; a new connection for the next.
            _tables?.Dispose();
            _tables = null;
            if (!fresh && PostgresErrors.IsOutOfReach(failed) && !PostgresErrors.IsTimeout(failed))
            {
                // The connection was lost, perhaps long ago. What it may have done is found: a key or a tombstone that stands is the answer.
                Grant(batch);
                return;
            }

            var answer = SqlKeyVault.IsUnreachable(failed) ? new VaultUnreachableException(failed) : failed;
            batch.ForEach(wish => wish.Answer.TrySetException(answer));
        }
    }

    // What to answer once the transaction is durable.
    private Action Grant(VaultTables tables, Wish wish)
    {
        if (wish.DestroyAt is { } destroyAt)
        {
            tables.Destroy(wish.Name, destroyAt);
        }

        var (destroyedAt, wrapped) = tables.Find(wish.Name);
        if (destroyedAt is { } at)
        {
            return () => wish.Answer.TrySetResult(new KeyState.Destroyed(at));
        }

        try
        {
            var key = wrapped is not null ? Unwrap(_encryption, wish.Name, wrapped) : Create(tables, wish.Name);
            return () => wish.Answer.TrySetResult(key);
        }
        catch (KeyBrokenException broken)
        {
            return () => wish.Answer.TrySetException(broken);
        }
    }

    private KeyState.Present Create(VaultTables tables, KeyName name)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        tables.Insert(name, _encryption.Wrap(key, Encoding.UTF8.GetBytes(VaultTables.NameOf(name))));
        return new KeyState.Present(key);
    }

    private sealed record Wish(KeyName Name, DateTimeOffset? DestroyAt)
    {
        public TaskCompletionSource<KeyState> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
