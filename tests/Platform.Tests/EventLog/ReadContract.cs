using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Tests.EventLog;

public abstract class ReadContract : LogContract
{
    private static readonly long[] Ten = [.. Enumerable.Range(0, 10).Select(i => (long)i)];

    [SkippableFact]
    public async Task A_stream_that_does_not_exist_has_no_events()
    {
        (await ReadAsync(NewStream())).ShouldBeEmpty();
        (await ReadAsync(NewStream(), long.MaxValue, 10, ReadDirection.Backwards)).ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(0, 3, new long[] { 0, 1, 2 })]
    [InlineData(3, 3, new long[] { 3, 4, 5 })]
    [InlineData(8, 5, new long[] { 8, 9 })]
    [InlineData(10, 5, new long[0])]
    [InlineData(long.MaxValue, 5, new long[0])]
    public async Task Forwards_from_a_revision_on(long from, int max, long[] expected) =>
        (await ReadAsync(await TenAsync(), from, max)).Select(e => e.Revision).ShouldBe(expected);

    [SkippableTheory]
    [InlineData(long.MaxValue, 3, new long[] { 9, 8, 7 })]
    [InlineData(5, 3, new long[] { 5, 4, 3 })]
    [InlineData(1, 5, new long[] { 1, 0 })]
    [InlineData(0, 5, new long[] { 0 })]
    public async Task Backwards_from_a_revision_down(long from, int max, long[] expected) =>
        (await ReadAsync(await TenAsync(), from, max, ReadDirection.Backwards)).Select(e => e.Revision).ShouldBe(expected);

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task Pages_join_to_the_whole_stream_in_both_directions(int size)
    {
        var stream = await TenAsync();
        var forwards = new List<long>();
        while (await ReadAsync(stream, forwards.Count, size) is { Count: > 0 } page)
        {
            forwards.AddRange(page.Select(e => e.Revision));
        }

        forwards.ShouldBe(Ten);
        var backwards = new List<long>();
        for (var from = long.MaxValue; from >= 0; from = backwards[^1] - 1)
        {
            var page = await ReadAsync(stream, from, size, ReadDirection.Backwards);
            backwards.AddRange(page.Select(e => e.Revision));
        }

        backwards.ShouldBe(Ten.Reverse());
    }

    [SkippableFact]
    public async Task All_streams_come_in_the_order_of_appending_from_any_position()
    {
        var (one, other) = (NewStream(), NewStream());
        await AppendAsync(one, StreamRevision.None, Events(2));
        await AppendAsync(other, StreamRevision.None, Events(1));
        await AppendAsync(one, 1, Events(1));
        var all = await ReadAllAsync();

        all.Select(e => (e.Stream, e.Revision)).ShouldBe([(one, 0), (one, 1), (other, 0), (one, 2)]);
        all[0].Position.ShouldBeGreaterThan(LogPosition.Start);
        for (var i = 0; i < all.Count; i++)
        {
            (await ReadAllAsync(all[i].Position)).Select(e => e.Id).ShouldBe(all.Skip(i + 1).Select(e => e.Id));
        }
    }

    [SkippableFact]
    public async Task A_printed_position_reads_on_where_it_was()
    {
        await AppendAsync(NewStream(), StreamRevision.None, Events(3));
        var all = await ReadAllAsync();
        LogPosition.TryParse(all[1].Position.ToString(), out var position).ShouldBeTrue();
        (await ReadAllAsync(position)).ShouldHaveSingleItem().Id.ShouldBe(all[2].Id);
    }

