using System.Text.RegularExpressions;
using Barnahus.Identity.Setup;

namespace Barnahus.Gateway.Tests.Sessions;

public sealed class SignInTests(Installation installation) : IClassFixture<Installation>
{
    [Fact]
    public async Task Who_signs_in_is_known_to_the_session_and_to_the_service()
    {
        using var browser = installation.Browser();
        await browser.SignInAsync("intake-officer", Installation.Password);
        var me = await (await browser.GetAsync("/api/account/me")).JsonAsync();
        me.GetProperty("name").GetString().ShouldBe("S. de Wit");
        me.TryGetProperty("purpose", out _).ShouldBeFalse("two are possible, so it must be chosen");

        (await (await browser.PostAsync("/api/account/purpose", new { role = "intake-officer", purpose = "intake" })).JsonAsync())
            .GetProperty("purpose").GetString().ShouldBe("intake");
        var caller = await (await browser.GetAsync("/api/echo/v1/caller")).JsonAsync();
        caller.GetProperty("accountId").GetGuid().ShouldBe(DemoAccounts.IdOf("intake-officer"));
        caller.GetProperty("name").GetString().ShouldBe("S. de Wit");
        caller.GetProperty("role").GetString().ShouldBe("intake-officer");
        caller.GetProperty("purpose").GetString().ShouldBe("intake");
        caller.GetProperty("regions").Strings().ShouldBe(["Amsterdam", "Limburg", "Midden-Nederland", "Noord-Nederland"]);
        caller.GetProperty("client").GetString().ShouldBe("gateway");
    }

    [Fact]
    public async Task A_purpose_of_another_role_and_a_role_of_others_are_refused()
    {
        using var browser = await installation.SignedInAsync("interviewer");
        var purpose = await (await browser.PostAsync("/api/account/purpose", new { role = "interviewer", purpose = "oversight" })).JsonAsync(400);
        purpose.GetProperty("errors").TryGetProperty("purpose", out _).ShouldBeTrue();
        var role = await (await browser.PostAsync("/api/account/purpose", new { role = "auditor", purpose = "oversight" })).JsonAsync(400);
        role.GetProperty("errors").TryGetProperty("role", out _).ShouldBeTrue();
        (await (await browser.GetAsync("/api/account/me")).JsonAsync()).GetProperty("role").GetString().ShouldBe("interviewer");
    }

    [Fact]
    public async Task The_cookie_has_every_protection_and_says_nothing()
    {
        using var browser = installation.Browser();
        var response = await browser.PostAsync("/account/sign-in", new { loginName = "auditor", password = Installation.Password });
        var cookie = response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("__Host-barnahus=", StringComparison.Ordinal));
        var attributes = cookie.Split("; ").Skip(1).Select(attribute => attribute.ToLowerInvariant()).Order();
        attributes.ShouldBe(["httponly", "path=/", "samesite=strict", "secure"]);
        cookie.ShouldNotContain(DemoAccounts.IdOf("auditor").ToString());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        using var browser = await installation.SignedInAsync("auditor");
        var stolen = browser.Cookies["__Host-barnahus"];
        ((int)(await browser.PostAsync("/account/sign-out", new { })).StatusCode).ShouldBe(204);
        browser.Cookies.ShouldNotContainKey("__Host-barnahus");
        browser.Cookies["__Host-barnahus"] = stolen;
        await (await browser.GetAsync("/api/account/me")).JsonAsync(401);
        await (await browser.GetAsync("/api/echo/v1/caller")).Content.ReadAsStringAsync();
        ((int)(await browser.GetAsync("/api/echo/v1/caller")).StatusCode).ShouldBe(401);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        using var browser = installation.Browser();
        var wrong = await AnswerAsync(browser, "auditor", "not the password");
        var unknown = await AnswerAsync(browser, "nobody-here", "not the password");
        wrong.Status.ShouldBe(401);
        unknown.ShouldBe(wrong);
    }

    [Fact]
    public async Task After_five_failures_even_the_right_password_gets_the_same_answer()
    {
        using var browser = installation.Browser();
        var wrong = await AnswerAsync(browser, "planner", "not the password");
        for (var failure = 2; failure <= 5; failure++)
        {
            (await AnswerAsync(browser, "planner", "not the password")).ShouldBe(wrong);
        }

        (await AnswerAsync(browser, "planner", Installation.Password)).ShouldBe(wrong);
        (await AnswerAsync(browser, "lawyer", Installation.Password)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Of_many_guesses_at_once_no_more_than_five_are_judged()
    {
        var guesses = Enumerable.Range(0, 20).Select(async _ =>
        {
            using var browser = installation.Browser();
            return (await AnswerAsync(browser, "medical", "a guess that is wrong")).Status;
        });
        (await Task.WhenAll(guesses)).ShouldAllBe(status => status == 401);
        using var late = installation.Browser();
        (await AnswerAsync(late, "medical", Installation.Password)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_page_can_be_used_without_script_and_without_sight()
    {
        using var browser = installation.Browser();
        var response = await browser.GetAsync("/account/sign-in");
        var html = await response.Content.ReadAsStringAsync();
        html.ShouldContain("<html lang=\"nl\">");
        html.ShouldContain("<script src=\"/account/passkeys.js\" defer></script>");
        Regex.Count(html, "<script").ShouldBe(1, "nothing inline");
        html.ShouldNotContain("style=");
        foreach (Match input in Regex.Matches(html, "<input id=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
        {
            html.ShouldContain($"<label for=\"{input.Groups["id"].Value}\">");
        }

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldNotContain("unsafe");
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        response.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task The_form_signs_in_shows_the_choice_of_purpose_and_signs_out()
    {
        using var browser = installation.Browser();
        var signedIn = await browser.SubmitAsync(
            "/account/sign-in", "/account/sign-in", ("loginName", "Intake-Officer "), ("password", Installation.Password), ("code", ""));
        ((int)signedIn.StatusCode).ShouldBe(302);
        var home = await (await browser.GetAsync("/")).Content.ReadAsStringAsync();
        home.ShouldContain("S. de Wit");
        await browser.SubmitAsync(home, [("stated", "intake-officer/file-keeping")], "/account/purpose");
        (await (await browser.GetAsync("/api/account/me")).JsonAsync()).GetProperty("purpose").GetString().ShouldBe("file-keeping");
        await browser.SubmitAsync(home, [], "/account/sign-out");
        await (await browser.GetAsync("/api/account/me")).JsonAsync(401);
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused()
    {
        using var browser = installation.Browser();
        var response = await browser.SubmitAsync("", [("loginName", "auditor"), ("password", Installation.Password)], "/account/sign-in");
        ((int)response.StatusCode).ShouldBe(400);
        browser.Cookies.ShouldNotContainKey("__Host-barnahus");
        browser.SendsCsrf = false;
        var json = await browser.PostAsync("/account/sign-in", new { loginName = "auditor", password = Installation.Password });
        ((int)json.StatusCode).ShouldBe(403);
    }

    private static async Task<(int Status, string Body)> AnswerAsync(Browser browser, string loginName, string password)
    {
        var response = await browser.PostAsync("/account/sign-in", new { loginName, password });
        var body = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, Regex.Replace(body, "\"traceId\":\"[^\"]+\"", "", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }
}
