using Barnahus.Gateway;
using Barnahus.Gateway.Sessions;
using Barnahus.Platform.Hosting;

// A process of its own: the private key is a file outside the data folder (Gateway:KeyFile, PEM, P-256).
await StartFailures.SayAsync(async () =>
{
    var settings = SecretFiles.Join(args);
    var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(settings).Build();
    var file = configuration["Gateway:KeyFile"] ?? throw new SettingException("Gateway:KeyFile is not set: the gateway's private key (PEM, P-256).");
    using var key = GatewayKey.FromPem(await File.ReadAllTextAsync(file));
    await using var app = GatewayApp.Build(settings, key, builder => builder.Logging.AddStructuredConsole());
    await app.RunAsync();
});
