using System.Text;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Sqlite;
using Barnahus.Platform.State;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>What only the embedded engine promises: its file, its lock, dense positions.</summary>
public sealed class SqliteLogTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task An_open_log_is_refused_to_a_second_and_free_again_after()
    {
        await using var log = new TemporaryLog();
        var refused = Should.Throw<LogInUseException>(() => EventLogs.Open($"sqlite:{log.Path}"));
        refused.Message.ShouldContain("in use");
        await log.RestartAsync();
    }

    [Fact]
    public async Task Two_logs_in_one_process_do_not_interfere()
    {
        await using var one = new TemporaryLog();
        await using var other = new TemporaryLog();
        var e = Event();
        await Task.WhenAll(
            one.Log.AppendAsync("test.same", StreamRevision.None, [e, Event()], None),
            other.Log.AppendAsync("test.same", StreamRevision.None, [e], None));

        (await one.Log.ReadAllAsync(LogPosition.Start, 10, None)).Count.ShouldBe(2);
        (await other.Log.ReadAllAsync(LogPosition.Start, 10, None)).ShouldHaveSingleItem();
        await other.RestartAsync();
        (await one.Log.AppendAsync("test.same", 1, [Event()], None)).Position.ShouldBe(new LogPosition(3));
    }

    [Fact]
    public async Task Positions_are_dense_also_after_refusals_and_restarts()
    {
        await using var log = new TemporaryLog();
        var known = Event();
        await log.Log.AppendAsync("test.a", StreamRevision.None, [known], None);
        for (var i = 0; i < 3; i++)
        {
            var refused = await Should.ThrowAsync<DuplicateEventException>(
                () => log.Log.AppendAsync("test.b", StreamRevision.None, [Event(), Event(), known], None));
            refused.Id.ShouldBe(known.Id);
            await log.Log.AppendAsync("test.a", i, [Event()], None);
            await log.RestartAsync();
        }

        (await log.Log.ReadAllAsync(LogPosition.Start, 10, None)).Select(e => e.Position.Value).ShouldBe([1, 2, 3, 4]);
        (await log.Log.ReadStreamAsync("test.b", 0, 10, ReadDirection.Forwards, None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task One_id_twice_in_one_append_is_refused_whole()
    {
        await using var log = new TemporaryLog();
        var e = Event();
        await Should.ThrowAsync<DuplicateEventException>(() => log.Log.AppendAsync("test.a", StreamRevision.None, [e, e], None));
        (await log.Log.HeadAsync(None)).ShouldBe(LogPosition.Start);
    }

    [Fact]
    public async Task Closing_finishes_what_was_asked_and_ends_who_follows()
    {
        await using var log = new TemporaryLog();
        var closing = log.Log;
        var following = Task.Run(async () =>
        {
            await foreach (var batch in closing.FollowAsync(LogPosition.Start, None))
            {
            }
        });
        var appends = Enumerable.Range(0, 50).Select(i => closing.AppendAsync($"test.{i}", StreamRevision.None, [Event()], None)).ToList();
        await log.RestartAsync();

        await Task.WhenAll(appends);
        (await log.Log.HeadAsync(None)).ShouldBe(new LogPosition(50));
        await Should.ThrowAsync<Exception>(() => following.WaitAsync(TimeSpan.FromSeconds(10)));
        await Should.ThrowAsync<ObjectDisposedException>(() => closing.AppendAsync("test.x", StreamRevision.None, [Event()], None));
        await Should.ThrowAsync<ObjectDisposedException>(() => closing.ReadAllAsync(LogPosition.Start, 1, None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1700)]
    [InlineData(2099)]
    [InlineData(2100)]
    public async Task What_a_follower_gets_from_memory_is_what_stands_on_the_disk(int after)
    {
        await using var log = new TemporaryLog();
        for (var i = 0; i < 3; i++)
        {
            await log.Log.AppendAsync($"test.{i}", StreamRevision.None, [.. Enumerable.Range(0, 700).Select(_ => Event())], None);
        }

        var followed = new List<LoggedEvent>();
        await foreach (var page in log.Log.FollowAsync(new LogPosition(after), None))
        {
            followed.AddRange(page);
            if (page.Count == 0)
            {
                break;
            }
        }

        var read = await log.Log.ReadAllAsync(new LogPosition(after), int.MaxValue, None);
        followed.Count.ShouldBe(2100 - after);
        followed.Select(Whole).ShouldBe(read.Select(Whole));
    }

    [SkippableFact]
    public async Task The_file_and_its_side_files_are_only_their_owners()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no file modes");
        await using var log = new TemporaryLog();
        await log.Log.AppendAsync("test.a", StreamRevision.None, [Event()], None);
        var files = Directory.GetFiles(log.Folder);
        files.Length.ShouldBeGreaterThan(2);
        foreach (var file in files)
        {
#pragma warning disable CA1416 // Skipped above.
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
#pragma warning restore CA1416
        }
    }

    [Fact]
    public async Task Another_kind_of_file_is_refused_and_left_alone()
    {
        await using var log = new TemporaryLog();
        var path = Path.Combine(log.Folder, "state.db");
        await using (SqliteStateStore.Open(path))
        {
        }

        Should.Throw<InvalidDataException>(() => SqliteEventLog.Open(path)).Message.ShouldContain("not an event log");
        await using var still = SqliteStateStore.Open(path);
    }

    [Theory]
    [InlineData("mysql:server=x;password=secret")]
    [InlineData("sqlite:")]
    [InlineData("nonsense")]
    public void An_engine_that_is_not_built_in_is_named_without_its_secrets(string connectionString) =>
        Should.Throw<NotSupportedException>(() => EventLogs.Open(connectionString)).Message.ShouldNotContain("secret");

    private static string Whole(LoggedEvent e) =>
        $"{e.Position} {e.Stream} {e.Revision} {e.Id} {e.Type} {Encoding.UTF8.GetString(e.Data.Span)} {Encoding.UTF8.GetString(e.Metadata.Span)} {e.RecordedAt:O}";

    private static EventToAppend Event() => new(Guid.NewGuid(), "test.happened.v1", Encoding.UTF8.GetBytes("{}"), Encoding.UTF8.GetBytes("{}"));
}
