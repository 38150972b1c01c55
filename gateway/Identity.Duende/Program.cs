using Barnahus.Identity.Duende;
using Barnahus.Platform.Hosting;

await StartFailures.SayAsync(async () =>
{
    var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
    await using var stores = Stores.Open(configuration);
    await using var app = DuendeApp.Build(args, stores);
    await app.RunAsync();
});
