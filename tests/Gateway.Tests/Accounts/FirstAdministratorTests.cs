using System.Text.RegularExpressions;
using Barnahus.Identity;
using Barnahus.Identity.Accounts;
using Barnahus.Identity.Setup;
using Barnahus.Platform.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Gateway.Tests.Accounts;

/// <summary>A new installation, not a demonstration: from the printed code to colleagues at work.</summary>
public sealed class FirstAdministratorTests : IAsyncLifetime
{
    internal const string Password = "a long sentence to remember";
    private Installation _installation = null!;

    public async Task InitializeAsync() => _installation = await Installation.StartAsync(demo: false);

    public async Task DisposeAsync() => await _installation.DisposeAsync();

    [Fact]
    public async Task Two_printed_codes_open_the_first_accounts_and_only_together_do_they_make_a_reader()
    {
        Directory.Exists(Path.Combine(_installation.DataFolder, "demo")).ShouldBeFalse();
        using var first = await AtWorkAsync("administrator");
        var request = new
        {
            loginName = "t.vos", name = "T. Vos", organisation = "00000000000099900101", roles = new[] { "interviewer" }, regions = new[] { "Limburg" },
        };
        var invited = await (await first.PostAsync("/api/identity/v1/accounts", request, ("Idempotency-Key", "one"))).JsonAsync(201);
        var again = await (await first.PostAsync("/api/identity/v1/accounts", request, ("Idempotency-Key", "one"))).JsonAsync(201);
        again.GetProperty("accountId").GetGuid().ShouldBe(invited.GetProperty("accountId").GetGuid());
        again.TryGetProperty("invitationCode", out _).ShouldBeFalse("it was shown once");
        await (await first.PostAsync("/api/identity/v1/accounts", request, ("Idempotency-Key", "two"))).JsonAsync(400);

        await _installation.CaughtUpAsync();
        using var interviewer = _installation.Browser();
        var key = await ActivateAsync(interviewer, "t.vos", invited.GetProperty("invitationCode").GetString()!);
        await SignInAsync(interviewer, "t.vos", Authenticator.Code(key, stepsAhead: 1));
        var nothing = await (await interviewer.GetAsync("/api/account/me")).JsonAsync();
        nothing.GetProperty("roles").Strings().ShouldBeEmpty();
        nothing.GetProperty("regions").Strings().ShouldBeEmpty();

        // No way around the second of them: the first gets no code for that account, and cannot approve.
        var path = "/api/identity/v1/accounts";
        var other = (await (await first.GetAsync(path)).JsonAsync()).EnumerateArray().Single(one => one.GetProperty("loginName").GetString() == "second-administrator");
        (await (await first.PostAsync($"{path}/{other.GetProperty("accountId").GetGuid()}/invitation", new { })).JsonAsync(409)).GetProperty("rule").GetString().ShouldBe("rights-before-holder");
        var rights = new { roles = new[] { "interviewer" }, regions = new[] { "Limburg" } };
        var approval = $"{path}/{invited.GetProperty("accountId").GetGuid()}/rights/approval";
        (await (await first.PostAsync(approval, rights)).JsonAsync(409)).GetProperty("rule").GetString().ShouldBe("two-administrators");

        using var second = await AtWorkAsync("second-administrator");
        (await (await second.PostAsync(approval, rights)).JsonAsync()).GetProperty("roles").Strings().ShouldBe(["interviewer"]);

        // With the next token: here after a proof, else within five minutes.
        var me = await (await interviewer.PostAsync("/api/account/confirmation", new { password = Password })).JsonAsync();
        me.GetProperty("roles").Strings().ShouldBe(["interviewer"]);
        me.GetProperty("regions").Strings().ShouldBe(["Limburg"]);
    }

