using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Privacy;

/// <summary>A key is to be destroyed, and with it whatever was ever sealed under it. From here on that happens, whatever restarts or is restored.</summary>
/// <param name="About">Whose key.</param>
/// <param name="Regime">Under which law.</param>
/// <param name="At">When it was decided: the time on the tombstone.</param>
[EventType("vault.destruction-decided.v1")]
public sealed record DestructionDecided(SubjectId About, Regime Regime, DateTimeOffset At) : IEvent
{
    public SubjectId Subject => About;
}

/// <summary>The key is destroyed and its tombstone stands.</summary>
/// <param name="About">Whose key.</param>
/// <param name="Regime">Under which law.</param>
[EventType("vault.key-destroyed.v1")]
public sealed record KeyDestroyed(SubjectId About, Regime Regime) : IEvent
{
    public SubjectId Subject => About;
}

/// <summary>
/// Destroys keys by the log: the decision is appended, the key destroyed, the completion appended. The decisions stand in one stream, so that at
/// every start all of them are held against the vault: what was interrupted is finished, and a vault that was restored from before a destruction
/// destroys again before it serves.
/// </summary>
public sealed class KeyDestruction(IEventLog log, IKeyVault vault, ProcessingLog? processing = null)
{
    internal const string Stream = "vault.destructions";

    private const int PageSize = 500;

    /// <summary>The events of this stream.</summary>
    public static readonly EventSource Events = new("vault", [typeof(DestructionDecided), typeof(KeyDestroyed)]);

    // Nothing in these events is sealed; who acts here is the system.
    private readonly EventCodec _codec = new(new EventTypes([Events]), vault);

    /// <summary>Destroys a key for good. Again: nothing changes.</summary>
    /// <param name="name">The key.</param>
    /// <param name="context">Who decided it, why and when.</param>
    /// <exception cref="LogUnreachableException">The log does not answer; asked again, it goes on where it was.</exception>
    /// <exception cref="VaultUnreachableException">The decision stands; the key is destroyed when asked again, or at the next start.</exception>
    public async Task DestroyAsync(KeyName name, CommandContext context, CancellationToken cancellationToken)
    {
        // One command may destroy several keys: each event has an id of its own.
        var mine = context.Then($"destroy/{name.Subject}/{name.Regime}");
        var known = await FoldAsync(cancellationToken);
        if (!known.Decided.TryGetValue(name, out var at))
        {
            at = context.Now;
            if (await AppendAsync(new DestructionDecided(name.Subject, name.Regime, at), mine, known, cancellationToken))
            {
                processing?.Record(context.CorrelationId, context, ProcessingLog.Destroy, [name.Subject]);
            }
        }

        await vault.DestroyAsync(name, at, cancellationToken);
        await CompleteAsync(name, mine, cancellationToken);
    }

    /// <summary>Holds all decisions against the vault: destroys what it still has, and appends the completions that are missing.</summary>
    /// <returns>Names of the keys that were destroyed now.</returns>
    public async Task<IReadOnlyList<KeyName>> ReplayAsync(CancellationToken cancellationToken)
    {
        var known = await FoldAsync(cancellationToken);
        var left = known.Decided.Where(decided => !IsDestroyed(decided.Key)).ToList();
        await Task.WhenAll(left.Select(decided => vault.DestroyAsync(decided.Key, decided.Value, cancellationToken)));
        foreach (var name in known.Decided.Keys.Except(known.Completed).ToList())
        {
            var id = DerivedId.From($"vault/resumed/{name.Subject}/{name.Regime}");
            await CompleteAsync(name, new CommandContext(id, Actor.System("vault"), null, TimeProvider.System.GetUtcNow(), id), cancellationToken);
        }

        return [.. left.Select(decided => decided.Key)];
    }

    private bool IsDestroyed(KeyName name)
    {
        try
        {
            return vault.Get(name) is KeyState.Destroyed;
        }
        catch (KeyMissingException)
        {
            // Neither key nor tombstone: the fence is missing too.
            return false;
        }
    }

    private async Task CompleteAsync(KeyName name, CommandContext context, CancellationToken cancellationToken)
    {
        var known = await FoldAsync(cancellationToken);
        if (!known.Completed.Contains(name))
        {
            await AppendAsync(new KeyDestroyed(name.Subject, name.Regime), context.Then("destroyed"), known, cancellationToken);
        }
    }

    /// <returns>False: another process had decided or done it meanwhile.</returns>
    private async Task<bool> AppendAsync(IEvent e, CommandContext context, Known known, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var encoded = await _codec.EncodeAsync(Stream, [e], context, cancellationToken);
                await log.AppendAsync(Stream, known.Revision, encoded, cancellationToken);
                return true;
            }
            catch (WrongRevisionException)
            {
                // Another process writes here too. What it wrote may be this very event.
                known = await FoldAsync(cancellationToken);
                var name = new KeyName(e.Subject, e is DestructionDecided decided ? decided.Regime : ((KeyDestroyed)e).Regime);
                if (e is DestructionDecided ? known.Decided.ContainsKey(name) : known.Completed.Contains(name))
                {
                    return false;
                }
            }
        }
    }

    private async Task<Known> FoldAsync(CancellationToken cancellationToken)
    {
        var known = new Known();
        while (await log.ReadStreamAsync(Stream, known.Revision + 1, PageSize, ReadDirection.Forwards, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var logged in page)
            {
                switch (_codec.Decode(logged).Event)
                {
                    case DestructionDecided decided:
                        known.Decided.TryAdd(new KeyName(decided.About, decided.Regime), decided.At);
                        break;
                    case KeyDestroyed destroyed:
                        known.Completed.Add(new KeyName(destroyed.About, destroyed.Regime));
                        break;
                }

                known.Revision = logged.Revision;
            }
        }

        return known;
    }

    private sealed class Known
    {
        public Dictionary<KeyName, DateTimeOffset> Decided { get; } = [];

        public HashSet<KeyName> Completed { get; } = [];

        public long Revision { get; set; } = StreamRevision.None;
    }
}
