using System.Text;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests.Http;

/// <summary>Every endpoint of the OpenAPI document with what nobody should send: never a 5xx, never a word of it back, and the views go on.</summary>
public sealed class BadInputTests
{
    private const string Secret = "Zonnebloem-999990019";

    private static readonly string[] Bodies =
    [
        "", "{", "null", "[]", "7", "\"x\"", "{}", """{"zonnebloem":1}""",
        $$"""{"field":"birthDate","value":"9999-12-31","reason":"{{Secret}}"}""",
        """{"birthDate":"0001-01-01","givenName":"x"}""",
        """{"routes":["\ud800"],"note":"\ud800"}""",
        """{"words":"\u0000\ud83d"}""",
        """{"accountId":"00000000-0000-0000-0000-000000000000","role":"interviewer"}""",
        """{"until":"9999-12-31","why":"x"}""",
        """{"accountId":"00000000-0000-0000-0000-000000000000","group":"whereabouts","until":"9999-12-31T23:59:59Z"}""",
        """{"unavailableDays":["9999-12-31"]}""",
        """{"from":"00000000-0000-0000-0000-000000000000","reason":"x"}""",
        """{"part":"identity","kind":"processing","reason":"x","lift":"yes"}""",
    ];

    [Fact]
    public async Task Nothing_that_is_sent_breaks_it()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(1));
        var (referral, child) = await intake.AcceptAsync(1);
        var paths = (await intake.Service.Client().GetAsync("/intake/v1/openapi.json").JsonAsync(200)).GetProperty("paths");
        var posts = paths.EnumerateObject().Where(path => path.Value.TryGetProperty("post", out _)).Select(path => path.Name).ToList();
        posts.Count.ShouldBeGreaterThan(25);
        var officer = intake.AsOfficer();
        foreach (var template in posts)
        {
            var path = template.Replace("{childId}", $"{child}").Replace("{referralId}", $"{referral}").Replace("{kind}", "handover");
            foreach (var body in Bodies.Append($$"""{"text":"{{new string('x', 300_000)}}","words":"{{new string('x', 300_000)}}"}"""))
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

                // What is too large is refused before it is read: a client that asks first hears it, one that does not is cut off.
                request.Headers.ExpectContinue = body.Length > 100_000;
                using var response = await officer.SendAsync(request);
                var said = await response.Content.ReadAsStringAsync();
                ((int)response.StatusCode).ShouldBeLessThan(500, $"{template} {body[..Math.Min(80, body.Length)]}: {said}");
                if (!response.IsSuccessStatusCode)
                {
                    said.ShouldNotContain(Secret, customMessage: template);
                    response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", template);
                    said.ShouldContain("\"title\":", customMessage: $"{(int)response.StatusCode} {template} {body[..Math.Min(80, body.Length)]}: {said}");
                }
            }
        }

        await intake.Service.CaughtUpAsync();
        await intake.GetAsync($"/children/{child}");
    }
}
