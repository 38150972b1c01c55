using Barnahus.Gateway.Protection;

namespace Barnahus.Gateway.Tests.Hardening;

/// <summary>What every answer says to the browser, whoever made it: the gateway's pages, a service, a refusal.</summary>
public sealed class HeaderTests
{
    [Fact]
    public async Task Every_answer_says_what_a_browser_may_do_with_it()
    {
        await using var house = await Installation.StartAsync(settings: "--Gateway:PerAddress=3");
        using var person = await house.SignedInAsync("intake-officer");
        using var stranger = house.Browser();
        Check(await person.GetAsync("/"), 200, SecurityHeaders.ContentSecurityPolicy);
        Check(await person.GetAsync("/api/account/me"), 200, ApiPolicy);
        Check(await person.GetAsync("/api/echo/v1/caller"), 200, ApiPolicy);
        Check(await person.GetAsync("/api/echo/v1/nothing"), 404, ApiPolicy);
        Check(await person.GetAsync("/nothing"), 404, SecurityHeaders.ContentSecurityPolicy);
        Check(await person.GetAsync("/api/absent/v1/caller"), 502, ApiPolicy);
        HttpResponseMessage last;
        do
        {
            last = await stranger.GetAsync("/api/echo/v1/caller");
        }
        while ((int)last.StatusCode == 401);

        Check(last, 429, ApiPolicy);
    }

    private const string ApiPolicy = "default-src 'none'; frame-ancestors 'none'";

    private static void Check(HttpResponseMessage answer, int status, string policy)
    {
        var address = answer.RequestMessage!.RequestUri!.AbsolutePath;
        ((int)answer.StatusCode).ShouldBe(status, address);
        foreach (var (name, value) in new[]
        {
            ("Content-Security-Policy", policy),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
        })
        {
            (answer.Headers.TryGetValues(name, out var said) ? string.Join(", ", said) : "nothing").ShouldBe(value, $"{name} of {address} ({status})");
        }

        answer.Headers.CacheControl!.NoStore.ShouldBeTrue(address);
        answer.Headers.Contains("Server").ShouldBeFalse(address);
    }
}
