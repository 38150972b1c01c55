using System.Web;
using Barnahus.Gateway.Tests.Accounts;

namespace Barnahus.Gateway.Tests.Duende;

/// <summary>People sign in at Duende: code with PKCE, pushed past the browser, proved with private_key_jwt.</summary>
public sealed class DuendeSignInTests(DuendeInstallation duende) : IClassFixture<DuendeInstallation>
{
    private const string Session = "__Host-barnahus";

    [SkippableFact]
    public async Task Who_signs_in_there_has_a_session_here_that_ends_as_every_other()
    {
        using var browser = duende.House.Browser();
        await duende.SignInAsync(browser, "intake-officer");
        (await (await browser.PostAsync("/api/account/purpose", new { role = "intake-officer", purpose = "intake" })).JsonAsync())
            .GetProperty("name").GetString().ShouldBe("S. de Wit");
        (await (await browser.GetAsync("/api/echo/v1/caller")).JsonAsync()).GetProperty("role").GetString().ShouldBe("intake-officer");

        using var second = duende.House.Browser();
        await duende.SignInAsync(second, "intake-officer");
        await browser.SubmitAsync("/", "/account/sign-out");
        await (await browser.GetAsync("/api/account/me")).JsonAsync(401);
        await (await second.GetAsync("/api/account/me")).JsonAsync();
    }

    [SkippableFact]
    public async Task Of_a_disabled_account_sessions_end_and_none_begin()
    {
        using var browser = duende.House.Browser();
        await duende.SignInAsync(browser, "planner");
        using var administrator = duende.House.Browser();
        await duende.SignInAsync(administrator, "administrator");
        await (await administrator.PostAsync("/api/account/purpose", new { role = "administrator", purpose = "administration" })).JsonAsync();
        var planner = Identity.Setup.DemoAccounts.IdOf("planner");
        (await administrator.PostAsync($"/api/identity/v1/accounts/{planner}/disabling", new { })).EnsureSuccessStatusCode();
        await browser.SignedOutWithinMomentsAsync();

        using var there = new Browser(new(duende.Issuer));
        (await duende.FilledInAsync(there, await duende.AskedAsync(browser, there), "planner", Installation.Password, "")).ShouldBeNull();
    }

    [SkippableFact]
    public async Task The_second_factor_is_asked_each_code_counts_once_and_nobody_is_let_in_by_who_was_before()
    {
        duende.House.ShouldNotBeNull();
        var real = new DuendeInstallation();
        await real.OpenAsync(demo: false, staticKey: true);
        try
        {
            using var browser = real.House.Browser();
            var said = real.House.Said.Single(line => line.Contains("'administrator'", StringComparison.Ordinal));
            said.ShouldContain($"open {real.House.Gateway.Urls.First()}/account/activation", customMessage: "the gateway's address, not the provider's");
            var key = await FirstAdministratorTests.ActivateAsync(browser, "administrator", said.Split(' ')[^1]);
            using var there = new Browser(new(real.Issuer));
            var code = Authenticator.Code(key, stepsAhead: 1);
            foreach (var wrong in new[] { "", "000000" })
            {
                (await real.FilledInAsync(there, await real.AskedAsync(browser, there), "administrator", FirstAdministratorTests.Password, wrong)).ShouldBeNull();
            }

            var on = await real.FilledInAsync(there, await real.AskedAsync(browser, there), "administrator", FirstAdministratorTests.Password, code);
            there.Cookies.ShouldContainKey("__Host-barnahus-provider");
            var back = (await there.GetAsync(on!.PathAndQuery)).Headers.Location!;
            there.Cookies.ShouldNotContainKey("__Host-barnahus-provider", "forgotten with the code");
            (await browser.GetAsync(back.PathAndQuery)).EnsureSuccessStatusCode();
            await (await browser.GetAsync("/api/account/me")).JsonAsync();

            var anew = await real.AskedAsync(browser, there);
            anew.ShouldContain("name=\"password\"");
            (await real.FilledInAsync(there, anew, "administrator", FirstAdministratorTests.Password, code)).ShouldBeNull("used");
        }
        finally
        {
            await real.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task The_page_has_every_protection_and_leads_back_only_to_what_was_begun()
    {
        using var browser = duende.House.Browser();
        using var there = new Browser(new(duende.Issuer));
        var page = await duende.AskedAsync(browser, there);
        var shown = await there.GetAsync("/sign-in");
        shown.Headers.GetValues("Content-Security-Policy").Single()
            .ShouldBe($"default-src 'none'; form-action 'self' {duende.House.Gateway.Urls.First()}; base-uri 'none'; frame-ancestors 'none'");
        shown.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        shown.Headers.CacheControl!.NoStore.ShouldBeTrue();

        foreach (var elsewhere in new[] { "https://elsewhere.example/", "//elsewhere.example", "/back-channel/v1/sign-ins", "" })
        {
            var led = await there.SubmitAsync(
                page.Replace("name=\"returnUrl\"", "name=\"other\"", StringComparison.Ordinal),
                [("loginName", "auditor"), ("password", Installation.Password), ("code", ""), ("returnUrl", elsewhere)], "/sign-in");
            ((int)led.StatusCode).ShouldBe(400, elsewhere);
            led.Headers.TryGetValues("Set-Cookie", out _).ShouldBeFalse(elsewhere);
        }

        using var forged = new Browser(new(duende.Issuer));
        (await duende.FilledInAsync(forged, page, "auditor", Installation.Password, "")).ShouldBeNull("a form without its cookie");

        var letIn = await there.SubmitAsync(page, [("loginName", "auditor"), ("password", Installation.Password), ("code", "")], "/sign-in");
        var cookie = letIn.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("__Host-barnahus-provider=", StringComparison.Ordinal));
        cookie.Split("; ").Skip(1).Select(attribute => attribute.ToLowerInvariant()).Order().ShouldBe(["httponly", "path=/", "samesite=strict", "secure"]);
    }

    [SkippableFact]
    public async Task A_browser_asks_nothing_that_the_gateway_did_not_push_and_a_code_counts_once()
    {
        using var browser = duende.House.Browser();
        using var there = new Browser(new(duende.Issuer));
        var asked = HttpUtility.ParseQueryString("");
        foreach (var (name, value) in new[]
        {
            ("client_id", "gateway"), ("response_type", "code"), ("scope", "openid identity.sessions"), ("state", "s"), ("nonce", "n"),
            ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256"),
            ("redirect_uri", $"{duende.House.Gateway.Urls.First()}/account/provider/return"),
        })
        {
            asked[name] = value;
        }

        var stopped = (await there.GetAsync($"/connect/authorize?{asked}")).Headers.Location!;
        var said = await there.GetAsync(new Uri(new Uri(duende.Issuer), stopped).PathAndQuery);
        ((int)said.StatusCode).ShouldBe(400);
        (await said.Content.ReadAsStringAsync()).ShouldContain("Begin opnieuw.");

        var on = await duende.FilledInAsync(there, await duende.AskedAsync(browser, there), "auditor", Installation.Password, "");
        var back = (await there.GetAsync(on!.PathAndQuery)).Headers.Location!;
        var kept = new Dictionary<string, string>(browser.Cookies, StringComparer.Ordinal);
        (await browser.GetAsync(back.PathAndQuery)).EnsureSuccessStatusCode();
        using var thief = duende.House.Browser();
        foreach (var (name, value) in kept)
        {
            thief.Cookies[name] = value;
        }

        ((int)(await thief.GetAsync(back.PathAndQuery)).StatusCode).ShouldBe(401);
        thief.Cookies.ShouldNotContainKey(Session);
    }
}
