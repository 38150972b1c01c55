using Barnahus.Identity.Setup;

namespace Barnahus.Gateway.Tests.Sessions;

/// <summary>What still flows to a session ends with it, and with nobody else's; and from which session a call comes is what the token says.</summary>
public sealed class StreamTests(Installation installation) : IClassFixture<Installation>
{
    private const string Stream = "/api/echo/v1/stream";

    [Fact]
    public async Task A_stream_ends_when_its_holder_signs_out_and_no_other_does()
    {
        using var here = await installation.SignedInAsync("prosecutor");
        using var there = await installation.SignedInAsync("prosecutor");
        using var ends = await here.StreamAsync(Stream);
        using var goesOn = await there.StreamAsync(Stream);

        ((int)(await here.PostAsync("/account/sign-out", new { })).StatusCode).ShouldBe(204);

        await EndsAsync(ends);
        (await goesOn.ReadLineAsync()).ShouldNotBeNull();
        (await goesOn.ReadLineAsync()).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_stream_ends_when_an_administrator_ends_the_session_at_every_gateway()
    {
        await using var another = await installation.AnotherGatewayAsync();
        using var one = await installation.SignedInAsync("psychologist");
        using var two = new Browser(new Uri(another.Urls.First()));
        two.Cookies["__Host-barnahus"] = one.Cookies["__Host-barnahus"];
        using var here = await one.StreamAsync(Stream);
        using var there = await two.StreamAsync(Stream);
        using var administrator = await installation.SignedInAsync("administrator");
        await installation.CaughtUpAsync();

        await (await administrator.PostAsync($"/api/identity/v1/accounts/{DemoAccounts.IdOf("psychologist")}/sessions/ending", new { })).JsonAsync();

        await EndsAsync(here);
        await EndsAsync(there);
        await administrator.GetAsync("/api/account/me");
    }

    [Fact]
    public async Task A_call_comes_from_the_session_that_the_token_names_whatever_else_is_sent()
    {
        using var browser = await installation.SignedInAsync("medical");
        using var other = await installation.SignedInAsync("medical");
        await installation.CaughtUpAsync();
        var own = (await (await browser.GetAsync("/api/account/sessions")).JsonAsync()).EnumerateArray()
            .Single(session => session.GetProperty("current").GetBoolean()).GetProperty("sessionId").GetGuid();
        var elsewhere = Guid.NewGuid().ToString();

        var called = await (await browser.GetAsync("/api/echo/v1/caller", ("Barnahus-Session", elsewhere), ("sid", elsewhere))).JsonAsync();

        called.GetProperty("sessionId").GetGuid().ShouldBe(own);
        browser.Cookies["__Host-barnahus"].ShouldNotContain(own.ToString("N"), Case.Insensitive);
        (await (await other.GetAsync("/api/echo/v1/caller")).JsonAsync()).GetProperty("sessionId").GetGuid().ShouldNotBe(own);
    }

    private static async Task EndsAsync(StreamReader lines)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            while (await lines.ReadLineAsync(patience.Token) is not null)
            {
                // What was under way.
            }
        }
        catch (IOException)
        {
            // Cut off.
        }
    }
}
