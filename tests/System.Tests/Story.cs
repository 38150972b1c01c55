using System.Text.Json;
using System.Text.Json.Nodes;
using Barnahus.Identity.Setup;

namespace Barnahus.SystemTests;

/// <summary>
/// A case played in one installation at its own domain time, in the words of the people who take its steps. Each step sees what the steps before it
/// wrote, whoever took them; what travels over the bus is waited for.
/// </summary>
public sealed class Story : IAsyncDisposable
{
    private readonly Dictionary<string, HttpClient> _people = new(StringComparer.Ordinal);
    private readonly Installation _house;
    private int _cuts;
    private IEnumerable<string> _position = [];

    private Story(Installation house, DateTimeOffset at) => (_house, Now) = (house, at);

    /// <summary>Where it is played.</summary>
    public Installation House => _house;

    /// <summary>Domain time of the last start.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>The folder of log, vault and state: for what no address shows.</summary>
    public string Data => _house.Data;

    /// <summary>Starts at the time of a case; the planner has loaded the roster.</summary>
    /// <param name="shape">In which shape Barnahus runs.</param>
    /// <param name="number">The case.</param>
    /// <param name="settings">Further settings, as on the command line.</param>
    public static Task<Story> BeginAsync(IShape shape, int number, params string[] settings) =>
        BeginAsync(shape, Case(number)["time"]!.GetValue<DateTimeOffset>(), settings);

    /// <summary>Starts at a domain time; the planner has loaded the roster.</summary>
    public static async Task<Story> BeginAsync(IShape shape, DateTimeOffset at, params string[] settings)
    {
        var story = new Story(await shape.StartAsync(at, settings), at);
        var roster = JsonNode.Parse(await File.ReadAllTextAsync(FileOf("roster.json")))!;
        await story.DoAsync("planner", "/interviews/v1/rosters", roster).OrDisposeAsync(story);
        return story;
    }

    /// <summary>The referral of a case, as its partner sends it.</summary>
    public static JsonNode Case(int number) => JsonNode.Parse(CaseText(number))!;

    public static object Member(string loginName, string? role = null) => new { accountId = IdOf(loginName), role = role ?? loginName };

    public static Guid IdOf(string loginName) => DemoAccounts.IdOf(loginName);

    /// <summary>A power cut, and a start at a later domain time.</summary>
    public async Task RestartAsync(DateTimeOffset at)
    {
        _people.Clear();
        await _house.KillAndRestartAsync(at);
        Now = at;
    }

    /// <summary>A power cut, and a start ten minutes later, as often as the installation bears it.</summary>
    public async Task RestartAsync()
    {
        if (_cuts++ < Installation.PowerCuts)
        {
            await RestartAsync(Now.AddMinutes(10));
        }
    }

    public async Task<JsonElement> DoAsync(string who, string path, object body, int expected = 200, string? key = null)
    {
        var person = await AsAsync(who);
        var answer = await person.DoAsync(path, body, expected, key);
        _position = person.DefaultRequestHeaders.TryGetValues("Min-Log-Position", out var position) ? [.. position] : [];
        return answer;
    }

    /// <summary>Refused by this rule, once Intake has heard of the accounts.</summary>
    public Task RefusedAsync(string who, string path, object body, string rule) => PatientlyAsync(rule == "role-not-held" ? "" : "role-not-held", async () =>
    {
        await (await AsAsync(who)).RefusedAsync(path, body, rule);
        return default;
    });

    public async Task<JsonElement> SeeAsync(string who, string path, int expected = 200) => await (await AsAsync(who)).SeeAsync(path, expected);

    public async Task<JsonElement> EventuallyAsync(string who, string path, Func<JsonElement, bool> holds, string what) =>
        await (await AsAsync(who)).EventuallyAsync(path, holds, what);

    /// <summary>The partner of a case sends it: 201 the first time, 200 with the first receipt afterwards.</summary>
    public async Task<Guid> SubmitAsync(int number, int expected = 201)
    {
        var oin = Case(number)["source"]!.GetValue<string>()["urn:nld:oin:".Length..];
        using var response = await _house.Partner(oin).SubmitAsync(CaseText(number));
        var receipt = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(expected, receipt);
        _position = response.Headers.TryGetValues("Log-Position", out var position) ? [.. position] : _position;
        return JsonDocument.Parse(receipt).RootElement.Id("referralId");
    }

    /// <summary>Triage with the routes that the rules propose, unless others are given.</summary>
    public Task<JsonElement> TriageAsync(Guid referralId, object? weighed = null) => DoAsync("intake-officer", $"/intake/v1/referrals/{referralId}/triage", weighed ?? new { });

    /// <summary>Is this child known? Recorded on the referral.</summary>
    public Task<JsonElement> SearchAsync(Guid referralId) => DoAsync("intake-officer", "/intake/v1/child-searches", new { reference = referralId });

    /// <summary>The officer and the safety coordinator, with interviewer, psychologist, prosecutor and who else is needed.</summary>
    public static object Team(params object[] others) => new
    {
        safetyCoordinatorId = IdOf("safety-coordinator"),
        team = new[] { Member("interviewer"), Member("psychologist"), Member("prosecutor") }.Concat(others),
    };

