using Barnahus.Identity;
using Barnahus.Platform.Hosting;

args = SecretFiles.Join(args);
var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
await using var stores = Stores.Open(configuration);
if (configuration.GetValue("Stores:Prepare", false))
{
    // Opening made the tables (Vault:OwnerConnectionString and its like): a run of its own, so that no service needs their owner's password.
    return;
}

await using var app = IdentityApp.Build(args, stores);
await app.RunAsync();
