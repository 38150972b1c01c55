using Barnahus.Gateway.Pages;
using Barnahus.Gateway.Protection;

namespace Barnahus.Gateway.Tests.Pages;

/// <summary>What a person reads, where a program would get JSON.</summary>
public sealed class PageTests
{
    private const string OfABrowser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private const string Page = "text/html";
    private const string Problem = "application/problem+json";

    private static readonly (string Path, string Accept, string Type)[] Answers =
    [
        ("/nothing", OfABrowser, Page),
        ("/%3Cscript%3Ealert(1)%3C/script%3E", OfABrowser, Page),
        ("/nothing", "application/json", Problem),
        ("/nothing", "*/*", Problem),
        ("/api/echo/v1/nothing", OfABrowser, Problem),
        ("/nothing", "text/html;q=0, */*", Problem),
        ("/nothing", "application/json, text/html;q=0.1", Problem),
        ("/nothing", "text/html", Page),
        ("/nothing", "text/event-stream", Problem),
        ("/nothing", ";;;", Problem),
        ("/api/nothing", OfABrowser, Problem),
        ("/.well-known/nothing", OfABrowser, Problem),
        ("/health/nothing", OfABrowser, Problem),
    ];

    [Fact]
    public async Task What_went_wrong_is_a_page_for_who_came_with_a_browser()
    {
        await using var house = await Installation.StartAsync();
        using var person = await house.SignedInAsync("intake-officer");
        foreach (var (path, accept, type) in Answers)
        {
            using var answer = await person.SendAsync(new(HttpMethod.Get, path), [("Accept", accept)], isApi: path.StartsWith("/api", StringComparison.Ordinal));
            var asked = $"{path} as {accept}";
            ((int)answer.StatusCode).ShouldBe(404, asked);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(type, asked);
            var said = await answer.Content.ReadAsStringAsync();
            said.Contains("<h1>Niet gevonden</h1>", StringComparison.Ordinal).ShouldBe(type == Page, asked);
            said.ShouldNotContain("script>");
        }
    }

    [Fact]
    public async Task Who_could_not_be_signed_out_is_told_so()
    {
        await using var house = await Installation.StartAsync();
        using var person = await house.SignedInAsync("intake-officer");
        using var form = new HttpRequestMessage(HttpMethod.Post, "/account/sign-out") { Content = new FormUrlEncodedContent([]) };
        using var answer = await person.SendAsync(form, [("Accept", OfABrowser)], isApi: false);
        ((int)answer.StatusCode).ShouldBe(403);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<h1>U bent nog ingelogd</h1>");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldBe(SecurityHeaders.ContentSecurityPolicy);
        ((int)(await person.GetAsync("/api/account/me")).StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task Whose_session_ended_meanwhile_is_signed_out_and_not_told_otherwise()
    {
        await using var house = await Installation.StartAsync();
        using var stranger = house.Browser();
        using var form = new HttpRequestMessage(HttpMethod.Post, "/account/sign-out") { Content = new FormUrlEncodedContent([]) };
        using var answer = await stranger.SendAsync(form, [("Accept", OfABrowser)], isApi: false);
        ((int)answer.StatusCode).ShouldBe(302);
        answer.Headers.Location!.OriginalString.ShouldBe("/account/sign-in");
    }

    [Fact]
    public async Task An_address_of_a_form_that_is_opened_as_a_page_leads_back()
    {
        await using var house = await Installation.StartAsync();
        using var person = await house.SignedInAsync("intake-officer");
        using var answer = await person.SendAsync(new(HttpMethod.Get, "/account/sign-out"), [("Accept", OfABrowser)], isApi: false);
        ((int)answer.StatusCode).ShouldBe(405);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("""<a href="/">Naar het begin</a>""");
    }

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "Chrome op Linux")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge op Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15", "Safari op macOS")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1", "Safari op iPhone")]
    [InlineData("Mozilla/5.0 (Android 15; Mobile; rv:144.0) Gecko/144.0 Firefox/144.0", "Firefox op Android")]
    [InlineData("curl/8.5.0", "curl/8.5.0")]
    [InlineData("", "onbekend")]
    public void A_device_is_called_what_its_owner_calls_it(string userAgent, string name) => DeviceName.Of(userAgent).ShouldBe(name);

    [Fact]
    public void A_device_that_tells_a_long_story_is_cut_short() => DeviceName.Of(new string('x', 500)).Length.ShouldBe(81);
}
