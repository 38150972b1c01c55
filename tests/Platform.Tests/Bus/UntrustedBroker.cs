using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Barnahus.Platform.Tests.Bus;

/// <summary>Listens where a broker would, with a certificate for the right host that it made itself, and counts what it is told.</summary>
internal sealed class UntrustedBroker : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate = MadeUp();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ends = new();
    private readonly Task _serving;
    private int _greeted;
    private int _told;

    public UntrustedBroker()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How often somebody began to speak TLS.</summary>
    public int Greeted => Volatile.Read(ref _greeted);

    /// <summary>How often somebody went on to speak to a broker.</summary>
    public int Told => Volatile.Read(ref _told);

    public async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _certificate.Dispose();
        _ends.Dispose();
    }

    private static X509Certificate2 MadeUp()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_ends.Token);
            await using var stream = new SslStream(client.GetStream());
            try
            {
                await stream.AuthenticateAsServerAsync((_, _, _, _) => Greet(), null, _ends.Token);
                if (await stream.ReadAsync(new byte[8], _ends.Token) > 0)
                {
                    Interlocked.Increment(ref _told);
                }
            }
            catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
            {
                // As it should be.
            }
        }
    }

    private ValueTask<SslServerAuthenticationOptions> Greet()
    {
        Interlocked.Increment(ref _greeted);
        return ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificate = _certificate });
    }
}
