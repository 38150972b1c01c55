using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.State;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Barnahus.Platform.Tests.Bus;

/// <summary>A log that does not answer is waited for, whatever its engine gives as the cause: nothing is wrong with the message.</summary>
public sealed class PatienceTests
{
    public static TheoryData<Exception> Causes() =>
    [
        .. new[] { "57014", "28P01", "XX000", "54000", "25P03", "55P03", "53100", "08006" }.Select(state => new PostgresException("no", "ERROR", "ERROR", state)),
        new IOException("cut"),
        new OperationCanceledException("no answer in time"),
        new InvalidOperationException("not ready"),
        new SqliteException("database or disk is full", 13),
    ];

    [Theory]
    [MemberData(nameof(Causes))]
    public void What_an_engine_calls_out_of_reach_is_waited_for_whatever_its_cause(Exception cause)
    {
        Patience.IsOutOfReach(new LogUnreachableException(cause)).ShouldBeTrue();
        Patience.IsOutOfReach(new InvalidOperationException("around it", new LogUnreachableException(cause))).ShouldBeTrue();
        Patience.IsOutOfReach(new StateUnreachableException(cause)).ShouldBeTrue();
    }

    [Fact]
    public void What_is_wrong_with_the_message_is_not() =>
        Patience.IsOutOfReach(new InvalidDataException("no JSON")).ShouldBeFalse();
}
