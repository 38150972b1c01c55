using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Tests.EventLog;

public abstract class AppendContract : LogContract
{
    [SkippableFact]
    public async Task The_first_event_of_a_stream_has_revision_0_and_all_that_was_given()
    {
        var stream = NewStream();
        var given = Event("""{"a":1}""");
        var before = DateTimeOffset.UtcNow.AddMilliseconds(-1);
        var appended = await AppendAsync(stream, StreamRevision.None, given);
        var read = (await ReadAsync(stream)).ShouldHaveSingleItem();

        appended.ShouldBe(new Appended(0, read.Position));
        (read.Stream, read.Revision, read.Id, read.Type).ShouldBe((stream, 0, given.Id, given.Type));
        (Text(read.Data), Text(read.Metadata)).ShouldBe(("""{"a":1}""", Text(given.Metadata)));
        read.RecordedAt.ShouldBeInRange(before, DateTimeOffset.UtcNow);
    }

    [SkippableFact]
    public async Task Several_events_come_in_their_order_with_rising_positions()
    {
        var stream = NewStream();
        await AppendAsync(stream, StreamRevision.None, Events(3));
        var appended = await AppendAsync(stream, 2, Events(4));
        var read = await ReadAsync(stream);

        read.Select(e => e.Revision).ShouldBe([0, 1, 2, 3, 4, 5, 6]);
        read.Select(e => Text(e.Data)).ShouldBe(["""{"n":0}""", """{"n":1}""", """{"n":2}""", """{"n":0}""", """{"n":1}""", """{"n":2}""", """{"n":3}"""]);
        read.Zip(read.Skip(1)).ShouldAllBe(pair => pair.First.Position < pair.Second.Position);
        appended.ShouldBe(new Appended(6, read[^1].Position));
    }

    [SkippableTheory]
    [InlineData(StreamRevision.None)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(9)]
    public async Task Another_revision_than_expected_is_refused_and_leaves_nothing(long expected)
    {
        var stream = NewStream();
        await AppendAsync(stream, StreamRevision.None, Events(2));
        var refused = await Should.ThrowAsync<WrongRevisionException>(() => AppendAsync(stream, expected, Event()));

        (refused.Stream, refused.Expected, refused.Actual).ShouldBe((stream, expected, 1));
        (await ReadAsync(stream)).Count.ShouldBe(2);
    }

    [SkippableFact]
    public async Task A_stream_that_does_not_exist_is_at_no_revision()
    {
        var refused = await Should.ThrowAsync<WrongRevisionException>(() => AppendAsync(NewStream(), 0, Event()));
        refused.Actual.ShouldBe(StreamRevision.None);
    }

    [SkippableFact]
    public async Task The_same_events_at_the_same_revision_give_the_first_result_again()
    {
        var stream = NewStream();
        await AppendAsync(stream, StreamRevision.None, Events(1));
        var events = Events(3);
        var first = await AppendAsync(stream, 0, events);
        await AppendAsync(stream, 3, Events(2));
        await AppendAsync(NewStream(), StreamRevision.None, Events(1));

        (await AppendAsync(stream, 0, events)).ShouldBe(first);
        (await Engine.RestartAsync()).ShouldNotBeNull();
        (await AppendAsync(stream, 0, events)).ShouldBe(first);
        (await ReadAsync(stream)).Count.ShouldBe(6);
    }

    [SkippableFact]
    public async Task A_part_of_the_same_events_is_a_conflict()
    {
        var stream = NewStream();
        var events = Events(2);
        await AppendAsync(stream, StreamRevision.None, events);

        await Should.ThrowAsync<WrongRevisionException>(() => AppendAsync(stream, StreamRevision.None, [.. events, Event()]));
        await Should.ThrowAsync<WrongRevisionException>(() => AppendAsync(stream, StreamRevision.None, events[0], Event()));
        await Should.ThrowAsync<WrongRevisionException>(() => AppendAsync(stream, StreamRevision.None, events[1], events[0]));
        await Should.ThrowAsync<WrongRevisionException>(() => AppendAsync(stream, 0, events));
        (await ReadAsync(stream)).Select(e => e.Id).ShouldBe(events.Select(e => e.Id));
    }

