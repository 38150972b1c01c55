using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Barnahus.Platform.Access;
using Barnahus.SystemTests.BadInput;
using Xunit.Abstractions;

namespace Barnahus.SystemTests.Access;

/// <summary>
/// As each role: every GET and POST of the joined OpenAPI document with the ids of another child, in the address and in the body, and every link that an answer holds. Nothing of that
/// child comes out, in no body and no header, and nothing breaks. How long a refusal takes beside a true absence is measured and told, and decides nothing.
/// </summary>
public sealed class CrawlTests(ITestOutputHelper output)
{
    private const int Rounds = 60;

    [Fact]
    public async Task Whoever_is_not_on_the_team_finds_nothing_of_the_child_whatever_address_is_tried()
    {
        await using var yard = await Schoolyard.BuildAsync();
        await yard.BarAsync(Roles.SafetyCoordinator);
        await yard.BarAsync(Roles.YouthCare);
        var complaints = new List<string>();
        var tried = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var role in Roles.All)
        {
            var person = await yard.AsAsync(role);
            var document = await Document.ReadAsync(person);
            document.Gets.Count.ShouldBeGreaterThan(20);
            var links = new Queue<string>();
            var known = new HashSet<string>(StringComparer.Ordinal);
            foreach (var address in document.Gets)
            {
                await TryAsync("GET", address.With(yard.Foreign), null);
            }

            foreach (var address in document.Posts)
            {
                await TryAsync("POST", address.With(yard.Foreign), "{}");
                var sample = WellFormed(address.Path, document.Sample(address.Body, "tekst"));
                var foreign = yard.WithForeignIds(sample?.DeepClone())?.ToJsonString() ?? "{}";
                await TryAsync("POST", address.With(yard.Foreign), foreign);
                if (yard.TakesForeignIds(sample))
                {
                    // Who is on the team of one child names another beside it.
                    await TryAsync("POST about one's own", address.With(yard.Own), foreign);
                }
            }

            while (links.TryDequeue(out var link))
            {
                await TryAsync("link", link, null);
            }

            async Task TryAsync(string how, string address, string? body)
            {
                tried[how] = tried.GetValueOrDefault(how) + 1;
                var (status, text, headers) = await Links.AskAsync(person, address, body);

                // A page of a list links to the next one by the address that was asked.
                var told = (role == Roles.Auditor ? yard.TellsOfOthersToAuditor(text) : yard.TellsOfOthers(text)) ?? yard.TellsOfOthers(headers.Replace(address["/api".Length..], "", StringComparison.Ordinal));
                if (told is not null || status >= 500)
                {
                    complaints.Add($"{role} {how} {address}: {status} {(told is null ? "" : $"tells {told}: ")}{text[..Math.Min(text.Length, 400)]}");
                }

                foreach (var link in Links.In(text).Concat(Links.In($"\"{headers}\"")).Where(known.Add))
                {
                    links.Enqueue(link);
                }
            }
        }

