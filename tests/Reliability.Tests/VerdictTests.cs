using System.Text;
using Barnahus.Platform.EventLog;

namespace Barnahus.Reliability.Tests;

/// <summary>The judge itself: a log with something wrong in it is found out.</summary>
public sealed class VerdictTests
{
    private static readonly Kind Note = new("write a note", "toy.note-written");
    private readonly Ledger _ledger = new();
    private readonly List<LoggedEvent> _log = [];

    [Theory]
    [InlineData(Told.Done, 1, Fate.Kept)]
    [InlineData(Told.Done, 0, Fate.Lost)]
    [InlineData(Told.Done, 2, Fate.Duplicated)]
    [InlineData(Told.Nothing, 0, Fate.Gone)]
    [InlineData(Told.Nothing, 1, Fate.Recovered)]
    [InlineData(Told.Nothing, 2, Fate.Duplicated)]
    [InlineData(Told.Refused, 0, Fate.Refused)]
    [InlineData(Told.Refused, 1, Fate.Unexpected)]
    public void What_the_client_was_told_is_held_against_the_log(Told told, int times, Fate fate)
    {
        var command = Ask(told);
        for (var time = 0; time < times; time++)
        {
            Write($"toy.note-{time}", 0, "toy.note-written.v2", command);
        }

        var verdict = Verdict.Of(_ledger, _log);
        verdict.Of(fate).ShouldBe(1);
        verdict.Wrong.Count.ShouldBe(fate is Fate.Lost or Fate.Duplicated or Fate.Unexpected ? 1 : 0);
    }

    [Fact]
    public void What_nobody_asked_for_is_unexpected()
    {
        Write("toy.note-a", 0, "toy.note-written.v2", Ask(Told.Done));
        Write("toy.note-b", 0, "toy.note-written.v2", Guid.NewGuid());
        Write("toy.note-b", 1, "toy.note-written-off.v1", Guid.NewGuid());
        Verdict.Of(_ledger, _log).Of(Fate.Unexpected).ShouldBe(1);
    }

    [Fact]
    public void A_command_of_anybody_that_appends_a_second_time_is_found()
    {
        var consumer = Guid.NewGuid();
        Write("toy.child-a", 0, "toy.task-opened.v1", consumer);
        Write("toy.child-a", 1, "toy.task-opened.v1", consumer);
        Verdict.Of(_ledger, _log).Of(Fate.Duplicated).ShouldBe(0, "one append of two events");
        Write("toy.child-a", 2, "toy.task-opened.v1", Guid.NewGuid());
        Write("toy.child-a", 3, "toy.task-opened.v1", consumer);
        Verdict.Of(_ledger, _log).Of(Fate.Duplicated).ShouldBe(1);
    }

    [Fact]
    public void A_message_that_is_learned_twice_is_found()
    {
        var consumer = Guid.NewGuid();
        Write("toy.child-a", 0, "toy.child-learned.v1", consumer);
        Write("toy.child-a", 1, "toy.child-learned.v1", consumer);
        Verdict.Of(_ledger, _log).Wrong.ShouldHaveSingleItem().ShouldContain("toy.child-learned.v1");
    }

    [Fact]
    public void What_was_answered_as_it_must_not_be_is_unexpected()
    {
        _ledger.Surprised("shown as closed");
        Verdict.Of(_ledger, _log).Wrong.ShouldHaveSingleItem().ShouldContain("shown as closed");
    }

    private Guid Ask(Told told)
    {
        var command = Guid.NewGuid();
        _ledger.Begin(Note, command).Told = told;
        return command;
    }

    private void Write(string stream, long revision, string type, Guid command)
    {
        var metadata = $$"""{"subject":"none","occurredAt":"2026-09-02T09:15:00Z","actor":{"role":"system","client":"toy"},"correlationId":"{{command}}","causationId":"{{command}}","contentType":"application/json"}""";
        _log.Add(new(new(_log.Count + 1), stream, revision, Guid.NewGuid(), type, "{}"u8.ToArray(), Encoding.UTF8.GetBytes(metadata), DateTimeOffset.UtcNow));
    }
}
