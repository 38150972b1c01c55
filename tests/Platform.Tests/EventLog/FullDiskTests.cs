using Barnahus.Platform.EventLog;
using Barnahus.Platform.EventLog.Sql;
using Barnahus.Platform.EventLog.Sql.Sqlite;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.State;
using Microsoft.Data.Sqlite;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>No room under the embedded log: it is said as what it is, nothing is kept of what was asked, and with room it goes on.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Pages = 40;
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_full_disk_is_a_log_out_of_reach_and_with_room_the_same_is_taken()
    {
        var connection = SqliteFile.OpenWriter(Path.Combine(_folder, "log.db"), SqliteEventTable.Schema);
        using var transaction = new SqliteAppendTransaction(connection, TimeProvider.System, new LogTail());
        var writer = new BatchWriter(transaction);
        SqliteFile.Execute(connection, $"PRAGMA max_page_count = {Pages}");
        var taken = 0;
        LogUnreachableException? full = null;
        EventToAppend[] events = [];
        while (full is null)
        {
            events = [Event(), Event()];
            try
            {
                writer.Write([PendingAppend.Checked($"test.{taken}", StreamRevision.None, events)]);
                taken++;
                taken.ShouldBeLessThan(1000, "the disk is never full");
            }
            catch (LogUnreachableException failed)
            {
                full = failed;
            }
        }

        full.InnerException.ShouldBeOfType<SqliteException>().SqliteErrorCode.ShouldBe(13);
        Problems.From(full)!.Status.ShouldBe(503);
        transaction.Head.ShouldBe(new LogPosition(2 * taken));
        SqliteFile.Execute(connection, $"PRAGMA max_page_count = {10 * Pages}");
        writer.Write([PendingAppend.Checked($"test.{taken}", StreamRevision.None, events)]).ShouldBeTrue();
        transaction.Head.ShouldBe(new LogPosition(2 * (taken + 1)));
    }

    private static EventToAppend Event() => new(Guid.NewGuid(), "test.happened.v1", "{}"u8.ToArray(), new byte[700]);
}
