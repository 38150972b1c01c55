using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Barnahus.Gateway.Tests;

/// <summary>What a person does by hand in a terminal: curl with a cookie jar, and deploy/partner-token.</summary>
public sealed class ByHandTests(Installation installation) : IClassFixture<Installation>
{
    [Fact]
    public async Task Curl_signs_in_with_a_cookie_jar_on_loopback()
    {
        var url = installation.Gateway.Urls.First();
        var jar = Path.Combine(installation.DataFolder, "jar");
        var body = JsonSerializer.Serialize(new { loginName = "auditor", password = Installation.Password, role = "auditor" });
        await RunAsync("curl", "-fsS", "-c", jar, "-H", "X-CSRF: 1", "-H", "Content-Type: application/json", "-d", body, $"{url}/account/sign-in");
        var me = await RunAsync("curl", "-fsS", "-b", jar, "-H", "X-CSRF: 1", $"{url}/api/account/me");
        JsonDocument.Parse(me).RootElement.GetProperty("purpose").GetString().ShouldBe("oversight");
    }

    [Theory]
    [InlineData("hotel-de-vier-winden")]
    [InlineData("00000000000099900004")]
    public async Task The_script_gets_a_token_that_a_service_takes(string partner)
    {
        var url = installation.Gateway.Urls.First();
        var token = await RunAsync(Script(), partner, "--data", installation.DataFolder, "--url", url, "--scope", "referrals.submit");
        var caller = await RunAsync("curl", "-fsS", "-H", $"Authorization: Bearer {token.Trim()}", $"{url}/api/echo/v1/partner");
        JsonDocument.Parse(caller).RootElement.GetProperty("client").GetString().ShouldBe("hotel-de-vier-winden");
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, error);
        return await output;
    }

    private static string Script([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "deploy", "partner-token"));
}
