using Barnahus.Platform.Hosting;
using Microsoft.Extensions.Configuration;

namespace Barnahus.Platform.Bus;

/// <summary>Which bus: <c>Bus:ConnectionString</c> is <c>mediator</c> (one process; the default) or <c>rabbitmq://user:password@host:port/vhost</c>, with TLS <c>rabbitmqs://…</c>.</summary>
public sealed record BusSettings
{
    private const string Mediator = "mediator";

    /// <summary>The broker; null: the mediator of this process.</summary>
    public BrokerAddress? Broker { get; private init; }

    /// <summary>A publish that the broker has not confirmed after this time counts as not done.</summary>
    public TimeSpan PublishTimeout { get; private init; }

    /// <summary>How often inbox, error queue and connection are looked at.</summary>
    public TimeSpan WatchEvery { get; private init; }

    /// <summary>Messages that wait this long without one being received, or publishing that fails this long while the broker answers, are the sign of a bus that hangs: it is restarted. So is one that does not connect for four times as long.</summary>
    public TimeSpan HangAfter { get; private init; }

    /// <exception cref="InvalidOperationException">The connection string is not understood.</exception>
    public static BusSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection("Bus");
        var named = section["ConnectionString"] is { Length: > 0 } given ? given : Mediator;
        return new()
        {
            Broker = named == Mediator ? null : BrokerAddress.Parse(named),
            PublishTimeout = section.GetValue("PublishTimeout", TimeSpan.FromSeconds(10)),
            WatchEvery = section.GetValue("WatchEvery", TimeSpan.FromSeconds(5)),
            HangAfter = section.GetValue("HangAfter", TimeSpan.FromSeconds(15)),
        };
    }
}

/// <summary>Where the broker is and who asks.</summary>
/// <param name="Tls">Its certificate must be for <paramref name="Host"/>, from an authority that the system trusts.</param>
public sealed record BrokerAddress(string Host, int Port, string VirtualHost, string User, string Password, bool Tls)
{
    private const string Plain = "rabbitmq";
    private const string Secure = "rabbitmqs";
    private const int PlainPort = 5672;
    private const int SecurePort = 5671;

    /// <summary>
    /// Reads <c>rabbitmq://user:password@host:port/vhost</c>, or <c>rabbitmqs://…</c> for TLS; user, password and vhost URL-encoded where need be.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is no such address. The text, which may hold a password, is not repeated.</exception>
    public static BrokerAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not (Plain or Secure) || uri.UserInfo.Split(':') is not [var user, var password])
        {
            throw new SettingException("Bus:ConnectionString must be mediator or rabbitmq://user:password@host:port/vhost, with TLS rabbitmqs://.");
        }

        var tls = uri.Scheme == Secure;
        if (!tls && uri.Port == SecurePort)
        {
            // MassTransit takes this port for TLS whatever the scheme, and would trust any certificate there.
            throw new SettingException($"Bus:ConnectionString: port {SecurePort} is for TLS. Write rabbitmqs:// in place of rabbitmq://.");
        }

        var vhost = uri.AbsolutePath.Trim('/');
        return new(
            uri.Host,
            uri.Port > 0 ? uri.Port : tls ? SecurePort : PlainPort,
            vhost.Length == 0 ? "/" : Uri.UnescapeDataString(vhost),
            Uri.UnescapeDataString(user),
            Uri.UnescapeDataString(password),
            tls);
    }

    /// <summary>Without the password: for logs and errors.</summary>
    public override string ToString() => $"{Host}:{Port}{(VirtualHost == "/" ? "" : "/")}{VirtualHost}";
}
