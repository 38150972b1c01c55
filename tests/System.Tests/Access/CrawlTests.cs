using System.Diagnostics;
using Barnahus.Platform.Access;
using Barnahus.SystemTests.BadInput;
using Xunit.Abstractions;

namespace Barnahus.SystemTests.Access;

/// <summary>
/// As each role: every GET and POST of the joined OpenAPI document with the ids of another child, and every link that an answer holds. Nothing of that
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
                await TryAsync("POST", address.With(yard.Foreign), yard.WithForeignIds(document.Sample(address.Body, "tekst"))?.ToJsonString() ?? "{}");
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
        foreach (var (role, path) in new[]
        {
            ("interviewer", "/api/intake/v1/children/{childId}"), ("interviewer", "/api/interviews/v1/children/{childId}/interviews"),
            ("medical", "/api/safety/v1/children/{childId}/plan"), ("prosecutor", "/api/turnaround/v1/cases/{caseId}"), ("prosecutor", "/api/timeline/v1/children/{childId}/events"),
        })
        {
            var (person, address) = (await yard.AsAsync(role), new Address(path, null));
            var (refused, absent) = (new List<double>(), new List<double>());
            for (var round = -5; round < Rounds; round++)
            {
                var first = await TimeAsync(person, address.With(yard.Foreign));
                var second = await TimeAsync(person, address.With(Schoolyard.Absent));
                if (round >= 0)
                {
                    refused.Add(first);
                    absent.Add(second);
                }
            }

            // The share of pairs in which the refusal took longer (Mann-Whitney's U, normed): a half where nothing can be told.
            var share = refused.Sum(one => absent.Sum(other => one > other ? 1.0 : one < other ? 0 : 0.5)) / (refused.Count * absent.Count);
            output.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{role} {address.Path}: refused {Median(refused):0.00} ms, absent {Median(absent):0.00} ms (medians of {Rounds}); refused longer in {share:0.00} of pairs."));
        }
    }

    private static async Task<double> TimeAsync(HttpClient person, string address)
    {
        var watch = Stopwatch.GetTimestamp();
        using var response = await person.GetAsync(new Uri(address, UriKind.Relative));
        await response.Content.ReadAsByteArrayAsync();
        ((int)response.StatusCode).ShouldBe(404, address);
        return Stopwatch.GetElapsedTime(watch).TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
