using System.Text.Json;
using Barnahus.Platform.Access;
using Xunit.Abstractions;

namespace Barnahus.SystemTests.Access;

/// <summary>
/// The access matrix over HTTP, through the gateway: role x group of data x membership x grant x break-glass x conflict x purpose, on one child with
/// everything, allowed and refused, field by field. A pairwise set always, every combination under BARNAHUS_ALL=1. In two acts: before the interview, and an
/// hour and a half later, when it was held and what was for a while has run out.
/// </summary>
public sealed class MatrixOverHttpTests(ITestOutputHelper output)
{
    private static readonly bool All = Environment.GetEnvironmentVariable("BARNAHUS_ALL") == "1";

    /// <summary>Nothing here is about limits, and it asks more in a minute than people do.</summary>
    private static readonly string[] Unhurried =
    [
        .. new[] { "Gateway:PerCaller", "Gateway:PerAddress", "Gateway:SignInsPerAddress", "Limits:PerAccount", "Limits:PerClient" }
            .Select(limit => $"--{limit}=1000000000"),
        "--Gateway:Idle=08:00:00",
    ];

    private readonly List<string> _wrong = [];
    private int _allowed;
    private int _refused;
    private int _fields;

    [Fact]
    public async Task Everybody_sees_over_HTTP_what_the_matrix_says_field_by_field_and_nothing_else()
    {
        await using var story = await Story.BeginAsync(new InOneProcess(), 7, Unhurried);
        using var cast = new Cast(story);
        var child = await ChildWithEverything.BuildAsync(story);
        await cast.GatherAsync(child.Id);

        await ActAsync(cast, child, story.Now, held: false);
        await new Stage(cast, child.Id, story.Now).LetRunOutAsync();
        await story.RestartAsync(story.Now.AddMinutes(90));
        await cast.ReturnAsync();
        await child.HearAsync(cast);
        await story.EventuallyAsync(Cast.Officer, $"/intake/v1/children/{child.Id}", file => !file.Lacks("interviewedAt"), "Intake knows that he was heard");
        await ActAsync(cast, child, story.Now, held: true);

        output.WriteLine($"Cells over HTTP: {_allowed + _refused}, of which {_allowed} open and {_refused} refused; {_fields} fields compared.");
        _wrong.ShouldBeEmpty();
        _allowed.ShouldBeGreaterThan(100);
        _refused.ShouldBeGreaterThan(100);
    }

    private async Task ActAsync(Cast cast, ChildWithEverything child, DateTimeOffset now, bool held)
    {
        var stage = new Stage(cast, child.Id, now);
        var (reachable, beyond) = Standing.All(later: held);
        var standings = (All ? reachable : Standing.Pairwise(reachable)).GroupBy(one => one.One).OrderBy(group => group.Key.Membership).ToList();
        output.WriteLine($"{(held ? "After" : "Before")} the interview: {standings.Sum(group => group.Count())} standings of {reachable.Count}; {beyond} combinations nobody can bring about.");
        foreach (var standing in standings)
        {
            await stage.ArrangeAsync(standing.Key);
            foreach (var one in standing)
            {
                await JudgeAsync(cast, child, one, held);
            }
        }

        await stage.ClearAsync();
    }

    private async Task JudgeAsync(Cast cast, ChildWithEverything child, Standing one, bool held)
    {
        var person = await cast.AsAsync(Cast.Judged(one.One.Role), one.One.Role, one.Purpose);
        foreach (var page in Page.Of(child))
        {
            var (status, body) = await cast.AnswerAsync(person, page.Path);
            var open = page.IsFor(one);
            if (status != 200)
            {
                var absent = await cast.AnswerAsync(person, page.Absent);
                Expect(!open && status is 403 or 404, one, page, $"is refused ({status}) {body}");
                Expect(status == absent.Status, one, page, $"{status} where a child that is not there gives {absent.Status}");
                Expect(Words.In(body) is [], one, page, $"refuses and tells {string.Join(", ", Words.In(body))}");
            }
            else if (Expect(open, one, page, "opens"))
            {
                Compare(one, page, body, held, child.Id);
            }
        }

        foreach (var group in Enum.GetValues<DataGroup>().Where(group => Field.Table.Any(field => field.Group == group)))
        {
            _ = one.Sees(group) == Sight.None ? _refused++ : _allowed++;
        }
    }

    private void Compare(Standing one, Page page, string body, bool held, Guid child)
    {
        var rows = Field.Table.Where(field => field.Page == (page.Name == "interview" ? "interviews" : page.Name)).ToList();
        var prefix = page.Name == "interview" ? "items." : "";
        var there = Field.PathsOf(JsonDocument.Parse(body).RootElement).Select(path => prefix + path).ToHashSet(StringComparer.Ordinal);
        foreach (var path in there)
        {
            // The closest row speaks: all of a part, or less of it.
            var closest = rows.Where(row => row.Covers(path)).GroupBy(row => row.Path.Length).MaxBy(group => group.Key);
            Expect(closest?.Any(row => row.IsFor(one, held)) == true || rows.Any(row => row.Covers(path) && row.IsFor(one, held) && row.Group == closest!.First().Group), one, page, $"shows {path}");
        }

        foreach (var row in rows.Where(row => row.Path.StartsWith(prefix, StringComparison.Ordinal) && row.IsFor(one, held)))
        {
            Expect(there.Any(row.Covers), one, page, $"lacks {row.Path}");
        }

        foreach (var word in Words.In(body))
        {
            Expect(Words.MayRead(word, one, page.Name), one, page, $"tells '{word}'");
        }

        if (one.Sees(DataGroup.Identity) == Sight.Pseudonym)
        {
            Expect(one.Sees(page.Opens) == Sight.Full || !body.Contains($"{child}", StringComparison.Ordinal), one, page, "names the child by its id");
        }
    }

    private bool Expect(bool holds, Standing one, Page page, string what)
    {
        _fields++;
        if (!holds && _wrong.Count < 200)
        {
            _wrong.Add($"{page.Name} {what}: {one}");
        }

        return holds;
    }
}
