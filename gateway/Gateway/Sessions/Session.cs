using Barnahus.Identity.Features;

namespace Barnahus.Gateway.Sessions;

/// <summary>A person's session: lives on the server, so that it can be ended here. The browser holds nothing but a random name for it.</summary>
/// <param name="key">256 random bits.</param>
/// <param name="accountId">Whose it is.</param>
/// <param name="signedInAt">Security time at the provider.</param>
public sealed class Session(string key, Guid accountId, DateTimeOffset signedInAt, DateTimeOffset now)
{
    private long _seen = now.UtcTicks;
    private volatile Stated? _stated;
    private volatile ExchangeReply? _token;

    public string Key { get; } = key;

    public Guid AccountId { get; } = accountId;

    public DateTimeOffset SignedInAt { get; } = signedInAt;

    /// <summary>Start of the session here; its absolute end counts from it.</summary>
    public DateTimeOffset StartedAt { get; } = now;

    /// <summary>Last request.</summary>
    public DateTimeOffset SeenAt => new(Interlocked.Read(ref _seen), TimeSpan.Zero);

    /// <summary>Role and purpose the person chose; null: none yet.</summary>
    public Stated? Stated
    {
        get => _stated;
        set => _stated = value;
    }

    /// <summary>The access token in use.</summary>
    internal ExchangeReply? Token
    {
        get => _token;
        set => _token = value;
    }

    /// <summary>One exchange at a time.</summary>
    internal SemaphoreSlim Exchanging { get; } = new(1, 1);

    internal void Seen(DateTimeOffset at) => Interlocked.Exchange(ref _seen, at.UtcTicks);
}

/// <summary>In which role and why a person works in this session.</summary>
public sealed record Stated(string Role, string Purpose);
