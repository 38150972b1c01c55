namespace Barnahus.Gateway.Tests.Sessions;

public sealed class LimitTests
{
    [Fact]
    public async Task Guessing_is_slowed_down_for_an_address_and_says_until_when()
    {
        await using var installation = await Installation.StartAsync(settings: "--Gateway:SignInsPerAddress=3");
        using var browser = installation.Browser();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await (await browser.PostAsync("/account/sign-in", new { loginName = $"guess-{attempt}", password = "wrong password" })).JsonAsync(401);
        }

        var refused = await browser.PostAsync("/account/sign-in", new { loginName = "auditor", password = Installation.Password });
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        await refused.JsonAsync(429);
        ((int)(await browser.GetAsync("/account/sign-in")).StatusCode).ShouldBe(200, "reading the page is no guess");
    }

    [Fact]
    public async Task A_service_that_takes_too_long_is_not_waited_for()
    {
        await using var installation = await Installation.StartAsync(settings: "--Gateway:Timeout=00:00:02");
        using var browser = await installation.SignedInAsync("interviewer");
        var problem = await (await browser.GetAsync("/api/echo/v1/slow")).JsonAsync(504);
        problem.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:timeout");
    }

    [Fact]
    public async Task While_the_provider_is_away_signing_in_says_so()
    {
        await using var installation = await Installation.StartAsync();
        using var browser = installation.Browser();
        await installation.Identity.StopAsync();
        var problem = await (await browser.PostAsync("/account/sign-in", new { loginName = "auditor", password = Installation.Password })).JsonAsync(503);
        problem.GetProperty("detail").GetString()!.ShouldNotContain("127.0.0.1");
        await (await browser.GetAsync("/health/ready")).JsonAsync(503);
        await (await browser.GetAsync("/health/live")).JsonAsync();
    }

    [Fact]
    public async Task While_the_provider_where_people_sign_in_is_away_the_way_there_says_so()
    {
        await using var installation = await Installation.StartAsync(atProvider: new() { Issuer = AtProvider.FreeAddress().GetLeftPart(UriPartial.Authority) });
        using var browser = installation.Browser();
        (await browser.GetAsync("/account/sign-in")).EnsureSuccessStatusCode();
        var problem = await (await browser.GetAsync("/account/provider")).JsonAsync(503);
        problem.GetProperty("detail").GetString()!.ShouldNotContain("127.0.0.1");
    }
}