    [SkippableFact]
    public async Task An_event_of_256_KiB_is_taken_and_one_byte_more_is_refused()
    {
        var stream = NewStream();
        var largest = new EventToAppend(Guid.NewGuid(), "test.large.v1", Bytes(EventToAppend.MaxBytes - 100), Bytes(100));
        var tooLarge = new EventToAppend(Guid.NewGuid(), "test.large.v1", Bytes(EventToAppend.MaxBytes - 100), Bytes(101));
        await AppendAsync(stream, StreamRevision.None, largest);
        var refused = await Should.ThrowAsync<EventTooLargeException>(() => AppendAsync(stream, 0, Event(), tooLarge));

        refused.Bytes.ShouldBe(EventToAppend.MaxBytes + 1);
        var read = (await ReadAsync(stream)).ShouldHaveSingleItem();
        read.Data.Span.SequenceEqual(largest.Data.Span).ShouldBeTrue();
        read.Metadata.Span.SequenceEqual(largest.Metadata.Span).ShouldBeTrue();
    }

    [SkippableTheory]
    [InlineData("""{"naam":"Žofie Grünwald-O’Brien"}""")]
    [InlineData("""{"naam":"Nguyễn Thị Linh"}""")]
    [InlineData("""{"wens":"ik wil 🐈 mee, en 👩‍👧"}""")]
    [InlineData("{\"null\":\"\0\"}")]
    [InlineData("{\"rtl\":\"\u0645\u0631\u062d\u0628\u0627\",\"combining\":\"e\u0301\"}")]
    [InlineData("")]
    public async Task Content_comes_back_byte_for_byte(string content)
    {
        var stream = NewStream();
        var given = Event(content);
        await AppendAsync(stream, StreamRevision.None, given);
        var read = (await ReadAsync(stream)).ShouldHaveSingleItem();
        read.Data.ToArray().ShouldBe(given.Data.ToArray());
        (await ReadAllAsync())[^1].Data.ToArray().ShouldBe(given.Data.ToArray());
    }

    [SkippableFact]
    public async Task A_part_of_a_larger_buffer_is_appended_as_that_part()
    {
        var stream = NewStream();
        var buffer = Bytes(100);
        await AppendAsync(stream, StreamRevision.None, new EventToAppend(Guid.NewGuid(), "test.part.v1", buffer.AsMemory(10, 20), buffer.AsMemory(90)));
        var read = (await ReadAsync(stream)).ShouldHaveSingleItem();
        read.Data.ToArray().ShouldBe(buffer[10..30]);
        read.Metadata.ToArray().ShouldBe(buffer[90..]);
    }

    [SkippableFact]
    public async Task Streams_whose_names_differ_only_in_case_or_accents_are_different_streams()
    {
        string[] streams = ["test.Thing-\u00e9", "test.thing-\u00e9", "test.thing-e", "test.thing-e\u0301"];
        foreach (var stream in streams)
        {
            await AppendAsync(stream, StreamRevision.None, Event($"\"{stream}\""));
        }

        foreach (var stream in streams)
        {
            Text((await ReadAsync(stream)).ShouldHaveSingleItem().Data).ShouldBe($"\"{stream}\"");
        }
    }

    [SkippableFact]
    public async Task What_makes_no_sense_is_refused()
    {
        await Should.ThrowAsync<ArgumentException>(() => AppendAsync(NewStream(), StreamRevision.None));
        await Should.ThrowAsync<ArgumentException>(() => AppendAsync(NewStream(), -2, Event()));
        await Should.ThrowAsync<ArgumentException>(() => AppendAsync("", StreamRevision.None, Event()));
        (await ReadAllAsync()).ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Who_cancelled_before_left_nothing()
    {
        var stream = NewStream();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Log.AppendAsync(stream, StreamRevision.None, Events(1), cancelled.Token));
        (await ReadAsync(stream)).ShouldBeEmpty();
    }

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Random.Shared.NextBytes(bytes);
        return bytes;
    }
}
