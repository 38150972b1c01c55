using Barnahus.Identity.Features;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Gateway.Sessions;

/// <summary>
/// A person's session as this gateway has it in hand. What it is stands at the identity provider; here is its token, and its last request to the second.
/// </summary>
/// <param name="key">256 random bits, in hexadecimal: what the browser holds. It is written nowhere.</param>
public sealed class Session(string key, ExchangeReply reply, DateTimeOffset now)
{
    private long _seen = now.UtcTicks;
    private volatile Stated? _stated = Of(reply);
    private volatile ExchangeReply _token = reply;
    private volatile bool _stale;
    private long _position = -1;

    public string Key { get; } = key;

    /// <summary>Its name at the provider.</summary>
    public Guid Id { get; } = IdOf(key);

    public Guid AccountId { get; } = reply.Account.AccountId;

    /// <summary>Its absolute end counts from it.</summary>
    public DateTimeOffset StartedAt { get; } = reply.Session.StartedAt;

    /// <summary>Last request.</summary>
    public DateTimeOffset SeenAt => new(Interlocked.Read(ref _seen), TimeSpan.Zero);

    /// <summary>Role and purpose the person chose; null: none yet.</summary>
    public Stated? Stated
    {
        get => _stated;
        set => _stated = value;
    }

    /// <summary>
    /// Highest log position that an answer to this session named: what the person wrote, or was shown. Another replica, or another service,
    /// must show at least that. Null: none yet.
    /// </summary>
    public LogPosition? Position => Interlocked.Read(ref _position) is var position and >= 0 ? new LogPosition(position) : null;

    /// <summary>The access token in use.</summary>
    internal ExchangeReply Token => _token;

    /// <summary>It changed at the provider, by way of another gateway.</summary>
    internal bool IsStale => _stale;

    /// <summary>Cancelled when it is in hand no more: what still flows to it stops.</summary>
    internal CancellationTokenSource Ended { get; } = new();

    /// <summary>One exchange at a time.</summary>
    internal SemaphoreSlim Exchanging { get; } = new(1, 1);

    /// <summary>From the secret to the name, and no way back.</summary>
    public static Guid IdOf(string key) => DerivedId.From($"session/{key}");

    internal void Stale() => _stale = true;

    internal ExchangeReply Take(ExchangeReply reply)
    {
        _stale = false;
        _stated = Of(reply);
        return _token = reply;
    }

    private static Stated? Of(ExchangeReply reply) => reply.Session is { Role: { } role, Purpose: { } purpose } ? new(role, purpose) : null;

    internal void Saw(LogPosition position)
    {
        // Answers come in any order; the highest stays.
        for (var known = Interlocked.Read(ref _position); position.Value > known;)
        {
            var before = Interlocked.CompareExchange(ref _position, position.Value, known);
            if (before == known)
            {
                return;
            }

            known = before;
        }
    }

    internal void Seen(DateTimeOffset at) => Interlocked.Exchange(ref _seen, at.UtcTicks);
}

/// <summary>In which role and why a person works in this session.</summary>
public sealed record Stated(string Role, string Purpose);
