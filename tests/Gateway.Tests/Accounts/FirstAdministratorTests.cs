using System.Text.RegularExpressions;

namespace Barnahus.Gateway.Tests.Accounts;

/// <summary>A new installation, not a demonstration: from the printed code to colleagues at work.</summary>
public sealed class FirstAdministratorTests : IAsyncLifetime
{
    internal const string Password = "a long sentence to remember";
    private Installation _installation = null!;

    public async Task InitializeAsync() => _installation = await Installation.StartAsync(demo: false);

    public async Task DisposeAsync() => await _installation.DisposeAsync();

    [Fact]
    public async Task The_printed_code_opens_the_first_account_and_that_account_invites_the_others()
    {
        Directory.Exists(Path.Combine(_installation.DataFolder, "demo")).ShouldBeFalse();
        var code = _installation.Said.Single().Split(' ')[^1];
        using var administrator = _installation.Browser();
        var key = await ActivateAsync(administrator, "administrator", code);
        await SignInAsync(administrator, "administrator", Authenticator.Code(key, stepsAhead: 1));
        await (await administrator.PostAsync("/api/account/purpose", new { role = "administrator", purpose = "administration" })).JsonAsync();

        var request = new
        {
            loginName = "t.vos", name = "T. Vos", organisation = "00000000000099900101", roles = new[] { "interviewer" }, regions = new[] { "Limburg" },
        };
        var invited = await (await administrator.PostAsync("/api/identity/v1/accounts", request, ("Idempotency-Key", "one"))).JsonAsync(201);
        var again = await (await administrator.PostAsync("/api/identity/v1/accounts", request, ("Idempotency-Key", "one"))).JsonAsync(201);
        again.GetProperty("accountId").GetGuid().ShouldBe(invited.GetProperty("accountId").GetGuid());
        again.TryGetProperty("invitationCode", out _).ShouldBeFalse("it was shown once");
        await (await administrator.PostAsync("/api/identity/v1/accounts", request, ("Idempotency-Key", "two"))).JsonAsync(400);

        await _installation.CaughtUpAsync();
        using var interviewer = _installation.Browser();
        var second = await ActivateAsync(interviewer, "t.vos", invited.GetProperty("invitationCode").GetString()!);
        await SignInAsync(interviewer, "t.vos", Authenticator.Code(second, stepsAhead: 1));
        (await (await interviewer.GetAsync("/api/account/me")).JsonAsync()).GetProperty("regions").Strings().ShouldBe(["Limburg"]);
    }

    [Fact]
    public async Task Without_the_second_factor_nobody_gets_in_and_a_code_works_once()
    {
        using var browser = _installation.Browser();
        var key = await ActivateAsync(browser, "administrator", _installation.Said.Single().Split(' ')[^1]);
        await (await PostSignInAsync(browser, "administrator", null)).JsonAsync(401);
        await (await PostSignInAsync(browser, "administrator", "000000")).JsonAsync(401);
        var code = Authenticator.Code(key, stepsAhead: 1);
        await (await PostSignInAsync(browser, "administrator", code)).JsonAsync();
        await (await PostSignInAsync(browser, "administrator", code)).JsonAsync(401);
    }

    [Fact]
    public async Task A_wrong_or_spent_invitation_and_a_weak_password_open_nothing()
    {
        var code = _installation.Said.Single().Split(' ')[^1];
        using var browser = _installation.Browser();
        var wrong = await browser.SubmitAsync("/account/activation", "/account/activation", ("loginName", "administrator"), ("code", "WRONG"));
        ((int)wrong.StatusCode).ShouldBe(401);

        var form = await (await browser.SubmitAsync("/account/activation", "/account/activation", ("loginName", "administrator"), ("code", code))).Content.ReadAsStringAsync();
        var weak = await browser.SubmitAsync(form, [("password", "short"), ("authenticatorCode", Authenticator.Code(KeyOn(form)))], "/account/activation");
        ((int)weak.StatusCode).ShouldBe(400);

        await ActivateAsync(browser, "administrator", code);
        var spent = await browser.SubmitAsync("/account/activation", "/account/activation", ("loginName", "administrator"), ("code", code));
        ((int)spent.StatusCode).ShouldBe(401);
    }

    internal static async Task<string> ActivateAsync(Browser browser, string loginName, string code)
    {
        var first = await browser.SubmitAsync("/account/activation", "/account/activation", ("loginName", loginName), ("code", code));
        var form = await first.Content.ReadAsStringAsync();
        ((int)first.StatusCode).ShouldBe(200, form);
        var key = KeyOn(form);
        var done = await browser.SubmitAsync(form, [("password", Password), ("authenticatorCode", Authenticator.Code(key))], "/account/activation");
        ((int)done.StatusCode).ShouldBe(302, await done.Content.ReadAsStringAsync());
        return key;
    }

    private static string KeyOn(string html) =>
        Regex.Match(html, "id=\"authenticatorKey\">(?<key>[A-Z2-7]+)<", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["key"].Value;

    private static async Task SignInAsync(Browser browser, string loginName, string code) =>
        await (await PostSignInAsync(browser, loginName, code)).JsonAsync();

    private static Task<HttpResponseMessage> PostSignInAsync(Browser browser, string loginName, string? code) =>
        browser.PostAsync("/account/sign-in", new { loginName, password = Password, code });
}
