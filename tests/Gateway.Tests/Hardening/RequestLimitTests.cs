using Barnahus.Platform.Hosting;

namespace Barnahus.Gateway.Tests.Hardening;

/// <summary>What a connection may cost, at the gateway and at a service that is reached without it. Those who dawdle do so at once: each is waited for.</summary>
public sealed class RequestLimitTests(Installation installation) : IClassFixture<Installation>
{
    /// <summary>Five free seconds, some to notice it, and room for a busy machine; a server that waits waits for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public Task Who_sends_a_body_byte_by_byte_is_cut_off() => Task.WhenAll(
        DripBytesAsync("gateway", "/account/sign-in"), DripBytesAsync("gateway", "/connect/token"), DripBytesAsync("identity", "/connect/token"));

    private async Task DripBytesAsync(string where, string path)
    {
        using var wire = await Wire.ToAsync(Address(where));
        var type = path == "/connect/token" ? "application/x-www-form-urlencoded" : "application/json";
        await wire.SayAsync($"POST {path} HTTP/1.1\r\nHost: barnahus\r\nX-CSRF: 1\r\nContent-Type: {type}\r\nContent-Length: 10000\r\n\r\n{{\"loginName\":\"");
        var (answer, after) = await wire.DripAsync(Patience);
        after.ShouldBeLessThan(Patience, "it was still listening");
        if (answer.Length > 0)
        {
            answer[..12].ShouldBe("HTTP/1.1 408", answer);
            answer.ShouldContain("urn:barnahus:problem:too-slow");
        }
    }

    [Fact]
    public async Task Who_sends_a_body_just_fast_enough_is_cut_off_when_its_time_is_over()
    {
        await using var house = await Installation.StartAsync(settings: "--Gateway:Timeout=00:00:05");
        await Task.WhenAll(
            DripJustFastEnoughAsync(house, "/account/sign-in", "application/json"),
            DripJustFastEnoughAsync(house, "/account/sign-in", "application/x-www-form-urlencoded"),
            DripJustFastEnoughAsync(house, "/account/activation", "application/x-www-form-urlencoded"));
    }

    private static async Task DripJustFastEnoughAsync(Installation house, string path, string type)
    {
        using var wire = await Wire.ToAsync(new(house.Gateway.Urls.First()));
        await wire.SayAsync($"POST {path} HTTP/1.1\r\nHost: barnahus\r\nX-CSRF: 1\r\nContent-Type: {type}\r\nContent-Length: 100000\r\n\r\n{(type.EndsWith("json", StringComparison.Ordinal) ? "{\"loginName\":\"" : "loginName=")}");
        var (answer, after) = await wire.DripAsync(Patience, new string('a', 400));
        after.ShouldBeLessThan(Patience, "it was still listening");
        answer.ShouldNotContain(" 500 ");
    }

    [Fact]
    public async Task One_connection_more_than_there_may_be_is_closed_unheard()
    {
        await using var house = await Installation.StartAsync(settings: "--Gateway:MaxConnections=2");
        using var one = await Wire.ToAsync(new(house.Gateway.Urls.First()));
        using var two = await Wire.ToAsync(new(house.Gateway.Urls.First()));
        await one.SayAsync("GET /health/live HTTP/1.1\r\nHost: barnahus\r\n");
        await two.SayAsync("GET /health/live HTTP/1.1\r\nHost: barnahus\r\n");
        using var third = await Wire.ToAsync(new(house.Gateway.Urls.First()));
        (await third.AnswerAsync().WaitAsync(RequestLimits.HeadersWithin / 2)).ShouldBeEmpty();
        await one.SayAsync("Connection: close\r\n\r\n");
        (await one.AnswerAsync()).ShouldStartWith("HTTP/1.1 200");
    }

    [Fact]
    public Task Who_never_comes_to_the_end_of_the_headers_is_cut_off() => Task.WhenAll(DripHeadersAsync("gateway"), DripHeadersAsync("service"));

    private async Task DripHeadersAsync(string where)
    {
        using var wire = await Wire.ToAsync(Address(where));
        await wire.SayAsync("GET /health/live HTTP/1.1\r\nHost: barnahus\r\nX-Slow: ");
        var (answer, after) = await wire.DripAsync(Patience);
        after.ShouldBeGreaterThan(RequestLimits.HeadersWithin - TimeSpan.FromSeconds(2));
        after.ShouldBeLessThan(Patience, "it was still listening");
        answer.ShouldStartWith("HTTP/1.1 408");
    }

    [Theory]
    [InlineData("gateway", "/")]
    [InlineData("gateway", "/api/echo/v1/caller")]
    [InlineData("service", "/echo/v1/caller")]
    public async Task Headers_that_are_too_large_are_refused_in_words(string where, string path)
    {
        using var browser = new Browser(Address(where));
        var answer = await browser.GetAsync(path, ("X-Long", new string('a', RequestLimits.HeaderBytes)));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.JsonAsync(431)).GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:headers-too-large");
        ((int)(await browser.GetAsync("/health/live", ("X-Long", new string('a', RequestLimits.HeaderBytes / 2)))).StatusCode).ShouldBe(200);
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("service")]
    public async Task Headers_without_end_many_headers_and_an_endless_address_are_refused_before_they_are_read(string where)
    {
        foreach (var (flood, status) in new[]
        {
            ($"GET / HTTP/1.1\r\nHost: barnahus\r\nX-Long: {new string('a', RequestLimits.MostHeaderBytes)}\r\n\r\n", 431),
            ($"GET / HTTP/1.1\r\nHost: barnahus\r\n{string.Concat(Enumerable.Range(0, 100).Select(n => $"X-{n}: 1\r\n"))}\r\n", 431),
            ($"GET /{new string('a', 10_000)} HTTP/1.1\r\nHost: barnahus\r\n\r\n", 414),
        })
        {
            using var wire = await Wire.ToAsync(Address(where));
            await wire.SayAsync(flood);
            (await wire.AnswerAsync()).ShouldStartWith($"HTTP/1.1 {status}");
        }
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_given_up_by_the_service_itself()
    {
        await using var house = await Installation.StartAsync(settings: "--Requests:Timeout=00:00:01");
        using var browser = await house.SignedInAsync("interviewer");
        var problem = await (await browser.GetAsync("/api/echo/v1/slow")).JsonAsync(504);
        problem.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:out-of-reach", "the service's words, not the gateway's");
    }

    private Uri Address(string where) => new((where switch
    {
        "gateway" => installation.Gateway,
        "identity" => installation.Identity,
        _ => installation.Service,
    }).Urls.First());
}
