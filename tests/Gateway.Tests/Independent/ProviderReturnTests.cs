using System.Net;
using System.Web;
using Barnahus.Identity.Setup;

namespace Barnahus.Gateway.Tests.Independent;

/// <summary>A gateway whose people sign in at a provider that nobody here wrote.</summary>
public sealed class AtIndependentProvider : IAsyncLifetime
{
    private IndependentProvider? _provider;
    private Installation? _installation;

    public AtProvider Known { get; } = new();

    public Installation Installation => _installation ?? throw new SkipException("oidc-provider is not installed; deploy/test does it where npm is.");

    public async Task InitializeAsync()
    {
        if (IndependentProvider.IsInstalled)
        {
            _provider = await IndependentProvider.StartAsync("PS256", Known);
            Known.Issuer = _provider.Issuer;
            _installation = await Installation.StartAsync(atProvider: Known);
        }
    }

    public async Task DisposeAsync()
    {
        await (_installation?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_provider?.DisposeAsync() ?? ValueTask.CompletedTask);
    }
}

/// <summary>The gateway as an OpenID client: who comes back from the provider, and with what.</summary>
public sealed class ProviderReturnTests(AtIndependentProvider provider) : IClassFixture<AtIndependentProvider>
{
    private const string Session = "__Host-barnahus";

    [SkippableFact]
    public async Task Whom_the_provider_lets_in_has_a_session_here_and_is_known_to_the_service()
    {
        using var browser = Browser();
        (await browser.GetAsync("/")).Headers.Location!.OriginalString.ShouldBe("/account/sign-in");
        var page = await (await browser.GetAsync("/account/sign-in")).Content.ReadAsStringAsync();
        page.ShouldContain("href=\"/account/provider\"");
        page.ShouldNotContain("type=\"password\"");
        ((int)(await browser.PostAsync("/account/sign-in", new { loginName = "interviewer", password = Installation.Password })).StatusCode).ShouldBe(405);

        var back = await ComeBackAsync(browser, "interviewer");
        var landed = await browser.GetAsync(back);
        ((int)landed.StatusCode).ShouldBe(200, await landed.Content.ReadAsStringAsync());
        landed.Headers.GetValues("Refresh").ShouldBe(["0; url=/"], "a redirect would leave the Strict cookie behind");
        Attributes(landed, Session).ShouldBe(["httponly", "path=/", "samesite=strict", "secure"]);
        browser.Cookies.Keys.ShouldHaveSingleItem("what was kept for the way is gone").ShouldBe(Session);

        (await (await browser.GetAsync("/api/account/me")).JsonAsync()).GetProperty("name").GetString().ShouldBe("T. Vos");
        await (await browser.PostAsync("/api/account/purpose", new { role = "interviewer", purpose = "interview" })).JsonAsync();
        (await (await browser.GetAsync("/api/echo/v1/caller")).JsonAsync()).GetProperty("accountId").GetGuid().ShouldBe(DemoAccounts.IdOf("interviewer"));

        var signedOut = await browser.SubmitAsync("/", "/account/sign-out");
        signedOut.Headers.Location!.OriginalString.ShouldBe("/account/sign-in", "not to the provider: a browser keeps a form's redirects to this origin");
        await (await browser.GetAsync("/api/account/me")).JsonAsync(401);
    }

    [SkippableFact]
    public async Task What_is_asked_goes_past_the_browser_and_what_the_browser_keeps_comes_back_from_another_site()
    {
        using var browser = Browser();
        var asked = await browser.GetAsync("/account/provider");
        var query = HttpUtility.ParseQueryString(asked.Headers.Location!.Query);
        query.AllKeys.Order().ShouldBe(["client_id", "request_uri"]);
        foreach (var name in new[] { ".AspNetCore.Correlation.", ".AspNetCore.OpenIdConnect.Nonce." })
        {
            Attributes(asked, name).Where(attribute => !attribute.StartsWith("expires", StringComparison.Ordinal))
                .ShouldBe(["httponly", "path=/account/provider/return", "samesite=lax", "secure"], name);
        }
    }

