using System.Net;
using System.Net.Sockets;
using Barnahus.Gateway.Sessions;
using Barnahus.Identity;
using Barnahus.Identity.Features;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Barnahus.Gateway.Tests;

/// <summary>An installation whose people sign in at an OpenID provider, which knows the gateway by its address and key.</summary>
public sealed class AtProvider
{
    /// <summary>Of the provider; set before the installation starts.</summary>
    public string Issuer { get; set; } = "";

    public GatewayKey Key { get; } = GatewayKey.Create();

    public Uri Address { get; } = FreeAddress();

    /// <summary>Makes the application behind the back channel; it is given what the embedded issuer is.</summary>
    public Func<string[], Stores, Action<string>, WebApplication> Build { get; init; } = (args, stores, say) =>
    {
        var app = IdentityApp.Build(args, stores, say);
        ProviderSignIn.Map(app);
        return app;
    };

    /// <summary>Further settings of the gateway.</summary>
    public string[] Gateway => ["--Gateway:SignInAtProvider=true", $"--urls={Address}"];

    /// <summary>Further settings of the application behind the back channel.</summary>
    public string[] Identity => [$"--Identity:Gateway={Address}"];

    /// <summary>Of nobody, for now.</summary>
    public static Uri FreeAddress()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new($"http://{listener.LocalEndpoint}");
    }
}
