using System.Text;
using System.Text.Json.Nodes;

namespace Barnahus.SystemTests.BadInput;

/// <summary>
/// Two children in one house: Jason, whose team most people are on, and Eva, whose team is the second officer, the second interviewer, a
/// youth-care worker and the safety coordinator; nobody who tries things is on it.
/// </summary>
public sealed class Schoolyard : IAsyncDisposable
{
    private static readonly string[] Evas = ["Eva", "Mijn vader mag het weten", "coach"];
    private readonly Story _story;
    private readonly Dictionary<string, HttpClient> _people = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _own = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _foreign = new(StringComparer.Ordinal);

    private string _case = "";
    private string _person = "";

    private Schoolyard(Story story) => _story = story;

    /// <summary>Length of Eva's timeline before anybody tried anything.</summary>
    public int ForeignLines { get; private set; }

    public static async Task<Schoolyard> BuildAsync()
    {
        var yard = new Schoolyard(await Story.BeginAsync(new InOneProcess(), 4));
        await yard.FillAsync().OrDisposeAsync(yard);
        return yard;
    }

    private async Task FillAsync()
    {
        var story = _story;
        var jason = await story.SubmitAsync(1);
        await story.SearchAsync(jason);
        await story.TriageAsync(jason);
        var child = await story.AcceptAsync(jason);
        await story.KnownEverywhereAsync(child);
        _own["referralId"] = $"{jason}";
        _own["childId"] = $"{child}";
        _own["interviewId"] = $"{await story.RequestAsync(child, "Wat is er gebeurd?")}";

        var rows = await story.EventuallyAsync("prosecutor", "/turnaround/v1/board?pageSize=100", board => board.OfChild(child).Any(), "Turnaround knows Jason");
        _case = $"{rows.OfChild(child).First().Id("caseId")}";

        var eva = await story.SubmitAsync(3);
        await story.DoAsync("intake-officer-2", "/intake/v1/child-searches", new { reference = eva });
        await story.DoAsync("intake-officer-2", $"/intake/v1/referrals/{eva}/triage", new { });
        var other = (await story.DoAsync("intake-officer-2", $"/intake/v1/referrals/{eva}/acceptance", new
        {
            safetyCoordinatorId = Story.IdOf("safety-coordinator"),
            team = new[] { Story.Member("interviewer-2", "interviewer"), Story.Member("youth-care") },
        })).Id("childId");
        _foreign["referralId"] = $"{eva}";
        _foreign["childId"] = $"{other}";
        _person = $"{(await story.SeeAsync("intake-officer-2", $"/intake/v1/children/{other}")).GetProperty("representatives")[0].Id("personId")}";
        await story.EventuallyAsync("interviewer-2", Story.Interviews(other), _ => true, "Interviews knows Eva");
        _foreign["interviewId"] = $"{await story.RequestAsync(other, "Wat deed de coach?", who: "interviewer-2")}";
        var board = await story.EventuallyAsync("youth-care", "/turnaround/v1/board?pageSize=100", rows => rows.OfChild(other).Any(), "Turnaround knows Eva");
        _foreign["caseId"] = $"{board.OfChild(other).First().Id("caseId")}";
        ForeignLines = await LinesOfForeignAsync();
    }

    /// <summary>Eva's officer marks somebody of her team in conflict with her: from then on she does not exist for them either.</summary>
    public async Task BarAsync(string who)
    {
        await _story.DoAsync("intake-officer-2", $"/intake/v1/children/{_foreign["childId"]}/access/conflicts", new { accountId = Story.IdOf(who) });
        ForeignLines = await LinesOfForeignAsync();
    }

    /// <summary>An id of Jason's for a parameter; of nothing where he has none.</summary>
    public string Own(string parameter) => _own.GetValueOrDefault(parameter) ?? Absent(parameter);

    /// <summary>As <see cref="Own"/>, with what may be looked at but is nobody's to try commands on: the planner's account, Jason's case.</summary>
    public string ToRead(string parameter) => parameter switch { "accountId" => $"{Story.IdOf("planner")}", "caseId" => _case, _ => Own(parameter) };

    /// <summary>An id of Eva's.</summary>
    public string Foreign(string parameter) => parameter == "personId" ? _person : _foreign.GetValueOrDefault(parameter) ?? Absent(parameter);

