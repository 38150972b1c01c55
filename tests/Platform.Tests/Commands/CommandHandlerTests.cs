using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.Commands;

/// <summary>What a handler remembers of a stream changes nothing but the work: it decides on what the log says now.</summary>
public sealed class CommandHandlerTests : IAsyncDisposable
{
    private const string Stream = "sheet.one";
    private readonly TemporaryLog _temporary = new();
    private readonly CountingLog _log;
    private readonly EventCodec _codec = new(new EventTypes([new EventSource("sheet", [typeof(LineWritten)])]), new MemoryKeyVault());
    private readonly CommandHandler _handler;

    public CommandHandlerTests()
    {
        _log = new CountingLog(_temporary.Log);
        _handler = new CommandHandler(_log, _codec);
    }

    private static Decider<string, Sheet> Decider { get; } = new(
        Sheet.Empty,
        (line, sheet) => Decision.Accept(new LineWritten(Guid.Empty, sheet.Lines + 1, Personal.Of(line))),
        (sheet, e) => new Sheet(sheet.Lines + 1, ((LineWritten)e).Text));

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Only_what_is_new_is_read()
    {
        await WriteAsync(_handler, "a", "b", "c");
        _log.Read = 0;
        (await WriteAsync(_handler, "d")).State.Lines.ShouldBe(4);
        _log.Read.ShouldBe(1, "of four events only the last was not yet known");
        (await _handler.StateAsync(Decider, Stream, default)).ShouldSatisfyAllConditions(
            read => read.State.Lines.ShouldBe(4), read => read.Revision.ShouldBe(3));
    }

    [Fact]
    public async Task What_another_process_appended_is_decided_on()
    {
        await WriteAsync(_handler, "a");
        var other = new CommandHandler(_temporary.Log, _codec);
        await WriteAsync(other, "b", "c");
        var result = await WriteAsync(_handler, "d");
        result.Revision.ShouldBe(3);
        result.Events.ShouldHaveSingleItem().ShouldBeOfType<LineWritten>().Number.ShouldBe(4);
    }

    [Fact]
    public async Task A_repeated_command_gets_its_first_result_however_long_ago_and_by_whomever()
    {
        var other = new CommandHandler(_temporary.Log, _codec);
        var elsewhere = Context();
        await WriteAsync(_handler, "a");
        await other.HandleAsync(Decider, Stream, "b", elsewhere, default);
        await WriteAsync(_handler, "c", "d");
        var again = await _handler.HandleAsync(Decider, Stream, "b", elsewhere, default);
        (again.State.Lines, again.Revision, again.Events.Count).ShouldBe((2, 1, 1));
        (await _log.ReadStreamAsync(Stream, 0, 100, ReadDirection.Forwards, default)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task What_is_remembered_is_sealed()
    {
        (await WriteAsync(_handler, "a")).State.Last!.IsPlain.ShouldBeTrue("its author still knows it");
        for (var i = 0; i < 2; i++)
        {
            (await _handler.StateAsync(Decider, Stream, default)).State.Last!.IsPlain.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Streams_that_were_forgotten_are_read_again()
    {
        await WriteAsync(_handler, "a", "b");
        for (var i = 0; i < 2500; i++)
        {
            await _handler.StateAsync(Decider, $"sheet.other-{i}", default);
        }

        _log.Read = 0;
        (await _handler.StateAsync(Decider, Stream, default)).State.Lines.ShouldBe(2);
        _log.Read.ShouldBe(2, "a memory without an end would grow for ever");
    }

    private static CommandContext Context() => new(Guid.CreateVersion7(), Actor.System("sheet"), null, DateTimeOffset.UnixEpoch, Guid.Empty);

    private static async Task<CommandResult<Sheet>> WriteAsync(CommandHandler handler, params string[] lines)
    {
        CommandResult<Sheet> result = null!;
        foreach (var line in lines)
        {
            result = await handler.HandleAsync(Decider, Stream, line, Context(), default);
        }

        return result;
    }

    private sealed record Sheet(int Lines, Personal<string>? Last)
    {
        public static readonly Sheet Empty = new(0, null);
    }

    [EventType("sheet.line-written.v1")]
    private sealed record LineWritten(Guid ChildId, int Number, [property: Personal(Regime.Police)] Personal<string> Text) : IEvent
    {
        public SubjectId Subject => SubjectId.Child(ChildId);
    }

    private sealed class CountingLog(IEventLog log) : IEventLog
    {
        /// <summary>Events of streams that were read.</summary>
        public int Read { get; set; }

        public Task<Appended> AppendAsync(string stream, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken) =>
            log.AppendAsync(stream, expectedRevision, events, cancellationToken);

        public async Task<IReadOnlyList<LoggedEvent>> ReadStreamAsync(
            string stream, long fromRevision, int maxCount, ReadDirection direction, CancellationToken cancellationToken)
        {
            var page = await log.ReadStreamAsync(stream, fromRevision, maxCount, direction, cancellationToken);
            Read += page.Count;
            return page;
        }

        public Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(LogPosition after, int maxCount, CancellationToken cancellationToken) =>
            log.ReadAllAsync(after, maxCount, cancellationToken);

        public Task<LoggedEvent?> ReadAtAsync(LogPosition position, CancellationToken cancellationToken) => log.ReadAtAsync(position, cancellationToken);

        public IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(LogPosition after, CancellationToken cancellationToken) =>
            log.FollowAsync(after, cancellationToken);

        public Task<LogPosition> HeadAsync(CancellationToken cancellationToken) => log.HeadAsync(cancellationToken);
    }
}
