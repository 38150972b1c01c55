using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Microsoft.Extensions.Configuration;

namespace Barnahus.Platform.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task A_service_without_the_issuer_of_its_tokens_says_so_and_ends()
    {
        var before = Environment.ExitCode;
        try
        {
            await ServiceProcess.RunAsync(
                ["--urls=http://127.0.0.1:0"], (settings, stores, configure) => ServiceHost.Build(settings, stores, [ToyModule.Module], configure));
            Environment.ExitCode.ShouldBe(2);
        }
        finally
        {
            Environment.ExitCode = before;
        }
    }

    /// <summary>A disk that was not mounted: a vault made in its place would seal what comes under keys that the true one does not have.</summary>
    [Fact]
    public async Task Beside_a_log_that_has_events_no_vault_and_no_key_is_made()
    {
        var root = Directory.CreateTempSubdirectory("barnahus-").FullName;
        try
        {
            var name = new KeyName(SubjectId.Child(Guid.CreateVersion7()), Regime.Police);
            var (vault, key) = (Path.Combine(root, "vault", "vault.db"), Path.Combine(root, "key"));
            var settings = new ConfigurationBuilder().AddCommandLine(
                [$"--Data={Path.Combine(root, "data")}", $"--Vault:ConnectionString=sqlite:{vault}", $"--Vault:KeyFile={key}"]).Build();
            await using (var stores = Stores.Open(settings))
            {
                await stores.Vault.GetOrCreateAsync(name, default);
                await stores.Log.AppendAsync("test.a", StreamRevision.None, [new EventToAppend(Guid.NewGuid(), "test.happened.v1", "{}"u8.ToArray(), "{}"u8.ToArray())], default);
            }

            Directory.Move(Path.GetDirectoryName(vault)!, Path.Combine(root, "away"));
            Should.Throw<VaultMissingException>(() => Stores.Open(settings));
            File.Move(key, key + ".away");
            Should.Throw<KeyEncryptionException>(() => Stores.Open(settings));
            (File.Exists(vault) || File.Exists(key)).ShouldBeFalse();

            File.Move(key + ".away", key);
            Directory.Move(Path.Combine(root, "away"), Path.GetDirectoryName(vault)!);
            await using var again = Stores.Open(settings);
            again.Vault.Get(name).ShouldBeOfType<KeyState.Present>();
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Theory]
    [InlineData("postgres:Host=db;Database=one;Username=a;Password=x", "postgres:Host=db;Database=one;Username=b;Password=y")]
    [InlineData("esdb://a:x@node:2113?log=one", "esdb://b:y@node:2113?log=one")]
    [InlineData("sqlite:one.db", "sqlite:./one.db")]
    public void Two_stores_in_one_place_are_refused_before_either_is_opened(string log, string accesses)
    {
        var folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        try
        {
            var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Data"] = folder, ["EventLog:ConnectionString"] = log, ["AccessLog:ConnectionString"] = accesses,
            }).Build();
            var refused = Should.Throw<InvalidDataException>(() => Stores.Open(settings));
            refused.Message.ShouldStartWith("EventLog and AccessLog are to use one database");
            refused.Message.ShouldNotContain("a:x");
            Directory.GetFiles(folder).ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
