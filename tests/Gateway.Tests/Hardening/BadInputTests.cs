using System.Net.Http.Headers;
using System.Text;

namespace Barnahus.Gateway.Tests.Hardening;

/// <summary>What is sent to the gateway's own addresses, signed in or not, whatever it is: the sender is told, and nothing breaks.</summary>
public sealed class BadInputTests : IAsyncLifetime
{
    private static readonly string[] Bodies =
    [
        "", "{", "[]", "null", "1", "{}", """{"loginName":null,"password":null}""", """{"loginName":1,"password":[]}""", """{"credential":{}}""",
        """{"credential":null,"state":null}""", """{"passkey":{}}""", """{"answer":{}}""", """{"role":1,"purpose":{}}""",
    ];

    private Installation _installation = null!;

    public async Task InitializeAsync() => _installation = await Installation.StartAsync(settings:
        [.. new[] { "SignInsPerAddress", "PerAddress", "PerCaller" }.Select(limit => $"--Gateway:{limit}=1000000")]);

    public async Task DisposeAsync() => await _installation.DisposeAsync();

    [Theory]
    [InlineData("/account/sign-in")]
    [InlineData("/account/activation")]
    [InlineData("/account/confirmation")]
    [InlineData("/account/purpose")]
    [InlineData("/account/sessions")]
    [InlineData("/account/sign-out")]
    [InlineData("/account/passkey-sign-in")]
    [InlineData("/api/account/purpose")]
    [InlineData("/api/account/confirmation")]
    [InlineData("/api/account/passkeys")]
    [InlineData("/connect/token")]
    public async Task Nothing_breaks_an_address_of_the_gateway(string address)
    {
        using var stranger = _installation.Browser();
        using var person = await _installation.SignedInAsync("interviewer");
        foreach (var browser in new[] { stranger, person })
        {
            foreach (var content in Bodies.Select(body => Of(body, "application/json")).Append(Of("text", "text/plain")).Append(Of("x", "multipart/form-data"))
                .Append(Of(string.Join('&', Enumerable.Range(0, 1100).Select(field => $"f{field}=1")), "application/x-www-form-urlencoded")))
            {
                var said = $"{address}: {await content.ReadAsStringAsync()}";
                using var answer = await browser.SendAsync(new(HttpMethod.Post, address) { Content = content }, []);
                ((int)answer.StatusCode).ShouldBeLessThan(500, said);
            }
        }
    }

    private static ByteArrayContent Of(string body, string mediaType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return content;
    }
}