    [Fact]
    public async Task A_start_prints_codes_until_they_are_used_and_one_more_administrator_where_the_installation_names_one()
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
        try
        {
            await using (var fresh = await Installation.StartAsync(folder, demo: false))
            {
                fresh.Said.Count.ShouldBe(2);
                using var browser = fresh.Browser();
                await ActivateAsync(browser, "administrator", fresh.PrintedCode("administrator"));
            }

            await using (var again = await Installation.StartAsync(folder, demo: false))
            {
                again.Said.ShouldHaveSingleItem().ShouldContain("'second-administrator'");
                using var browser = again.Browser();
                await ActivateAsync(browser, "second-administrator", again.PrintedCode("second-administrator"));
            }

            await using (var complete = await Installation.StartAsync(folder, demo: false))
            {
                complete.Said.ShouldBeEmpty();
            }

            await using (var third = await Installation.StartAsync(folder, demo: false, settings: "--Identity:NewAdministrator=j.bos"))
            {
                using var browser = third.Browser();
                await ActivateAsync(browser, "j.bos", third.PrintedCode("j.bos"));
                await using var scope = third.Identity.Services.CreateAsyncScope();
                var services = scope.ServiceProvider;
                await services.GetRequiredService<Invitations>().InviteAsync(new(Guid.NewGuid(), "t.vos", "T. Vos", "00000000000099900101", [], []), null, default);
                var taken = ActivatorUtilities.CreateInstance<FirstAdministrators>(services, services.GetRequiredService<IdentitySettings>() with { NewAdministrator = "t.vos" });
                (await Should.ThrowAsync<SettingException>(() => taken.EnsureAsync(default))).Message.ShouldContain("Identity:NewAdministrator is 't.vos'");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_recovery_of_a_first_administrator_that_is_under_way_stands_in_the_way_of_no_start()
    {
        using var browser = _installation.Browser();
        await ActivateAsync(browser, "administrator", _installation.PrintedCode("administrator"));
        await using var scope = _installation.Identity.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var store = services.GetRequiredService<AccountStore>();
        var user = (await store.FindByNameAsync("administrator", default))!;
        await store.SendAsync(user, new AccountCommand.ProposeRecovery(Guid.NewGuid(), "lost her phone", DateTimeOffset.UtcNow), default);
        await services.GetRequiredService<Invitations>().ApproveRecoveryAsync(user, Guid.NewGuid(), default);
        await services.GetRequiredService<FirstAdministrators>().EnsureAsync(default);
        _installation.Said.Count(line => line.Contains("'administrator'", StringComparison.Ordinal)).ShouldBe(1, "its new code is the other administrator's to hand over");
    }

    [Fact]
    public async Task Without_the_second_factor_nobody_gets_in_and_a_code_works_once()
    {
        using var browser = _installation.Browser();
        var key = await ActivateAsync(browser, "administrator", _installation.PrintedCode("administrator"));
        await (await PostSignInAsync(browser, "administrator", null)).JsonAsync(401);
        await (await PostSignInAsync(browser, "administrator", "000000")).JsonAsync(401);
        var code = Authenticator.Code(key, stepsAhead: 1);
        await (await PostSignInAsync(browser, "administrator", code)).JsonAsync();
        await (await PostSignInAsync(browser, "administrator", code)).JsonAsync(401);
    }

    [Fact]
    public async Task Whoever_has_the_code_too_does_not_learn_the_second_factor_of_who_takes_it_up()
    {
        var code = _installation.PrintedCode("administrator");
        using var curious = _installation.Browser();
        using var holder = _installation.Browser();
        var seen = await (await curious.SubmitAsync("/account/activation", "/account/activation", ("loginName", "administrator"), ("code", code))).Content.ReadAsStringAsync();
        var key = await ActivateAsync(holder, "administrator", code);
        KeyOn(seen).ShouldNotBe(key);
        KeyOn(seen).Length.ShouldBe(key.Length);
        await (await PostSignInAsync(holder, "administrator", Authenticator.Code(KeyOn(seen), stepsAhead: 1))).JsonAsync(401);
        await (await PostSignInAsync(holder, "administrator", Authenticator.Code(key, stepsAhead: 1))).JsonAsync();
    }

    [Fact]
    public async Task A_form_keeps_its_key_until_it_is_taken_and_takes_no_other()
    {
        var code = _installation.PrintedCode("administrator");
        using var browser = _installation.Browser();
        var form = await (await browser.SubmitAsync("/account/activation", "/account/activation", ("loginName", "administrator"), ("code", code))).Content.ReadAsStringAsync();
        var weak = await browser.SubmitAsync(form, [("password", "short"), ("authenticatorCode", Authenticator.Code(KeyOn(form)))], "/account/activation");
        KeyOn(await weak.Content.ReadAsStringAsync()).ShouldBe(KeyOn(form), "it is in the app already");

        var chosen = form.Replace("name=\"sealedKey\" value=\"", "name=\"sealedKey\" value=\"A", StringComparison.Ordinal);
        var refused = await browser.SubmitAsync(chosen, [("password", Password), ("authenticatorCode", Authenticator.Code(KeyOn(form)))], "/account/activation");
        ((int)refused.StatusCode).ShouldBe(400);
        KeyOn(await refused.Content.ReadAsStringAsync()).ShouldNotBe(KeyOn(form));
    }

    [Fact]
    public async Task A_wrong_or_spent_invitation_and_a_weak_password_open_nothing()
    {
        var code = _installation.PrintedCode("administrator");
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

    /// <summary>Takes a printed code up and signs in as administrator.</summary>
    private async Task<Browser> AtWorkAsync(string loginName)
    {
        var browser = _installation.Browser();
        var key = await ActivateAsync(browser, loginName, _installation.PrintedCode(loginName));
        await SignInAsync(browser, loginName, Authenticator.Code(key, stepsAhead: 1));
        await (await browser.PostAsync("/api/account/purpose", new { role = "administrator", purpose = "administration" })).JsonAsync();
        return browser;
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
