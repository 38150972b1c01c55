using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;
using Microsoft.Data.Sqlite;

namespace Barnahus.SystemTests.Privacy;

/// <summary>
/// Each personal field of the event catalogue is written at least once, and then nothing of it stands anywhere in clear: not in a file, not in a line of the
/// process, not in what it says when something is wrong with a request, with an event or with the vault.
/// </summary>
public sealed class EverySecretTests
{
    /// <summary>Personal fields that this scene does not write, each with the reason. A prefix stands for all that begin with it.</summary>
    private static readonly Dictionary<string, string> NotWritten = new(StringComparer.Ordinal)
    {
        ["identity."] = "Secrets of accounts and not of children: Nothing_secret_or_personal_lies_in_clear_in_the_data_folder writes them.",
        ["intake.child-safety-coordinator-named.v2 reason"] = "One account of the demonstration holds that role; FileTests of Intake writes it.",
    };

    private static readonly string[] Singles =
        ["platform.installation", "vault.destructions", "identity.login-names", "identity.signing-keys", "interviews.premises", "turnaround.norms"];

    [Fact]
    public async Task Whatever_is_written_of_a_child_stands_nowhere_in_clear_also_when_something_is_wrong()
    {
        await using var story = await Story.BeginAsync(new InOneProcess(), 12, "--Logging:LogLevel:Default=Debug");
        var secrets = new Secrets(story);
        await secrets.WriteAsync();
        var provocation = new Provocation(story, secrets.Child);
        (await provocation.ProvokeAsync()).ShouldBeEmpty("answers that repeat what was sent");
        provocation.Refusals.ShouldBeGreaterThan(500);
        await story.RestartAsync(story.Now.AddDays(45));
        await story.EventuallyAsync("safety-coordinator", "/safety/v1/board", board => board.ToString().Contains("\"alarms\":[{", StringComparison.Ordinal), "alarms");
        story.House.Kill();

        Nowhere(story);
        var planted = Path.Combine(story.Data, "planted");
        await File.WriteAllTextAsync(planted, $"x{Secrets.Word}y");
        Should.Throw<ShouldAssertException>(() => Nowhere(story));
        File.Delete(planted);
        var log = await LogAsync(story.Data);
        Unplayed(log).ShouldBeEmpty("write them in Secrets, or say in NotWritten why not");
        log.SelectMany(Misnamed).ShouldBeEmpty("names of streams and metadata");

        // One after the other: the first thing that is wrong is all a view says.
        var vault = Path.Combine(story.Data, "vault.db");
        Spoil(vault, "UPDATE keys SET subject = 'away ' || subject");
        await ComplainsAsync(story, "is not in the vault and was never destroyed");
        Spoil(vault, "DELETE FROM keys WHERE subject NOT LIKE 'away %'; UPDATE keys SET subject = substr(subject, 6)");
        Spoil(
            Path.Combine(story.Data, "events.db"),
            "UPDATE events SET data = CAST(replace(CAST(data AS TEXT), '\"content\"', $spoiled) AS BLOB) WHERE type = 'safety.whereabouts-recorded.v1'",
            ("$spoiled", $"\"place\":\"{Secrets.Word} 0\",\"{Secrets.Word}\":7,\"content\""));
        await ComplainsAsync(story, "safety.whereabouts-recorded.v1");
    }

    [Theory]
    [InlineData("intake.child-0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001", """{"subject":"child:0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001","actor":{"role":"intake-officer","client":"gateway"}}""", 0)]
    [InlineData("intake.child-jason", """{"subject":"child:0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001","actor":{"role":"intake-officer","client":"gateway"}}""", 1)]
    [InlineData("turnaround.norms", """{"subject":"none:00000000-0000-0000-0000-000000000000","actor":{"role":"Jason's officer","client":"gateway"}}""", 1)]
    [InlineData("turnaround.norms", """{"subject":"Jason","actor":{"role":"timer","client":"intake","name":"T. Vos"},"note":"x"}""", 3)]
    public void A_name_in_a_stream_or_in_metadata_is_found(string stream, string metadata, int faults) => Misnamed(
        new(LogPosition.Start, stream, 0, Guid.Empty, "any", default, Encoding.UTF8.GetBytes(metadata), default)).Count().ShouldBe(faults);

    /// <summary>Whether it starts is not the matter here, but that it says what is wrong, and what it says.</summary>
    /// <param name="words">Words of the cause.</param>
    private static async Task ComplainsAsync(Story story, string words)
    {
        var before = story.House.Output.Count;
        try
        {
            await story.RestartAsync(story.Now).WaitAsync(TimeSpan.FromSeconds(20));
        }
        catch (Exception refused) when (refused is InvalidOperationException or TimeoutException)
        {
            refused.ToString().ShouldNotContain(Secrets.Word);
        }

        story.House.Kill();
        Complaints(story.House.Output.Skip(before)).ShouldContain(line => line.Contains(words, StringComparison.Ordinal));
        Unsaid(story);
    }

    /// <summary>The lines of what was logged as an error or worse: the first names its level, those that belong to it are indented.</summary>
    private static IEnumerable<string> Complaints(IEnumerable<string> lines)
    {
        var within = false;
        foreach (var line in lines)
        {
            within = line.StartsWith("fail: ", StringComparison.Ordinal) || line.StartsWith("crit: ", StringComparison.Ordinal) || (within && line.StartsWith(' '));
            if (within)
            {
                yield return line;
            }
        }
    }

