using System.Text;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql.Postgres;
using Barnahus.Platform.State;
using Barnahus.Testing.Postgres;
using Npgsql;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>What only this engine promises: who may do what in the database, what it says when it may not be opened, and that it says no password.</summary>
public sealed class PostgresLogTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private PostgresTestDatabase database = null!;

    private string Password => new NpgsqlConnectionStringBuilder(database.Work).Password!;

    public async Task InitializeAsync()
    {
        Skip.If(PostgresCluster.Missing is not null, PostgresCluster.Missing);
        database = await (await PostgresCluster.SharedAsync()).CreateDatabaseAsync();
    }

    public async Task DisposeAsync() => await database.DisposeAsync();

    [SkippableTheory]
    [InlineData("UPDATE events SET data = ''")]
    [InlineData("DELETE FROM events")]
    [InlineData("TRUNCATE events")]
    [InlineData("DROP TABLE events")]
    [InlineData("ALTER TABLE events DISABLE TRIGGER ALL")]
    [InlineData("UPDATE barnahus SET version = 7")]
    [InlineData("CREATE TABLE more (n int)")]
    public async Task The_role_at_work_cannot(string statement)
    {
        await using (var log = PostgresEventLog.Open(database.ConnectionString, database.OwnerConnectionString))
        {
            await log.AppendAsync("test.a", StreamRevision.None, [Event()], None);
        }

        var refused = await Should.ThrowAsync<PostgresException>(() => PostgresTestDatabase.ExecuteAsync(database.Work, statement));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        (await database.AskAsync<long>("SELECT count(*) FROM events WHERE octet_length(data) > 0")).ShouldBe(1);
    }

    [SkippableFact]
    public async Task An_id_that_stands_elsewhere_refuses_its_own_append_and_no_other_of_the_batch()
    {
        await using var log = PostgresEventLog.Open(database.ConnectionString, database.OwnerConnectionString);
        var known = new[] { Event(), Event(), Event() };
        await log.AppendAsync("test.known", StreamRevision.None, known, None);
        var twice = Event();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
        {
            EventToAppend[] events = (i % 10) switch { 3 => [Event(), known[1]], 7 => [twice, twice], _ => [Event(), Event()] };
            try
            {
                await log.AppendAsync($"test.{i}", StreamRevision.None, events, None);
                return (i, null);
            }
            catch (DuplicateEventException duplicate)
            {
                return (i, (Guid?)duplicate.Id);
            }
        })));

        outcomes.Select(outcome => outcome.Item2).ShouldBe(outcomes.Select(outcome => (outcome.i % 10) switch { 3 => known[1].Id, 7 => twice.Id, _ => (Guid?)null }));
        var all = await log.ReadAllAsync(LogPosition.Start, 1000, None);
        all.Select(e => e.Position.Value).ShouldBe(Enumerable.Range(1, 3 + (48 * 2)).Select(i => (long)i));
    }

    [SkippableFact]
    public async Task Rights_that_somebody_added_are_found_at_the_next_start()
    {
        await PostgresEventLog.Open(database.ConnectionString, database.OwnerConnectionString).DisposeAsync();
        await PostgresTestDatabase.ExecuteAsync(database.Owner, $"GRANT DELETE, UPDATE ON events TO {database.Role}");
        Refused(database.ConnectionString, null).ShouldContain("may UPDATE, DELETE on events");
        Refused(database.OwnerConnectionString, null).ShouldContain("It must not own the tables");
        Refused($"postgres:{database.Administrator}", null).ShouldContain("nor be a superuser");

        // A single column is enough to rewrite what an event says.
        await PostgresTestDatabase.ExecuteAsync(database.Owner, $"REVOKE DELETE, UPDATE ON events FROM {database.Role}; GRANT UPDATE (data) ON events TO {database.Role}");
        Refused(database.ConnectionString, null).ShouldContain("may UPDATE on events");

        // Its owner's connection string takes them away again.
        await PostgresEventLog.Open(database.ConnectionString, database.OwnerConnectionString).DisposeAsync();
    }

    [SkippableFact]
    public async Task What_is_no_event_log_of_this_version_is_refused_and_left_alone()
    {
        Refused(database.ConnectionString, null).ShouldContain("OwnerConnectionString");
        await PostgresStateStore.Open(database.ConnectionString, database.OwnerConnectionString).DisposeAsync();
        Refused(database.ConnectionString, null).ShouldContain("is not an event log but \"state\"");
        Refused(database.ConnectionString, database.OwnerConnectionString).ShouldContain("a database of its own");
        await PostgresTestDatabase.ExecuteAsync(database.Owner, "UPDATE barnahus SET kind = 'event-log', version = 9");
        Refused(database.ConnectionString, database.OwnerConnectionString).ShouldContain("or a later one");
        (await database.AskAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).ShouldBe(3);
    }

    [SkippableFact]
    public async Task Many_who_start_together_make_the_tables_once()
    {
        var logs = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(
            () => PostgresEventLog.Open(database.ConnectionString, database.OwnerConnectionString))));
        foreach (var log in logs)
        {
            await log.DisposeAsync();
        }
    }

    [SkippableTheory]
    [InlineData("Host=/nowhere/at/all;Database=log;Username=me;Password=SECRET", typeof(LogUnreachableException))]
    [InlineData("Host=127.0.0.1;Port=1;Database=log;Username=me;Password=SECRET", typeof(LogUnreachableException))]
    [InlineData("Host=127.0.0.1;Port=SECRET;Database=log;Username=me", typeof(ArgumentException))]
    [InlineData("Host=127.0.0.1;Database=log;Username=me;Pasword=SECRET", typeof(ArgumentException))]
    [InlineData("Password=SECRET", typeof(ArgumentException))]
    [InlineData("SECRET", typeof(ArgumentException))]
    public void No_password_is_in_what_is_said(string connectionString, Type expected)
    {
        var refused = Should.Throw(() => EventLogs.Open($"postgres:{connectionString}"), expected);
        refused.ToString().ShouldNotContain("SECRET");
    }

    [SkippableFact]
    public async Task A_wrong_password_is_not_repeated_and_not_taken_for_an_empty_log()
    {
        await PostgresEventLog.Open(database.ConnectionString, database.OwnerConnectionString).DisposeAsync();
        var wrong = database.ConnectionString.Replace(Password, "wr0ngSECRET", StringComparison.Ordinal);
        Should.Throw<LogUnreachableException>(() => EventLogs.Open(wrong)).ToString().ShouldNotContain("wr0ngSECRET");
    }

    private static EventToAppend Event() => new(Guid.NewGuid(), "test.happened.v1", Encoding.UTF8.GetBytes("{}"), Encoding.UTF8.GetBytes("{}"));

    private string Refused(string connectionString, string? owner)
    {
        var refused = Should.Throw<InvalidDataException>(() => PostgresEventLog.Open(connectionString, owner));
        refused.ToString().ShouldNotContain(Password);
        return refused.Message;
    }
}