    [SkippableFact]
    public async Task A_code_is_taken_once_and_from_the_browser_that_asked_for_it()
    {
        using var browser = Browser();
        using var other = Browser();
        var back = await ComeBackAsync(browser, "interviewer");
        var kept = new Dictionary<string, string>(browser.Cookies, StringComparer.Ordinal);
        var others = await ComeBackAsync(other, "auditor");

        await RefusedAsync(back, new Dictionary<string, string>(StringComparer.Ordinal), "a browser that asked nothing");
        await RefusedAsync(back, other.Cookies, "a browser that asked something else");
        await RefusedAsync(With(back, "state", "made-up"), kept, "another state");
        await RefusedAsync(With(back, "state", HttpUtility.ParseQueryString(others.Split('?')[1])["state"]!), kept, "the state of another");
        await RefusedAsync(With(back, "code", HttpUtility.ParseQueryString(others.Split('?')[1])["code"]!), kept, "the code of another: PKCE");
    }

    [SkippableTheory]
    [InlineData("no nonce")]
    [InlineData("the nonce of another")]
    [InlineData("a code used before")]
    public async Task A_return_that_is_not_whole_opens_nothing(string what)
    {
        using var browser = Browser();
        using var other = Browser();
        var back = await ComeBackAsync(browser, "interviewer");
        var kept = new Dictionary<string, string>(browser.Cookies, StringComparer.Ordinal);
        if (what == "a code used before")
        {
            ((int)(await browser.GetAsync(back)).StatusCode).ShouldBe(200);
        }
        else
        {
            kept.Remove(kept.Keys.Single(IsNonce));
            await ComeBackAsync(other, "interviewer");
            if (what == "the nonce of another")
            {
                var nonce = other.Cookies.Single(cookie => IsNonce(cookie.Key));
                kept.Add(nonce.Key, nonce.Value);
            }
        }

        await RefusedAsync(back, kept, what);
    }

    [SkippableTheory]
    [InlineData("00000000-0000-0000-0000-000000000001")]
    [InlineData("not-one-of-ours")]
    [InlineData("")]
    public async Task Whom_nobody_here_knows_and_whom_the_provider_refuses_are_not_let_in(string account)
    {
        using var browser = Browser();
        await RefusedAsync(await ComeBackAsync(browser, account), browser.Cookies, account);
    }

    private Browser Browser() => provider.Installation.Browser();

    /// <summary>To the provider, signed in there, and the address it sends the browser back to.</summary>
    private async Task<string> ComeBackAsync(Browser browser, string account)
    {
        using var there = new Browser(new(provider.Known.Issuer));
        var authorization = (await browser.GetAsync("/account/provider")).Headers.Location!;
        var page = (await there.GetAsync(authorization.PathAndQuery)).Headers.Location!.OriginalString;
        var named = account is "interviewer" or "auditor" ? DemoAccounts.IdOf(account).ToString() : account;
        var on = (await there.GetAsync($"{page}?account={named}")).Headers.Location!;
        var back = (await there.GetAsync(on.PathAndQuery)).Headers.Location!;
        back.GetLeftPart(UriPartial.Path).ShouldBe(new Uri(provider.Known.Address, "/account/provider/return").AbsoluteUri);
        return back.PathAndQuery;
    }

    private async Task RefusedAsync(string back, IReadOnlyDictionary<string, string> cookies, string why)
    {
        using var browser = Browser();
        foreach (var (name, value) in cookies)
        {
            browser.Cookies[name] = value;
        }

        var answer = await browser.GetAsync(back);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, why);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("Het inloggen is niet gelukt.", customMessage: why);
        browser.Cookies.ShouldNotContainKey(Session, why);
    }

    private static bool IsNonce(string cookie) => cookie.Contains("Nonce", StringComparison.Ordinal);

    private static string With(string back, string name, string value)
    {
        var query = HttpUtility.ParseQueryString(back.Split('?')[1]);
        query[name] = value;
        return $"{back.Split('?')[0]}?{query}";
    }

    private static IEnumerable<string> Attributes(HttpResponseMessage response, string cookie) => response.Headers.GetValues("Set-Cookie")
        .Single(value => value.StartsWith(cookie, StringComparison.Ordinal))
        .Split("; ").Skip(1).Select(attribute => attribute.ToLowerInvariant()).Order();
}
