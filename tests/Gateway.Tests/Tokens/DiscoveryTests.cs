namespace Barnahus.Gateway.Tests.Tokens;

public sealed class DiscoveryTests(Installation installation) : IClassFixture<Installation>
{
    [Fact]
    public async Task Services_inside_find_the_keys_where_they_asked_and_everybody_else_at_the_issuer()
    {
        foreach (var address in new[] { installation.Identity.Urls.First(), installation.Gateway.Urls.First() })
        {
            using var asker = new Browser(new Uri(address));
            var document = await (await asker.GetAsync("/.well-known/openid-configuration")).JsonAsync();
            document.GetProperty("issuer").GetString().ShouldBe(Installation.Issuer);
            document.GetProperty("token_endpoint").GetString().ShouldBe(Installation.Issuer + "/connect/token");
            document.GetProperty("jwks_uri").GetString().ShouldBe((address == installation.Identity.Urls.First() ? address : Installation.Issuer) + "/.well-known/jwks.json");
        }

        using var outside = installation.Browser();
        foreach (var host in new[] { "barnahus.example", "elsewhere.example" })
        {
            var byName = await (await outside.GetAsync("/.well-known/openid-configuration", ("Host", host))).JsonAsync();
            byName.GetProperty("jwks_uri").GetString().ShouldBe(Installation.Issuer + "/.well-known/jwks.json", "whatever host was asked for");
        }
    }

    [Fact]
    public async Task Only_the_public_half_of_a_key_is_published()
    {
        using var browser = installation.Browser();
        var keys = (await (await browser.GetAsync("/.well-known/jwks.json")).JsonAsync()).GetProperty("keys");
        var key = keys.EnumerateArray().ShouldHaveSingleItem();
        key.EnumerateObject().Select(property => property.Name).Order().ShouldBe(["alg", "e", "kid", "kty", "n", "use"]);
        key.GetProperty("alg").GetString().ShouldBe("PS256");
        key.GetProperty("n").GetString()!.Length.ShouldBe(512, "3072 bits");
    }
}