    private static void Nowhere(Story story)
    {
        foreach (var file in Scan.Files(story.Data))
        {
            var bytes = File.ReadAllBytes(file);
            PersonalValues.FormsOf(Secrets.Word).Where(form => bytes.AsSpan().IndexOf(form) >= 0).ShouldBeEmpty(file);
        }

        Unsaid(story);
    }

    private static void Unsaid(Story story)
    {
        var lines = story.House.Output;
        lines.Count.ShouldBeGreaterThan(100);
        lines.Where(line => line.Contains(Secrets.Word, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty("lines of the process");
        lines.Where(line => line.Contains("special-guardian", StringComparison.Ordinal)).ShouldBeEmpty("addresses that say what is suspected");
    }

    /// <summary>Personal fields of the catalogue, retired versions apart, that no event of the log has a value in.</summary>
    private static IEnumerable<string> Unplayed(IReadOnlyList<LoggedEvent> log)
    {
        var catalogue = new EventCatalogue(EventCatalogue.AllAssemblies());
        var written = log.GroupBy(logged => logged.Type, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.SelectMany(logged => PathsOf(logged.Data)).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var (name, type, _) in catalogue.Events.Where(known => !known.Retired))
        {
            var personal = catalogue.FieldsOf(type).Where(field => field.Regime is not null).Select(field => field.Path).ToList();
            foreach (var path in personal.Where(path => !personal.Any(outer => path.StartsWith(outer + ".", StringComparison.Ordinal) || path.StartsWith(outer + "[]", StringComparison.Ordinal))))
            {
                // What every event of a file may carry for other services is one field, whichever event has it.
                var played = written.GetValueOrDefault(name)?.Contains(path) == true || (path == "facts" && name.StartsWith("intake.child-", StringComparison.Ordinal));
                var field = $"{name} {path}";
                if (!played && !NotWritten.Keys.Any(prefix => field.StartsWith(prefix, StringComparison.Ordinal)))
                {
                    yield return field;
                }
            }
        }
    }

    private static IEnumerable<string> PathsOf(ReadOnlyMemory<byte> data)
    {
        using var json = JsonDocument.Parse(data);
        return [.. Walk(json.RootElement, "")];

        static IEnumerable<string> Walk(JsonElement value, string path) => value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Walk(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
            JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Walk(item, $"{path}[]")),
            JsonValueKind.Null => [],
            _ => [path],
        };
    }

    /// <summary>What in the name of an event's stream, or in its metadata, is not of the few shapes that say nothing of a person.</summary>
    private static IEnumerable<string> Misnamed(LoggedEvent logged)
    {
        // One of a kind, a random id, a day; clients and subscriptions have names of programs.
        if (!Singles.Contains(logged.Stream) && !Is(logged.Stream, @"([a-z]+\.[a-z-]+-ID|interviews\.agenda-\d{4}-\d\d-\d\d|(identity\.client|bus\.parked)-[a-z.-]+)"))
        {
            yield return $"{logged.Type}: stream {logged.Stream}";
        }

        using var metadata = JsonDocument.Parse(logged.Metadata);
        foreach (var (name, value) in metadata.RootElement.EnumerateObject().SelectMany(member => member.Name == "actor"
            ? member.Value.EnumerateObject().Select(inner => ($"actor.{inner.Name}", inner.Value.GetString()!))
            : [(member.Name, member.Value.GetString()!)]))
        {
            var known = name switch
            {
                "subject" => Is(value, "(child|referral|person|account|signing-key|none):ID"),
                "occurredAt" => Is(value, @"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"),
                "actor.accountId" or "correlationId" or "causationId" or "causeEventId" => Is(value, "ID"),
                "actor.role" or "actor.client" or "purpose" => Is(value, "[a-z0-9-]+"),
                "actor.organisation" => Is(value, "[0-9]{20}"),
                "traceparent" => Is(value, "00-[0-9a-f]{32}-[0-9a-f]{16}-0[0-3]"),
                "contentType" => value == "application/json",
                "bodyMark" => Is(value, "[A-Za-z0-9+/=_-]+"),
                _ => false,
            };
            if (!known)
            {
                yield return $"{logged.Type}: {name} {value}";
            }
        }
    }

    private static bool Is(string text, string shape) => Regex.IsMatch(
        text, $@"\A{shape.Replace("ID", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", StringComparison.Ordinal)}\z", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static async Task<IReadOnlyList<LoggedEvent>> LogAsync(string folder)
    {
        var log = EventLogs.Open($"sqlite:{Path.Combine(folder, "events.db")}");
        await using var closing = (IAsyncDisposable)log;
        var all = new List<LoggedEvent>();
        while (await log.ReadAllAsync(all.Count == 0 ? LogPosition.Start : all[^1].Position, 1000, default) is { Count: > 0 } page)
        {
            all.AddRange(page);
        }

        return all;
    }

    /// <summary>An event that cannot be read, with something personal where none belongs: whoever follows the log says so, without what stands in it.</summary>
    private static void Spoil(string file, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery().ShouldBeGreaterThan(0);
    }
}
