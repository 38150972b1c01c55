using System.Text;
using System.Text.Json.Nodes;

namespace Barnahus.SystemTests.BadInput;

/// <summary>
/// Every address that takes a POST, with everything nobody should send, by people of several roles. The OpenAPI document says which addresses there
/// are, so that a new one is tried without anybody thinking of it.
/// </summary>
public sealed class BadInputTests
{
    private const string Oversized = "oversized";
    private static readonly string[] Roles = ["intake-officer", "interviewer", "prosecutor", "psychologist", "planner", "administrator"];

    /// <summary>Between them they may call every address; what is sent breaks the house for one as for another, so not everybody tries it in a short run.</summary>
    private static readonly string[] Senders =
        Environment.GetEnvironmentVariable("BARNAHUS_ALL") is null ? ["intake-officer", "prosecutor", "psychologist", "planner", "administrator"] : Roles;

    [Fact]
    public async Task Nothing_that_is_sent_breaks_the_house_or_makes_it_tell_of_a_child_of_others()
    {
        await using var yard = await Schoolyard.BuildAsync();
        var document = await Document.ReadAsync(await yard.AsAsync("intake-officer"));
        document.Posts.Count.ShouldBeGreaterThan(60);
        var complaints = new List<string>();
        var seen = new Dictionary<int, int>();
        foreach (var who in Senders)
        {
            var person = await yard.AsAsync(who);
            foreach (var address in document.Posts)
            {
                foreach (var (what, body, mustBeRefused) in Bodies(document, address))
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, address.With(yard.Own)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
                    // What is too large is refused before it is read: a client that asks first hears it, one that does not is cut off.
                    request.Headers.ExpectContinue = what == Oversized;
                    await TryAsync(person, request, $"{who} {address.Path} {what}", mustBeRefused);
                }

                foreach (var revision in new[] { "\"999999\"", "\"-1\"", "nonsense", "\"99999999999999999999\"" })
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, address.With(yard.Own)) { Content = Json(document.Sample(address.Body, "tekst")) };
                    request.Headers.TryAddWithoutValidation("If-Match", revision);
                    await TryAsync(person, request, $"{who} {address.Path} If-Match {revision}", mustBeRefused: false);
                }

                foreach (var id in new[] { "nonsense", "00000000-0000-0000-0000-000000000000", "%00", "%27%20OR%201%3D1" })
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, address.With(_ => id)) { Content = Json(document.Sample(address.Body, "tekst")) };
                    await TryAsync(person, request, $"{who} {address.Path} with id {id}", mustBeRefused: address.Path.Contains('{', StringComparison.Ordinal));
                }
            }
        }

        complaints.ShouldBeEmpty();
        foreach (var status in new[] { 400, 403, 404, 409, 412, 413 })
        {
            seen.ShouldContainKey(status, "what was tried reached every kind of refusal");
        }

        async Task TryAsync(HttpClient person, HttpRequestMessage request, string what, bool mustBeRefused)
        {
            using var response = await person.SendAsync(request);
            var status = (int)response.StatusCode;
            seen[status] = seen.GetValueOrDefault(status) + 1;
            var text = await response.Content.ReadAsStringAsync();
            var wrong = await Judgement.OfAsync(person, response, text, mustBeRefused) ?? (yard.TellsOfOthers(text) is { } told ? $"tells {told}" : null);
            if (wrong is not null)
            {
                complaints.Add($"{what}: {status} {wrong} {text[..Math.Min(text.Length, 200)]}");
            }
        }
    }

    [Fact]
    public async Task A_child_of_others_and_a_child_that_is_not_there_look_the_same()
    {
        await using var yard = await Schoolyard.BuildAsync();
        var document = await Document.ReadAsync(await yard.AsAsync("intake-officer"));
        var compared = 0;
        foreach (var who in Roles)
        {
            var person = await yard.AsAsync(who);
            foreach (var address in document.Posts.Where(address => address.Has("childId") || address.Has("caseId")))
            {
                var body = document.Sample(address.Body, "tekst");
                var foreign = await yard.AnswerAsync(person, address.With(yard.Foreign), body);
                var absent = await yard.AnswerAsync(person, address.With(Schoolyard.Absent), body);

                foreign.ShouldBe(absent, $"{who} {address.Path}");
                foreign.Status.ShouldBeOneOf(400, 403, 404);
                yard.TellsOfOthers(foreign.Body).ShouldBeNull($"{who} {address.Path}");
                compared++;
            }
        }

        compared.ShouldBeGreaterThan(200);
        (await yard.LinesOfForeignAsync()).ShouldBe(yard.ForeignLines, "nothing was added to the other child's timeline");
    }

    [Fact]
    public async Task The_document_says_of_each_address_what_it_takes()
    {
        await using var story = await Story.BeginAsync(new InOneProcess(), 1);
        var document = await Document.ReadAsync(await story.House.SignInAsync("interviewer"));
        const string Interview = "/api/interviews/v1/children/{childId}/interviews/{interviewId}";

        Document.PropertiesOf(Body($"{Interview}/decision")).ShouldBe(["approved", "reasoning", "contraIndications", "groundApproved"], ignoreOrder: true);
        Document.PropertiesOf(Body($"{Interview}/pre-visit")).ShouldBe(["tellingWillWork", "impression", "at"], ignoreOrder: true);
        Document.PropertiesOf(Body("/api/interviews/v1/children/{childId}/interviews")).ShouldBe(["kind", "question", "ground", "caseIds"], ignoreOrder: true);
        Document.PropertiesOf(Body("/api/safety/v1/children/{childId}/incidents")).ShouldBe(["happenedAt", "what", "where", "taken", "trigger"], ignoreOrder: true);

        JsonObject? Body(string path) => document.Posts.Single(post => post.Path == path).Body;
    }

    private static IEnumerable<(string What, string Body, bool MustBeRefused)> Bodies(Document document, Address address)
    {
        yield return (Oversized, $"{{\"x\":\"{new string('a', 1_200_000)}\"}}", true);
        if (address.Body is null && !address.Path.EndsWith("/v1/referrals", StringComparison.Ordinal))
        {
            // Takes no body: what it is sent anyway it does not read.
            yield return ("malformed", "{\"a\":", false);
            yield break;
        }

        yield return ("malformed", "{\"a\":", true);
        yield return ("empty", "", true);
        yield return ("null", "null", true);
        yield return ("a list", "[]", true);
        yield return ("a text", "\"tekst\"", true);
        yield return ("a number", "42", true);
        var names = Document.PropertiesOf(address.Body);
        yield return ("nulls", new JsonObject(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, null))).ToJsonString(), false);
        yield return ("wrong types", new JsonObject(names.Select(name => KeyValuePair.Create<string, JsonNode?>(name, new JsonObject { ["x"] = 1 }))).ToJsonString(), names.Count > 0);
        yield return ("deep", string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200), true);
        foreach (var text in Judgement.Texts)
        {
            yield return ($"texts {text[..Math.Min(text.Length, 20)]}", document.Sample(address.Body, text)?.ToJsonString() ?? "{}", false);
        }
    }

    private static StringContent Json(JsonNode? body) => new(body?.ToJsonString() ?? "{}", Encoding.UTF8, "application/json");
}
