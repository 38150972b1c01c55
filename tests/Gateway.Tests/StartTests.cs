using System.Diagnostics;

namespace Barnahus.Gateway.Tests;

/// <summary>The programs as they are started: what is missing is said in a sentence to whoever starts them.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("Barnahus.Gateway.dll", "Gateway:KeyFile is not set: the gateway's private key (PEM, P-256).")]
    [InlineData("Barnahus.Identity.dll", "Tokens:Issuer is not set: without it no token can be trusted. Give the address under which Barnahus is reached.")]
    public async Task What_is_not_set_is_said_in_a_sentence_and_not_as_a_crash(string program, string sentence)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program)])
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        error.Trim().ShouldBe(sentence);
        (await output).ShouldBeEmpty();
        process.ExitCode.ShouldBe(2);
    }
}