    /// <summary>A body in which every id that Eva has one for is hers, however deep it lies and whatever the field is called.</summary>
    public JsonNode? WithForeignIds(JsonNode? body) => WithIds(body, Foreign);

    /// <summary>As <see cref="WithForeignIds"/>, with the ids of nothing.</summary>
    public static JsonNode? WithAbsentIds(JsonNode? body) => WithIds(body, Absent);

    /// <summary>Whether a body has a place for an id that Eva has one for.</summary>
    public bool TakesForeignIds(JsonNode? body) => body is not null && !JsonNode.DeepEquals(body, WithForeignIds(body.DeepClone()));

    private static JsonNode? WithIds(JsonNode? body, Func<string, string> idOf, string name = "")
    {
        switch (body)
        {
            case JsonObject thing:
                foreach (var field in thing.ToList())
                {
                    thing[field.Key] = WithIds(field.Value?.DeepClone(), idOf, field.Key);
                }

                return thing;
            case JsonArray list:
                return new JsonArray([.. list.Select(one => WithIds(one?.DeepClone(), idOf, name))]);
            default:
                return ParameterOf(name, body) is { } parameter ? JsonValue.Create(idOf(parameter)) : body;
        }
    }

    /// <summary>What a field of a body is called as a parameter; null when it is no id that Eva has one for.</summary>
    private static string? ParameterOf(string field, JsonNode? value) => field switch
    {
        "childId" or "children" => "childId",

        // Of a merge; elsewhere it is a moment.
        "from" when Guid.TryParse(value?.ToString(), out _) => "childId",
        "reference" or "referralId" => "referralId",
        "caseId" or "caseIds" or "caseKeys" => "caseId",
        "interviewId" => "interviewId",
        "personId" when Guid.TryParse(value?.ToString(), out _) => "personId",
        _ => null,
    };

    public static string Absent(string parameter) => parameter switch
    {
        "keyId" or "clientId" => "nobody",
        _ => "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001",
    };

    public async Task<HttpClient> AsAsync(string who) => _people.TryGetValue(who, out var person)
        ? person
        : _people[who] = await _story.House.SignInAsync(who, who.StartsWith("intake", StringComparison.Ordinal) ? "intake" : who == "medical" ? "medical-care" : null);

    /// <summary>Something of Eva in an answer to somebody who may know nothing of her; null when there is nothing.</summary>
    public string? TellsOfOthers(string body) => Evas.Concat(_foreign.Values).FirstOrDefault(word => body.Contains(word, StringComparison.Ordinal));

    /// <summary>As <see cref="TellsOfOthers"/>, but for the case: its clocks are an auditor's to see, with a pseudonym for the child (matrix.md).</summary>
    public string? TellsOfOthersToAuditor(string body) => TellsOfOthers(body.Replace(_foreign["caseId"], "", StringComparison.Ordinal));

    /// <summary>Status and body, without what names the request or repeats its address.</summary>
    public async Task<(int Status, string Body)> AnswerAsync(HttpClient person, string address, JsonNode? body)
    {
        using var content = new StringContent(body?.ToJsonString() ?? "{}", Encoding.UTF8, "application/json");
        using var response = await person.PostAsync(new Uri(address, UriKind.Relative), content);
        return await WithoutTraceAsync(response);
    }

    /// <summary>As <see cref="AnswerAsync"/> for what is read.</summary>
    public async Task<(int Status, string Body)> ReadAsync(HttpClient person, string address)
    {
        using var response = await person.GetAsync(new Uri(address, UriKind.Relative));
        return await WithoutTraceAsync(response);
    }

    private static async Task<(int Status, string Body)> WithoutTraceAsync(HttpResponseMessage response)
    {
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
        problem.Remove("traceId");
        return ((int)response.StatusCode, problem.ToJsonString());
    }

    /// <summary>Length of Eva's timeline, once what the services tell each other has come to rest.</summary>
    public async Task<int> LinesOfForeignAsync()
    {
        var quiet = 0;
        var lines = -1;
        while (quiet < 5)
        {
            var now = (await _story.SeeAsync("auditor", $"/timeline/v1/children/{_foreign["childId"]}/events?pageSize=100")).GetProperty("total").GetInt32();
            quiet = now == lines ? quiet + 1 : 0;
            lines = now;
            await Task.Delay(200);
        }

        return lines;
    }

    public async ValueTask DisposeAsync() => await _story.DisposeAsync();
}
