using Barnahus.Platform.Hosting;

namespace Barnahus.Platform.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task A_service_without_the_issuer_of_its_tokens_does_not_start()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => ServiceProcess.RunAsync(
            ["--urls=http://127.0.0.1:0"], (settings, stores, configure) => ServiceHost.Build(settings, stores, [ToyModule.Module], configure)));
        failure.Message.ShouldContain("Tokens:Issuer");
    }
}