    [SkippableFact]
    public async Task At_a_position_stands_its_event_alone()
    {
        (await Log.ReadAtAsync(LogPosition.Start, None)).ShouldBeNull();
        await AppendAsync(NewStream(), StreamRevision.None, Events(2));
        await AppendAsync(NewStream(), StreamRevision.None, Event(new string('x', 200_000)));
        await AppendAsync(NewStream(), StreamRevision.None, Events(2));
        foreach (var e in await ReadAllAsync())
        {
            var found = (await Log.ReadAtAsync(e.Position, None)).ShouldNotBeNull();
            (found.Id, found.Position, found.Stream, found.Revision, Text(found.Data)).ShouldBe((e.Id, e.Position, e.Stream, e.Revision, Text(e.Data)));
        }

        (await Log.ReadAtAsync(LogPosition.Start, None)).ShouldBeNull();
        (await Log.ReadAtAsync(new((await Log.HeadAsync(None)).Value + 1), None)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task The_head_is_the_start_of_an_empty_log_and_then_the_last_event()
    {
        (await Log.HeadAsync(None)).ShouldBe(LogPosition.Start);
        var appended = await AppendAsync(NewStream(), StreamRevision.None, Events(3));
        (await Log.HeadAsync(None)).ShouldBe(appended.Position);
        await Should.ThrowAsync<WrongRevisionException>(() => AppendAsync(NewStream(), 7, Event()));
        (await Log.HeadAsync(None)).ShouldBe(appended.Position);
        (await (await Engine.RestartAsync()).HeadAsync(None)).ShouldBe(appended.Position);
    }

    [SkippableFact]
    public async Task What_was_appended_is_read_at_once_and_after_a_restart()
    {
        var stream = await TenAsync();
        var before = await ReadAllAsync();
        await Engine.RestartAsync();
        var after = await ReadAllAsync();

        after.Select(e => (e.Id, e.Position, e.Stream, e.Revision, e.Type, e.RecordedAt, Text(e.Data)))
            .ShouldBe(before.Select(e => (e.Id, e.Position, e.Stream, e.Revision, e.Type, e.RecordedAt, Text(e.Data))));
        (await AppendAsync(stream, 9, Event())).Position.ShouldBeGreaterThan(before[^1].Position);
    }

    /// <summary>What a proof is made of is the same whoever kept it, however it is read, after every restart.</summary>
    [SkippableFact]
    public async Task The_hash_of_what_was_appended_is_the_hash_of_what_is_read()
    {
        var stream = NewStream();
        EventToAppend[] events = [Event("""{"text":"Zoë € 𝄞","empty":"","zero":0.10}"""), Event(" {\t}\n"), Event(new string('x', 200_000))];
        await AppendAsync(stream, StreamRevision.None, events);
        var appended = events.Select((e, i) => Hash(new(default, stream, i, e.Id, e.Type, e.Data, e.Metadata, default))).ToList();
        (await ReadAsync(stream)).Select(Hash).ShouldBe(appended);
        (await ReadAsync(stream, long.MaxValue, 10, ReadDirection.Backwards)).Reverse().Select(Hash).ShouldBe(appended);
        await Engine.RestartAsync();
        (await ReadAllAsync()).Where(e => e.Stream == stream).Select(Hash).ShouldBe(appended);
    }

    [SkippableFact]
    public async Task A_page_holds_at_least_one_event()
    {
        await Should.ThrowAsync<ArgumentException>(() => ReadAsync(NewStream(), 0, 0));
        await Should.ThrowAsync<ArgumentException>(() => Log.ReadAllAsync(LogPosition.Start, 0, None));
    }

    [SkippableFact]
    public async Task A_cancelled_read_gives_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => Log.ReadAllAsync(LogPosition.Start, 1, cancelled.Token));
        await Should.ThrowAsync<OperationCanceledException>(
            () => Log.ReadStreamAsync(NewStream(), 0, 1, ReadDirection.Forwards, cancelled.Token));
    }

    private static string Hash(LoggedEvent logged) => Convert.ToHexString(CanonicalEvent.Hash(logged));

    private async Task<string> TenAsync()
    {
        var stream = NewStream();
        await AppendAsync(NewStream(), StreamRevision.None, Events(1));
        await AppendAsync(stream, StreamRevision.None, Events(6));
        await AppendAsync(NewStream(), StreamRevision.None, Events(1));
        await AppendAsync(stream, 5, Events(4));
        return stream;
    }
}
