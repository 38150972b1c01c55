using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Gateway.Tests.Sessions;

/// <summary>What another site can make a browser do with the cookie of who is signed in: nothing, at no address that there is or will be.</summary>
public sealed class CrossSiteTests(Installation installation) : IClassFixture<Installation>
{
    [Fact]
    public async Task No_address_takes_a_form_or_a_call_of_another_site()
    {
        using var browser = await installation.SignedInAsync("intake-officer");
        using var other = await installation.SignedInAsync("intake-officer");
        await installation.CaughtUpAsync();
        var (before, others) = (await MeAsync(browser), await MeAsync(other));

        // When a session was proved is told in seconds.
        await Task.Delay(TimeSpan.FromSeconds(1.1));
        var sessions = (await (await browser.GetAsync("/api/account/sessions")).JsonAsync()).EnumerateArray().ToList();
        sessions.Count.ShouldBe(2);
        (string, string)[] fields =
        [
            ("loginName", "auditor"), ("password", Installation.Password), ("stated", "intake-officer/file-keeping"), ("code", "x"),
            ("sessionId", sessions.Single(one => !one.GetProperty("current").GetBoolean()).GetProperty("sessionId").GetString()!),
        ];
        var addresses = Addresses();
        addresses.Count.ShouldBeGreaterThan(10);
        foreach (var address in addresses)
        {
            // A form without the page's token, as another site can send it; and a call without the header, which it cannot send.
            browser.SendsCsrf = false;
            foreach (var response in new[] { await browser.SubmitAsync("", fields, address), await browser.PostAsync(address, new { }) })
            {
                // Some show their page anew instead.
                var isPage = response.Content.Headers.ContentType?.MediaType == "text/html";
                ((int)response.StatusCode).ShouldBeOneOf(isPage ? [200, 400] : [302, 400, 403, 415], $"{address}: {await response.Content.ReadAsStringAsync()}");
                response.Headers.TryGetValues("Set-Cookie", out var set);
                (set ?? []).ShouldAllBe(cookie => !cookie.StartsWith("__Host-barnahus=", StringComparison.Ordinal), address);
            }

            browser.SendsCsrf = true;
            (await MeAsync(browser)).ShouldBe(before, address);
            (await MeAsync(other)).ShouldBe(others, address);
        }
    }

    [Theory]
    [InlineData("Basic x")]
    [InlineData("Bearer x")]
    public async Task A_header_of_another_kind_does_not_stand_in_for_the_one_against_other_sites(string authorization)
    {
        using var browser = await installation.SignedInAsync("interviewer");
        browser.SendsCsrf = false;
        var ended = await browser.PostAsync("/api/account/sessions/ending", new { }, ("Authorization", authorization));
        (await ended.JsonAsync(403)).GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:csrf");
        browser.SendsCsrf = true;
        await (await browser.GetAsync("/api/account/me")).JsonAsync();
    }

    [Fact]
    public async Task Every_cookie_that_is_ever_set_is_out_of_reach_of_scripts_and_other_sites()
    {
        using var browser = installation.Browser();
        var page = await browser.GetAsync("/account/sign-in");
        var signedIn = await browser.PostAsync("/account/sign-in", new { loginName = "auditor", password = Installation.Password });
        var home = await browser.GetAsync("/");
        var cookies = new[] { page, signedIn, home }.SelectMany(answer => answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : []).ToList();
        cookies.Count.ShouldBeGreaterThan(1, "the session's and the one of the forms");
        foreach (var cookie in cookies)
        {
            cookie.ShouldStartWith("__Host-", Case.Sensitive);
            string.Join("; ", cookie.Split("; ").Skip(1).Select(attribute => attribute.ToLowerInvariant()).Order()).ShouldBe("httponly; path=/; samesite=strict; secure", cookie);
        }
    }

    /// <summary>Who the session is, for what, and when that was proved.</summary>
    private static async Task<string> MeAsync(Browser browser)
    {
        var me = await (await browser.GetAsync("/api/account/me")).JsonAsync();
        return $"{me.GetProperty("accountId")} {me.GetProperty("purpose")} {me.GetProperty("authenticatedAt")}";
    }

    /// <summary>Every address of the gateway itself that changes something.</summary>
    private List<string> Addresses() =>
    [
        .. installation.Gateway.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Where(path => path.Contains("/account/", StringComparison.Ordinal))
            .Select(path => path.Replace("{sessionId:guid}", $"{Guid.NewGuid()}", StringComparison.Ordinal).Replace("{passkeyId:guid}", $"{Guid.NewGuid()}", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal),
    ];
}