    /// <summary>
    /// Accepts with a team; joins a file if one is named. Intake learns over the bus which roles an account holds, and refuses until it has.
    /// </summary>
    public async Task<Guid> AcceptAsync(Guid referralId, Guid? childId = null, string? key = null, params object[] others)
    {
        var body = JsonSerializer.SerializeToNode(Team(others), JsonSerializerOptions.Web)!;
        body["childId"] = childId;
        var accepted = await PatientlyAsync("role-not-held", () => DoAsync("intake-officer", $"/intake/v1/referrals/{referralId}/acceptance", body, key: key));
        return accepted.Id("childId");
    }

    /// <summary>Waits until the other services know the child: they learn it over the bus.</summary>
    public async Task KnownEverywhereAsync(Guid childId)
    {
        await EventuallyAsync("interviewer", Interviews(childId), _ => true, "Interviews knows the child");
        await EventuallyAsync("safety-coordinator", $"/safety/v1/children/{childId}/plan", plan => plan.Text("fileStatus") == "open", "Safety knows the child");
        await EventuallyAsync("prosecutor", "/turnaround/v1/board?pageSize=100", board => board.OfChild(childId).Any(), "Turnaround knows the case");
    }

    public static string Interviews(Guid childId) => $"/interviews/v1/children/{childId}/interviews";

    /// <summary>Asks for the interview; asks again when what is known of the child changed meanwhile, as the refusal says to.</summary>
    public async Task<Guid> RequestAsync(Guid childId, string question, string? key = null, string who = "interviewer")
    {
        var requested = await PatientlyAsync(
            "child-file-changed", () => DoAsync(who, Interviews(childId), new { kind = "forensic", question }, 201, key));
        return requested.Id("interviewId");
    }

    /// <summary>Decision, psychologist of the roster, advice, acknowledgement and pre-visit.</summary>
    public async Task PrepareAsync(Guid childId, Guid interviewId, string psychologistId, object advice)
    {
        var path = $"{Interviews(childId)}/{interviewId}";
        await DoAsync("prosecutor", $"{path}/decision", new { approved = true, reasoning = "Een gesprek is nodig en op dit moment mogelijk." });
        await DoAsync("interviewer", $"{path}/psychologist", new { psychologistId });
        var given = await DoAsync("psychologist", $"{path}/advice", advice);
        await DoAsync("interviewer", $"{path}/advice-acknowledgement", new { version = given.GetProperty("adviceVersion").GetInt32() });
        await DoAsync("interviewer", $"{path}/pre-visit", new { tellingWillWork = true, impression = "Vertelt rustig." });
    }

    /// <summary>Slots between two moments, the best first, and what was rejected.</summary>
    public Task<JsonElement> SlotsAsync(Guid childId, Guid interviewId, string from, string to) =>
        DoAsync("interviewer", $"{Interviews(childId)}/{interviewId}/slot-searches", new { from, to });

    /// <summary>The clocks of a child's own case that count, by name.</summary>
    public async Task<IReadOnlyDictionary<string, JsonElement>> ClocksAsync(Guid childId)
    {
        var board = await SeeAsync("prosecutor", "/turnaround/v1/board?pageSize=100");
        var caseId = board.OfChild(childId).Select(row => row.Id("caseId")).Distinct().ShouldHaveSingleItem("one case of this child");
        var shown = await SeeAsync("prosecutor", $"/turnaround/v1/cases/{caseId}");
        return shown.GetProperty("clocks").EnumerateArray().ToDictionary(clock => clock.Text("clock"), StringComparer.Ordinal);
    }

    /// <summary>The whole timeline of a child, once nothing comes any more.</summary>
    public async Task<IReadOnlyList<JsonElement>> TimelineAsync(Guid childId)
    {
        var quiet = 0;
        var lines = await LinesAsync(childId);
        while (quiet < 5)
        {
            await Task.Delay(200);
            var again = await LinesAsync(childId);
            quiet = again.Count == lines.Count ? quiet + 1 : 0;
            lines = again;
        }

        return lines;
    }

    public async ValueTask DisposeAsync() => await _house.DisposeAsync();

    private static string FileOf(string name) => Path.Combine(AppContext.BaseDirectory, "Cases", name);

    private static string CaseText(int number) => File.ReadAllText(Directory.GetFiles(FileOf(""), $"{number:00}-*.json").Single());

    private async Task<List<JsonElement>> LinesAsync(Guid childId)
    {
        var lines = new List<JsonElement>();
        for (var page = 1; ; page++)
        {
            var shown = await SeeAsync("prosecutor", $"/timeline/v1/children/{childId}/events?page={page}&pageSize=100");
            lines.AddRange(shown.GetProperty("items").EnumerateArray());
            if (lines.Count >= shown.GetProperty("total").GetInt32())
            {
                return lines;
            }
        }
    }

    /// <summary>Takes a step again while a rule refuses it that only waits for the bus.</summary>
    private static async Task<JsonElement> PatientlyAsync(string rule, Func<Task<JsonElement>> step)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await step();
            }
            catch (ShouldAssertException refused) when (attempt < 300 && refused.Message.Contains($"\"rule\":\"{rule}\"", StringComparison.Ordinal))
            {
                await Task.Delay(100);
            }
        }
    }

    private async Task<HttpClient> AsAsync(string who)
    {
        if (!_people.TryGetValue(who, out var person))
        {
            var purpose = who switch { "medical" => "medical-care", _ when who.StartsWith("intake-officer", StringComparison.Ordinal) => "intake", _ => null };
            _people[who] = person = await _house.SignInAsync(who, purpose);
        }

        person.DefaultRequestHeaders.Remove("Min-Log-Position");
        person.DefaultRequestHeaders.Add("Min-Log-Position", _position);
        return person;
    }
}
