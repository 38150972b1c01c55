using System.Text.Json;
using Barnahus.Identity.Setup;

namespace Barnahus.Gateway.Tests.Sessions;

/// <summary>Several sessions of one account: seen and ended by their owner and the administrator, wherever they are.</summary>
public sealed class OwnSessionsTests(Installation installation) : IClassFixture<Installation>
{
    [Fact]
    public async Task A_person_sees_where_they_are_signed_in_and_ends_one_or_all_others()
    {
        using var desk = await installation.SignedInAsync("planner");
        using var phone = await installation.SignedInAsync("planner");
        using var tablet = await installation.SignedInAsync("planner");
        await installation.CaughtUpAsync();
        var open = await OpenAsync(desk);
        open.Length.ShouldBe(3);
        open.Count(session => session.GetProperty("current").GetBoolean()).ShouldBe(1);
        open[0].GetProperty("address").GetString().ShouldBe("127.0.0.1");

        var other = (await OpenAsync(phone)).Single(session => session.GetProperty("current").GetBoolean()).GetProperty("sessionId").GetGuid();
        ((int)(await desk.PostAsync($"/api/account/sessions/{other}/ending", new { })).StatusCode).ShouldBe(204);
        await (await phone.GetAsync("/api/account/me")).JsonAsync(401);
        await (await tablet.GetAsync("/api/account/me")).JsonAsync();

        var page = await (await desk.GetAsync("/account/sessions")).Content.ReadAsStringAsync();
        page.ShouldContain("Deze sessie");
        await desk.SubmitAsync(page.Replace("name=\"sessionId\"", "name=\"nothing\"", StringComparison.Ordinal), [], "/account/sessions");
        await tablet.SignedOutWithinMomentsAsync();
        await (await desk.GetAsync("/api/account/me")).JsonAsync();
        await installation.CaughtUpAsync();
        (await OpenAsync(desk)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Sessions_of_others_are_neither_seen_nor_ended()
    {
        using var youthCare = await installation.SignedInAsync("youth-care");
        using var medical = await installation.SignedInAsync("medical");
        await installation.CaughtUpAsync();
        var theirs = (await OpenAsync(medical)).Single().GetProperty("sessionId").GetGuid();
        await (await youthCare.PostAsync($"/api/account/sessions/{theirs}/ending", new { })).JsonAsync(404);
        await (await youthCare.PostAsync($"/api/account/sessions/{Guid.NewGuid()}/ending", new { })).JsonAsync(404);
        await (await youthCare.GetAsync($"/api/identity/v1/accounts/{DemoAccounts.IdOf("medical")}/sessions")).JsonAsync(403);
        await (await medical.GetAsync("/api/account/me")).JsonAsync();
        using var nobody = installation.Browser();
        await (await nobody.GetAsync("/api/account/sessions")).JsonAsync(401);
        await (await nobody.PostAsync("/api/account/sessions/ending", new { })).JsonAsync(401);
    }

    [Fact]
    public async Task The_administrator_sees_and_ends_the_sessions_of_an_account()
    {
        using var one = await installation.SignedInAsync("prosecutor");
        using var two = await installation.SignedInAsync("prosecutor");
        using var administrator = await installation.SignedInAsync("administrator");
        await installation.CaughtUpAsync();
        var path = $"/api/identity/v1/accounts/{DemoAccounts.IdOf("prosecutor")}/sessions";
        var open = (await (await administrator.GetAsync(path)).JsonAsync()).EnumerateArray().ToList();
        open.Count.ShouldBe(2);
        await (await administrator.PostAsync($"{path}/{open[0].GetProperty("sessionId").GetGuid()}/ending", new { })).JsonAsync();
        await two.SignedOutWithinMomentsAsync();
        await (await one.GetAsync("/api/account/me")).JsonAsync();
        await (await administrator.PostAsync($"{path}/ending", new { })).JsonAsync();
        await one.SignedOutWithinMomentsAsync();
        await (await administrator.PostAsync($"{path}/{Guid.NewGuid()}/ending", new { })).JsonAsync(404);
        await (await administrator.PostAsync($"/api/identity/v1/accounts/{Guid.NewGuid()}/sessions/ending", new { })).JsonAsync(404);
        await (await administrator.GetAsync($"/api/identity/v1/accounts/{Guid.NewGuid()}/sessions")).JsonAsync(404);
    }

    [Fact]
    public async Task A_session_is_the_same_at_every_gateway_and_ends_at_all()
    {
        await using var another = await installation.AnotherGatewayAsync();
        using var here = await installation.SignedInAsync("interviewer");
        using var there = new Browser(new Uri(another.Urls.First()));
        there.Cookies["__Host-barnahus"] = here.Cookies["__Host-barnahus"];
        (await (await there.GetAsync("/api/account/me")).JsonAsync()).GetProperty("role").GetString().ShouldBe("interviewer");
        ((int)(await here.PostAsync("/account/sign-out", new { })).StatusCode).ShouldBe(204);
        await there.SignedOutWithinMomentsAsync();
    }

    [Fact]
    public async Task A_session_known_before_signing_in_is_worth_nothing_after()
    {
        using var browser = installation.Browser();
        browser.Cookies["__Host-barnahus"] = new string('A', 64);
        await browser.SignInAsync("auditor", Installation.Password);
        var first = browser.Cookies["__Host-barnahus"];
        first.ShouldNotBe(new string('A', 64));
        await browser.SignInAsync("intake-officer-2", Installation.Password);
        browser.Cookies["__Host-barnahus"].ShouldNotBe(first);
        using var thief = installation.Browser();
        foreach (var secret in new[] { first, new string('A', 64), "not a session", "" })
        {
            thief.Cookies["__Host-barnahus"] = secret;
            await (await thief.GetAsync("/api/account/me")).JsonAsync(401);
        }
    }

    [Theory]
    [InlineData("/account/sign-in?returnUrl=https://elsewhere.example")]
    [InlineData("/account/sign-in?ReturnUrl=//elsewhere.example")]
    public async Task Nobody_is_sent_elsewhere_after_signing_in(string page)
    {
        using var browser = installation.Browser();
        var answer = await browser.SubmitAsync(page, page, ("loginName", "auditor"), ("password", Installation.Password), ("code", ""));
        answer.Headers.Location!.OriginalString.ShouldBe("/");
        var purpose = await browser.SubmitAsync("/", "/account/purpose?returnUrl=https://elsewhere.example", ("stated", "auditor/oversight"));
        purpose.Headers.Location!.OriginalString.ShouldBe("/");
    }

    private static async Task<JsonElement[]> OpenAsync(Browser browser) =>
        [.. (await (await browser.GetAsync("/api/account/sessions")).JsonAsync()).EnumerateArray()];
}
