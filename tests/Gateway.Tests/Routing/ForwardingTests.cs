namespace Barnahus.Gateway.Tests.Routing;

public sealed class ForwardingTests(Installation installation) : IClassFixture<Installation>
{
    [Fact]
    public async Task Role_and_purpose_from_outside_are_dropped()
    {
        using var browser = await installation.SignedInAsync("interviewer");
        var caller = await (await browser.GetAsync(
            "/api/echo/v1/caller", ("Barnahus-Role", "prosecutor"), ("barnahus-purpose", "oversight"), ("Barnahus-Anything", "1"))).JsonAsync();
        caller.GetProperty("role").GetString().ShouldBe("interviewer");
        caller.GetProperty("purpose").GetString().ShouldBe("interview");
        caller.GetProperty("headers").Strings().ShouldNotContain("barnahus-anything");
    }

    [Fact]
    public async Task Without_a_stated_purpose_a_header_from_outside_states_none()
    {
        using var browser = installation.Browser();
        await browser.SignInAsync("interviewer-2", Installation.Password);
        var problem = await (await browser.GetAsync("/api/echo/v1/caller", ("Barnahus-Role", "interviewer"), ("Barnahus-Purpose", "interview"))).JsonAsync(403);
        problem.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:purpose");
    }

    [Fact]
    public async Task A_service_never_sees_the_cookie()
    {
        using var browser = await installation.SignedInAsync("interviewer");
        var headers = (await (await browser.GetAsync("/api/echo/v1/caller")).JsonAsync()).GetProperty("headers").Strings();
        headers.ShouldNotContain("cookie");
        headers.ShouldContain("authorization");
    }

    [Fact]
    public async Task Calls_with_the_cookie_need_the_header_against_other_sites()
    {
        using var browser = await installation.SignedInAsync("interviewer");
        browser.SendsCsrf = false;
        foreach (var path in new[] { "/api/echo/v1/caller", "/API/echo/v1/caller", "/api/account/me" })
        {
            var problem = await (await browser.GetAsync(path)).JsonAsync(403);
            problem.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:csrf");
        }

        await (await browser.PostAsync("/api/echo/v1/caller", new { })).JsonAsync(403);
        await (await browser.PostAsync("/api/account/purpose", new { role = "interviewer", purpose = "interview" })).JsonAsync(403);
        await (await browser.GetAsync("/api/echo/v1/caller", ("X-CSRF", "0"))).JsonAsync(403);
        await (await browser.GetAsync("/api/echo/v1/caller", ("X-CSRF", "1"))).JsonAsync();
    }

    [Fact]
    public async Task Without_a_session_nothing_is_open()
    {
        using var browser = installation.Browser();
        ((int)(await browser.GetAsync("/api/echo/v1/caller")).StatusCode).ShouldBe(401);
        await (await browser.GetAsync("/api/account/me")).JsonAsync(401);
        browser.Cookies["__Host-barnahus"] = "made-up";
        ((int)(await browser.GetAsync("/api/echo/v1/caller")).StatusCode).ShouldBe(401);
        ((int)(await browser.GetAsync("/")).StatusCode).ShouldBe(302);
    }

    [Fact]
    public async Task The_back_channel_is_not_reached_from_outside()
    {
        using var browser = await installation.SignedInAsync("administrator");
        foreach (var path in new[] { "/back-channel/v1/sign-ins", "/api/back-channel/v1/sign-ins", "/api/identity/../back-channel/v1/sign-ins", "/api/identity/back-channel/v1/sign-ins" })
        {
            var response = await browser.PostAsync(path, new { loginName = "auditor", password = Installation.Password });
            ((int)response.StatusCode).ShouldBe(404, path);
        }

        using var inside = new Browser(new Uri(installation.Identity.Urls.First()));
        var straight = await inside.PostAsync("/back-channel/v1/sign-ins", new { loginName = "auditor", password = Installation.Password });
        ((int)straight.StatusCode).ShouldBe(401);
    }

    [Fact]
    public async Task A_service_that_is_not_there_is_explained()
    {
        using var browser = await installation.SignedInAsync("interviewer");
        var response = await browser.GetAsync("/api/absent/v1/anything");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await response.JsonAsync(502);
        problem.GetProperty("detail").GetString()!.ShouldNotContain("127.0.0.1");
        await IsProblemAsync(await browser.GetAsync("/api/nowhere/v1/anything"), 404, "unknown");
        await IsProblemAsync(await browser.GetAsync("/nowhere"), 404, "unknown");
        await IsProblemAsync(await browser.PostAsync("/api/account/me", new { }), 405, "method");
        await IsProblemAsync(await browser.GetAsync("/api/account/purpose"), 405, "method");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused_as_a_problem()
    {
        using var browser = await installation.SignedInAsync("interviewer");
        var problem = await (await browser.PostAsync("/api/echo/v1/caller", new { text = new string('x', 2 * 1024 * 1024) })).JsonAsync(413);
        problem.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:too-large");
    }

    private static async Task IsProblemAsync(HttpResponseMessage response, int status, string type)
    {
        response.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await response.JsonAsync(status);
        problem.GetProperty("type").GetString().ShouldBe($"urn:barnahus:problem:{type}");
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task The_services_documents_are_one_document_and_a_page()
    {
        using var browser = installation.Browser();
        var document = await (await browser.GetAsync("/api/openapi.json")).JsonAsync();
        var paths = document.GetProperty("paths");
        paths.TryGetProperty("/api/echo/v1/caller", out _).ShouldBeTrue();
        paths.TryGetProperty("/api/identity/v1/accounts", out _).ShouldBeTrue();
        paths.GetProperty("/api/account/me").GetProperty("get").GetProperty("summary").GetString().ShouldNotBeNullOrWhiteSpace();
        paths.GetProperty("/api/account/purpose").GetProperty("post").GetProperty("requestBody").ToString().ShouldContain("#/components/schemas/account-");
        var token = paths.GetProperty("/connect/token").GetProperty("post").GetProperty("requestBody").GetProperty("content");
        token.TryGetProperty("application/x-www-form-urlencoded", out _).ShouldBeTrue();
        document.GetProperty("info").GetProperty("description").GetString()!.ShouldContain("absent");
        foreach (var reference in References(document))
        {
            Resolve(document, reference).ShouldBeTrue(reference);
        }

        var page = await (await browser.GetAsync("/account/api")).Content.ReadAsStringAsync();
        page.ShouldContain("GET /api/echo/v1/caller");
        page.ShouldContain("Says who calls");
        page.ShouldNotContain("<script");
    }

    private static IEnumerable<string> References(System.Text.Json.JsonElement node) => node.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Object => node.EnumerateObject().SelectMany(property =>
            property is { Name: "$ref", Value.ValueKind: System.Text.Json.JsonValueKind.String } ? [property.Value.GetString()!] : References(property.Value)),
        System.Text.Json.JsonValueKind.Array => node.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private static bool Resolve(System.Text.Json.JsonElement document, string reference)
    {
        var at = document;
        return reference.StartsWith("#/", StringComparison.Ordinal)
            && reference[2..].Split('/').All(part => at.TryGetProperty(part, out at));
    }
}
