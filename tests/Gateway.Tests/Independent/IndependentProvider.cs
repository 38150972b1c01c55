using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Barnahus.Identity.Clients;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace Barnahus.Gateway.Tests.Independent;

/// <summary>
/// An OpenID provider that nobody here wrote (npm's oidc-provider), in a process of its own, and one of our services that trusts it:
/// nothing but <c>Tokens:Issuer</c> is set.
/// </summary>
public sealed class IndependentProvider : IAsyncDisposable
{
    public const string Partner = "hotel-de-vier-winden";
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
    private readonly ECDsa _client = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private AtProvider? _gateway;
    private Process _process = null!;
    private Stores _stores = null!;

    public string Issuer { get; private set; } = "";

    public WebApplication Service { get; private set; } = null!;

    /// <summary>Its RSA key, when it signs with PS256. An id of its own: the token library remembers verifiers of this process by the id alone.</summary>
    public RsaSecurityKey Key { get; } = new(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };

    /// <summary>Node and what deploy/test installs for it are here.</summary>
    public static bool IsInstalled => Directory.Exists(Path.Combine(Folder(), "node_modules", "oidc-provider"));

    /// <param name="algorithm">PS256 or ES256.</param>
    /// <param name="gateway">The client that lets people sign in here; null: none does.</param>
    public static async Task<IndependentProvider> StartAsync(string algorithm, AtProvider? gateway = null)
    {
        var provider = new IndependentProvider { _gateway = gateway };
        await provider.OpenAsync(algorithm);
        return provider;
    }

    /// <summary>A token that the provider itself issues to a client.</summary>
    public async Task<string> TokenAsync(string client)
    {
        var assertion = Clients.Assertions.Signed(client, _client, "client-key", Issuer);
        var reply = await (await Clients.Assertions.AskAsync(new Uri($"{Issuer}/token"), assertion, "referrals.submit")).JsonAsync();
        await (await Clients.Assertions.AskAsync(new Uri($"{Issuer}/token"), assertion, "referrals.submit")).JsonAsync(401);
        return reply.GetProperty("access_token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.StopAsync();
        await Service.DisposeAsync();
        await _stores.DisposeAsync();
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _client.Dispose();
        Key.Rsa.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task OpenAsync(string algorithm)
    {
        _process = Process.Start(new ProcessStartInfo("node", ["provider.js"])
        {
            WorkingDirectory = Folder(),
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var complaints = _process.StandardError.ReadToEndAsync();
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(Setting(algorithm)));
        Issuer = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await complaints);
        string[] args = ["--urls=http://127.0.0.1:0", $"--Data={Path.Combine(_folder, "data")}", $"--Tokens:Issuer={Issuer}", "--Logging:LogLevel:Default=Error"];
        _stores = Stores.Open(new ConfigurationBuilder().AddCommandLine(args).Build());
        Service = ServiceHost.Build(args, _stores, [Installation.Echo]);
        await Service.StartAsync();
    }

    private object Setting(string algorithm)
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var client = Curve(_client, "client-key", isPrivate: false);
        return new
        {
            algorithm,
            keys = new[] { algorithm == SecurityAlgorithms.EcdsaSha256 ? Curve(curve, Guid.NewGuid().ToString("N"), isPrivate: true) : Rsa() },
            clients = (object[])
            [
                new
                {
                    clientId = Partner,
                    jwks = new[] { client },
                    scope = "referrals.submit",
                    claims = new { org = "00000000000099900004", name = "Hotel De Vier Winden" },
                },
                .. Gateway(),
            ],
        };
    }

    private object[] Gateway()
    {
        if (_gateway is null)
        {
            return [];
        }

        using var key = ECDsa.Create();
        key.ImportFromPem(_gateway.Key.PublicPem);
        var redirectUri = new Uri(_gateway.Address, GatewayClient.ReturnPath).AbsoluteUri;
        return [new { clientId = GatewayClient.Id, jwks = new[] { Curve(key, GatewayClient.Id, isPrivate: false) }, scope = "openid", redirectUri }];
    }

    private Dictionary<string, string> Rsa()
    {
        var key = Key.Rsa.ExportParameters(includePrivateParameters: true);
        return new(StringComparer.Ordinal)
        {
            ["kty"] = "RSA", ["use"] = "sig", ["alg"] = "PS256", ["kid"] = Key.KeyId, ["n"] = Encode(key.Modulus), ["e"] = Encode(key.Exponent),
            ["d"] = Encode(key.D), ["p"] = Encode(key.P), ["q"] = Encode(key.Q), ["dp"] = Encode(key.DP), ["dq"] = Encode(key.DQ), ["qi"] = Encode(key.InverseQ),
        };
    }

    private static Dictionary<string, string> Curve(ECDsa curve, string keyId, bool isPrivate)
    {
        var key = curve.ExportParameters(isPrivate);
        var jwk = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kty"] = "EC", ["crv"] = "P-256", ["use"] = "sig", ["alg"] = "ES256", ["kid"] = keyId, ["x"] = Encode(key.Q.X), ["y"] = Encode(key.Q.Y),
        };
        if (isPrivate)
        {
            jwk["d"] = Encode(key.D);
        }

        return jwk;
    }

    private static string Encode(byte[]? bytes) => Base64UrlEncoder.Encode(bytes);

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
