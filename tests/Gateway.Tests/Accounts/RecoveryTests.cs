using Barnahus.Identity.Setup;

namespace Barnahus.Gateway.Tests.Accounts;

/// <summary>A lawyer lost her password: two administrators give her a new way in, and she is told.</summary>
public sealed class RecoveryTests(Installation installation) : IClassFixture<Installation>
{
    private const string NewPassword = "another long sentence to remember";

    [Fact]
    public async Task Two_administrators_recover_an_account_and_its_holder_is_told()
    {
        var path = $"/api/identity/v1/accounts/{DemoAccounts.IdOf("lawyer")}";
        using var one = await installation.SignedInAsync("administrator");
        using var two = await installation.SignedInAsync("administrator-2");
        using var lawyer = await installation.SignedInAsync("lawyer");

        await (await one.PostAsync($"{path}/recovery/approval", new { })).JsonAsync(409);
        await (await one.PostAsync($"{path}/recovery", new { reason = "" })).JsonAsync(400);
        await (await one.PostAsync($"{path}/recovery", new { reason = "forgot her password, seen in person" })).JsonAsync();
        (await (await one.PostAsync($"{path}/recovery/approval", new { })).JsonAsync(409)).GetProperty("rule").GetString().ShouldBe("two-administrators");
        (await (await one.PostAsync($"{path}/invitation", new { })).JsonAsync(409)).GetProperty("rule").GetString().ShouldBe("recovery-by-two");
        await installation.CaughtUpAsync();
        (await (await two.GetAsync(path)).JsonAsync()).GetProperty("recovery").GetProperty("proposedBy").GetGuid().ShouldBe(DemoAccounts.IdOf("administrator"));
        await (await lawyer.GetAsync("/api/account/me")).JsonAsync();

        var code = (await (await two.PostAsync($"{path}/recovery/approval", new { })).JsonAsync()).GetProperty("invitationCode").GetString()!;
        await lawyer.SignedOutWithinMomentsAsync();
        await (await lawyer.PostAsync("/account/sign-in", new { loginName = "lawyer", password = Installation.Password })).JsonAsync(401);
        await ActivateAsync(lawyer, "lawyer", code);

        var me = await (await lawyer.PostAsync("/account/sign-in", new { loginName = "lawyer", password = NewPassword })).JsonAsync();
        me.GetProperty("recovered").GetProperty("proposedBy").GetString().ShouldBe("G. de Boer");
        me.GetProperty("recovered").GetProperty("approvedBy").GetString().ShouldBe("P. Tweede");
        var home = await (await lawyer.GetAsync("/")).Content.ReadAsStringAsync();
        home.ShouldContain("P. Tweede keurde het goed");
        await lawyer.SubmitAsync(home, [], "/account/recovery-seen");
        (await (await lawyer.GetAsync("/")).Content.ReadAsStringAsync()).ShouldNotContain("P. Tweede");
        (await (await lawyer.GetAsync("/api/account/me")).JsonAsync()).TryGetProperty("recovered", out _).ShouldBeFalse();
    }

    private static async Task ActivateAsync(Browser browser, string loginName, string code)
    {
        var form = await (await browser.SubmitAsync("/account/activation", "/account/activation", ("loginName", loginName), ("code", code))).Content.ReadAsStringAsync();
        var done = await browser.SubmitAsync(form, [("password", NewPassword)], "/account/activation");
        ((int)done.StatusCode).ShouldBe(302, await done.Content.ReadAsStringAsync());
    }
}
