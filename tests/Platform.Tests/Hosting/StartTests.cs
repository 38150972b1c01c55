using Barnahus.Platform.Hosting;
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