        output.WriteLine($"Tried as {Roles.All.Count} roles: {string.Join(", ", tried.Select(pair => $"{pair.Value} {pair.Key}"))}.");
        complaints.ShouldBeEmpty();
        (await yard.LinesOfForeignAsync()).ShouldBe(yard.ForeignLines, "nothing was added to the other child's timeline");
    }

    [Fact]
    public async Task How_long_a_refusal_takes_beside_a_true_absence_is_told()
    {
        await using var yard = await Schoolyard.BuildAsync();
        foreach (var (role, path, command) in new (string, string, string?)[]
        {
            ("interviewer", "/api/intake/v1/children/{childId}", null), ("interviewer", "/api/interviews/v1/children/{childId}/interviews", null),
            ("medical", "/api/safety/v1/children/{childId}/plan", null), ("prosecutor", "/api/turnaround/v1/cases/{caseId}", null),
            ("prosecutor", "/api/timeline/v1/children/{childId}/events", null),
            ("interviewer", "/api/interviews/v1/children/{childId}/interviews", """{"kind": "forensic", "question": "?"}"""),
            ("prosecutor", "/api/interviews/v1/suspect-visits",
                """{"studioId": "utrecht", "from": "2026-09-10T10:00:00Z", "to": "2026-09-10T11:00:00Z", "caseKeys": ["0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001"]}"""),
            ("intake-officer", "/api/intake/v1/children/{childId}/wishes", """{"words": "?"}"""),
        })
        {
            var (person, address) = (await yard.AsAsync(role), new Address(path, null));
            var (foreign, nothing) = command is null ? (null, null)
                : (yard.WithForeignIds(JsonNode.Parse(command))!.ToJsonString(), Schoolyard.WithAbsentIds(JsonNode.Parse(command))!.ToJsonString());
            var (refused, absent) = (new List<double>(), new List<double>());
            for (var round = -5; round < Rounds; round++)
            {
                var first = await TimeAsync(person, address.With(yard.Foreign), foreign);
                var second = await TimeAsync(person, address.With(Schoolyard.Absent), nothing);
                if (round >= 0)
                {
                    refused.Add(first);
                    absent.Add(second);
                }
            }

            // The share of pairs in which the refusal took longer (Mann-Whitney's U, normed): a half where nothing can be told.
            var share = refused.Sum(one => absent.Sum(other => one > other ? 1.0 : one < other ? 0 : 0.5)) / (refused.Count * absent.Count);
            output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{role} {(command is null ? "GET" : "POST")} {address.Path}: refused {Median(refused):0.00} ms, absent {Median(absent):0.00} ms (medians of {Rounds}); refused longer in {share:0.00} of pairs."));
        }
    }

    /// <summary>Codes, moments and numbers that a command about several children takes, so that it is a rule that answers and not the form of the body.</summary>
    private static JsonNode? WellFormed(string path, JsonNode? sample)
    {
        var right = path["/api".Length..] switch
        {
            "/interviews/v1/suspect-visits" =>
                """{"studioId": "utrecht", "from": "2026-09-10T10:00:00Z", "to": "2026-09-10T11:00:00Z"}""",
            "/interviews/v1/children/{childId}/interviews" => """{"kind": "forensic", "ground": null}""",
            "/interviews/v1/children/{childId}/interviews/{interviewId}/booking" or "/interviews/v1/children/{childId}/interviews/{interviewId}/rescheduling" =>
                """
                {"start": "2026-09-10T10:00:00Z", "roomId": "utr-1", "interviewerId": "i-brouwer", "psychologistId": "p-meijer", "interpreterId": null, "supportId": null,
                 "otherRegions": null, "ownTimes": null, "travelMinutes": null, "observerIds": null, "hearing": null,
                 "attendance": [{"personId": "0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001", "place": "welcome"}]}
                """,
            "/intake/v1/children/{childId}/informing" => """{"means": "talk"}""",
            "/intake/v1/child-searches" =>
                """{"bsn": null, "givenName": null, "familyName": null, "birthDate": null, "estimatedAge": null, "municipalities": null}""",
            "/turnaround/v1/cases" => """{"region": "Midden-Nederland", "reportedAt": "2026-08-20T10:00:00Z", "parketnummer": null, "procesVerbaalnummer": null}""",
            _ => "{}",
        };
        foreach (var (field, value) in JsonNode.Parse(right)!.AsObject())
        {
            sample![field] = value?.DeepClone();
        }

        return sample;
    }

    private static async Task<double> TimeAsync(HttpClient person, string address, string? body)
    {
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        var watch = Stopwatch.GetTimestamp();
        using var response = content is null ? await person.GetAsync(new Uri(address, UriKind.Relative)) : await person.PostAsync(new Uri(address, UriKind.Relative), content);
        await response.Content.ReadAsByteArrayAsync();
        ((int)response.StatusCode).ShouldBe(404, address);
        return Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
