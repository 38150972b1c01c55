namespace Barnahus.SystemTests.BadInput;

/// <summary>
/// Every address that is read, with ids and query values nobody should send, by people of several roles. The OpenAPI document says which addresses and
/// parameters there are, so that a new one is tried without anybody thinking of it.
/// </summary>
public sealed class BadReadTests(BadReadTests.Yard yard) : IClassFixture<BadReadTests.Yard>
{
    private static readonly string[] Roles = ["intake-officer", "interviewer", "prosecutor", "psychologist", "planner", "administrator", "medical", "auditor"];
    private static readonly string[] NoIds = ["nonsense", "%00", "%27%20OR%201%3D1", "..%2f..%2fetc", "%F0%9F%98%80", new('a', 3000)];

    /// <summary>Values by the kind of a parameter, and whether they must be refused.</summary>
    private static readonly Dictionary<string, (string[] Refused, string[] Open)> Values = new(StringComparer.Ordinal)
    {
        ["int32"] = (["0", "-1", "2147483648", "1e3", "abc", "１"], []),
        ["date-time"] = (["yesterday", "2026-13-01T00:00:00Z", "\0"], ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-09-01"]),
        ["uuid"] = (["nonsense", "\0"], ["00000000-0000-0000-0000-000000000000"]),
        ["boolean"] = (["maybe", "\0"], []),
        ["string"] = ([], [.. Judgement.Texts.Where(text => text.Length < 1000), new string('a', 3000)]),
    };

    [Fact]
    public async Task Nothing_that_is_asked_breaks_the_house_or_makes_it_tell_of_a_child_of_others()
    {
        var complaints = new List<string>();
        var answered = new HashSet<string>(StringComparer.Ordinal);
        foreach (var who in Roles)
        {
            var person = await yard.House.AsAsync(who);
            foreach (var address in yard.Document.Gets)
            {
                var own = address.With(yard.House.ToRead);
                var may = await TryAsync(person, who, own, mustBeRefused: false) == 200;
                if (may)
                {
                    answered.Add(address.Path);
                }

                foreach (var id in address.Path.Contains('{', StringComparison.Ordinal) ? NoIds : [])
                {
                    await TryAsync(person, who, address.With(_ => id), mustBeRefused: true);
                }

                foreach (var (name, kind) in address.Query)
                {
                    var (refused, open) = Values[kind];
                    string[] tooMany = name == "pageSize" ? ["101"] : [];
                    foreach (var value in refused.Concat(tooMany))
                    {
                        await TryAsync(person, who, $"{own}?{name}={Uri.EscapeDataString(value)}", mustBeRefused: true);
                    }

                    foreach (var value in open)
                    {
                        await TryAsync(person, who, $"{own}?{name}={Uri.EscapeDataString(value)}", mustBeRefused: false);
                    }
                }
            }
        }

        complaints.ShouldBeEmpty();
        yard.Document.Gets.Select(address => address.Path).Except(answered).ShouldBeEmpty("somebody gets an answer, so what is refused is refused for what was asked");

        async Task<int> TryAsync(HttpClient person, string who, string path, bool mustBeRefused)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            using var response = await person.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var status = (int)response.StatusCode;
            if (status == 200 && response.Content.Headers.ContentType?.MediaType == "text/event-stream")
            {
                return status;
            }

            var text = await response.Content.ReadAsStringAsync();
            var told = who == "auditor" ? yard.House.TellsOfOthersToAuditor(text) : yard.House.TellsOfOthers(text);
            if ((await Judgement.OfAsync(person, response, text, mustBeRefused) ?? (told is null ? null : $"tells {told}")) is { } wrong)
            {
                complaints.Add($"{who} {path[..Math.Min(path.Length, 150)]}: {status} {wrong} {text[..Math.Min(text.Length, 200)]}");
            }

            return status;
        }
    }

    [Fact]
    public async Task A_child_of_others_and_a_child_that_is_not_there_look_the_same_to_who_reads()
    {
        var compared = 0;
        foreach (var who in Roles.Except(["auditor"]))
        {
            compared += await CompareAsync(who);
        }

        await yard.House.BarAsync("interviewer-2");
        (await CompareAsync("interviewer-2")).ShouldBeGreaterThan(5, "who is barred from a child was on its team until now");
        compared.ShouldBeGreaterThan(60);
    }

    private async Task<int> CompareAsync(string who)
    {
        var person = await yard.House.AsAsync(who);
        var compared = 0;
        foreach (var address in yard.Document.Gets.Where(one => one.Has("childId") || one.Has("caseId") || one.Has("referralId")))
        {
            var foreign = await yard.House.ReadAsync(person, address.With(yard.House.Foreign));
            var absent = await yard.House.ReadAsync(person, address.With(Schoolyard.Absent));
            foreign.ShouldBe(absent, $"{who} {address.Path}");
            foreign.Status.ShouldBeOneOf(403, 404);
            compared++;
        }

        return compared;
    }

    /// <summary>One house for all, since nothing is changed in it but by who is barred, last.</summary>
    public sealed class Yard : IAsyncLifetime
    {
        public Schoolyard House { get; private set; } = null!;

        public Document Document { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            House = await Schoolyard.BuildAsync();
            Document = await Document.ReadAsync(await House.AsAsync("intake-officer"));
        }

        public async Task DisposeAsync() => await House.DisposeAsync();
    }
}
