using Barnahus.Identity.Setup;

namespace Barnahus.Reliability.Tests;

/// <summary>A person or a partner's system at the gateway: signs in when it has to, and again when its session or token does not count any more.</summary>
internal sealed class Caller : IDisposable
{
    private readonly Func<CancellationToken, Task<(IDisposable Client, Sender Send)>> _connect;
    private (IDisposable Client, Sender Send)? _connected;

    private Caller(string id, Func<CancellationToken, Task<(IDisposable, Sender)>> connect) => (Id, _connect) = (id, connect);

    private delegate Task<HttpResponseMessage> Sender(HttpRequestMessage request, CancellationToken cancellationToken);

    /// <summary>What command ids of this caller follow from.</summary>
    public string Id { get; }

    public static Caller Person(House house, string loginName, string? purpose = null) => new($"{DemoAccounts.IdOf(loginName):D}", async stop =>
    {
        var person = await house.SignInAsync(loginName, purpose, stop);
        return (person, person.Http.SendAsync);
    });

    /// <summary>The hotel's system.</summary>
    public static Caller Partner(House house, string clientId) => new(clientId, _ =>
    {
        var partner = house.Partner();
        return Task.FromResult<(IDisposable, Sender)>((partner, partner.SendAsync));
    });

    /// <exception cref="HttpRequestException">No answer, or signing in failed.</exception>
    /// <exception cref="OperationCanceledException">No answer in time.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _connected ??= await _connect(cancellationToken);
        return await _connected.Value.Send(request, cancellationToken);
    }

    /// <summary>Sign in anew before the next request.</summary>
    public void Dispose()
    {
        _connected?.Client.Dispose();
        _connected = null;
    }
}
