using System.Text;
using System.Text.Json.Nodes;
using Barnahus.Platform.EventLog;

namespace Barnahus.SystemTests.Privacy;

/// <summary>
/// Personal data is never at rest in clear: whoever steals the disk, a backup or the log of the process learns nothing of a child. All twelve referrals
/// go in, some of them are worked on by every service, and then every byte is looked at.
/// </summary>
public sealed class NothingInClearTests
{
    private static readonly DateTimeOffset AfterAll = new(2026, 9, 23, 9, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public async Task No_personal_value_of_any_case_is_in_a_file_a_log_line_or_an_address()
    {
        // Every address that is asked for, from outside and from inside, is a line of the process then.
        await using var story = await Story.BeginAsync(new InOneProcess(), AfterAll, "--Logging:LogLevel:Default=Debug");
        foreach (var number in Enumerable.Range(1, 12))
        {
            await PlayAsync(story, number);
        }

        // The disk as a thief finds it, with what the log had not yet moved from its journal.
        story.House.Kill();
        var files = Scan.Files(story.House.Data);
        files.ShouldContain(file => file.EndsWith("-wal", StringComparison.Ordinal));
        files.Sum(file => new FileInfo(file).Length).ShouldBeGreaterThan(500_000);
        Scan.Folder(story.House.Data).ShouldBeEmpty();

        var said = string.Join('\n', story.House.Output);
        said.ShouldContain("/api/intake/v1/child-searches", customMessage: "addresses are lines of the process");
        said.ShouldContain("/intake/v1/children/");
        Scan.Text(said).ShouldBeEmpty();

        await story.RestartAsync(AfterAll.AddHours(1));
        story.House.Kill();
        Scan.Folder(story.House.Data).ShouldBeEmpty("after a power cut and a restart");
        (await Scan.CodesAsync(story.House.Data)).ShouldBeEmpty("codes of what happened, beside the id of a child");
    }

    /// <summary>The scan would have found what once stood in clear: the retired versions of these events.</summary>
    [Theory]
    [InlineData("intake.referral-triaged.v1", """{"grounds":["acute-unsafety"],"chosen":[{"route":"avim","unit":"Limburg"}]}""", "acute-unsafety", "avim")]
    [InlineData("turnaround.clock-started.v1", """{"norm":{"key":"forensic-window","version":1}}""", "forensic-window")]
    [InlineData("intake.referral-triaged.v2", """{"outcome":"c2VhbGVk"}""")]
    public void A_code_beside_a_child_is_found(string type, string data, params string[] codes) =>
        Scan.Codes(new LoggedEvent(LogPosition.Start, "any", 0, Guid.Empty, type, Encoding.UTF8.GetBytes(data), default, default))
            .ShouldBe(codes.Select(code => $"{type}: {code}"), ignoreOrder: true);

    [Fact]
    public void The_scan_finds_a_value_wherever_it_is_planted()
    {
        var folder = Directory.CreateTempSubdirectory("barnahus-scan-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "noise"), new byte[100]);
            Scan.Folder(folder.FullName).ShouldBeEmpty();
            foreach (var value in PersonalValues.All)
            {
                var number = 0;
                foreach (var planted in new[]
                {
                    Encoding.UTF8.GetBytes($"x{{\"a\":\"{value}\"}}"),
                    Encoding.Unicode.GetBytes($"\"{value}\""),
                    Encoding.BigEndianUnicode.GetBytes($"\"{value}\""),
                    Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"a\":\"{value}\"}}"))),
                    Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"ab\":\"{value}\"}}"))),
                    Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"abc\":\"{value}\"}}"))),
                })
                {
                    var file = Path.Combine(folder.FullName, "planted");
                    File.WriteAllBytes(file, [.. new byte[7], .. planted, .. new byte[5]]);
                    Scan.Folder(folder.FullName).ShouldContain(found => found.Contains(value, StringComparison.Ordinal), $"{value}, form {number++}");
                    File.Delete(file);
                }

                Scan.Text($"GET /children?name={Uri.EscapeDataString(value)}&page=1").ShouldContain(value);
                Scan.Text($"said '{value}'.").ShouldContain(value);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void All_that_is_personal_in_the_cases_is_looked_for()
    {
        foreach (var value in new[]
        {
            "Jason", "Kayleigh", "van Dam", "Eva", "999990238", "2013-04-18", "Linh", "Nguyen", "+31000000077", "Mijn moeder mag niets weten.",
            "She seemed afraid of the man with the red car.", "Writes that her stepfather brings men home.", "interpreter Vietnamese", "T. Vos", "Dr. L. Meijer", "S. van Dam",
            "2026-09-03T20:00", "2026-09-10T20:00",
        })
        {
            PersonalValues.All.ShouldContain(value);
        }

        PersonalValues.Codes.ShouldContain("sexual-abuse");
        PersonalValues.All.Count.ShouldBeGreaterThan(80);
    }

    /// <summary>Submitted, searched, weighed and accepted; the odd ones go on to interview and safety, so that every service holds something of a child.</summary>
    internal static async Task PlayAsync(Story story, int number)
    {
        var referral = await story.SubmitAsync(number);
        var child = Story.Case(number)["data"]!["child"]!.AsObject();
        await story.SearchAsync(referral);
        await story.DoAsync("intake-officer", "/intake/v1/child-searches", Search(child));
        await story.TriageAsync(referral, new { note = "Geen loverboy: " + Story.Case(number)["data"]!["facts"]![0]!["what"]!.GetValue<string>() });
        if (number == 11)
        {
            await story.DoAsync("intake-officer", $"/intake/v1/referrals/{referral}/investigation", new { until = "2026-10-05", why = "Mila: telefoonnummer natrekken." });
            return;
        }

        var childId = await story.AcceptAsync(referral);
        await story.DoAsync("intake-officer", $"/intake/v1/children/{childId}/wishes", new { words = "Mijn moeder mag niets weten." });
        await story.SeeAsync("intake-officer", $"/intake/v1/children/{childId}");
        if (number % 2 == 0)
        {
            return;
        }

        await story.KnownEverywhereAsync(childId);
        if (number != 7)
        {
            // Dorian is a suspect too: his interview waits for the prosecutor's decision on that.
            var interviewId = await story.RequestAsync(childId, Story.Case(number)["data"]!["facts"]![0]!["what"]!.GetValue<string>());
            await story.PrepareAsync(childId, interviewId, number is 3 or 9 ? "p-hoekstra" : "p-meijer", new { setting = "T. Vos kent haar", pace = "rustig" });
            await story.SlotsAsync(childId, interviewId, "2026-09-28T00:00:00+02:00", "2026-10-03T00:00:00+02:00");
        }

        await story.DoAsync("safety-coordinator", $"/safety/v1/children/{childId}/incidents", new { what = Story.Case(number)["data"]!["facts"]![0]!["what"]!.GetValue<string>(), happenedAt = AfterAll }, 201);
        await story.TimelineAsync(childId);
    }

    private static JsonObject Search(JsonObject child)
    {
        var search = new JsonObject { ["givenName"] = child["givenName"]?.DeepClone() ?? "Jason" };
        foreach (var field in new[] { "familyName", "birthDate", "bsn" })
        {
            if (child[field] is { } value)
            {
                search[field] = value.DeepClone();
            }
        }

        return search;
    }
}
