using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>When somebody else was first, a command is decided again, unless it rests on what its sender saw.</summary>
public sealed class RetryTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly Guid Child = Guid.Parse("01980000-0000-7000-8000-00000000c41d");
    private static readonly Decider<object, int> Decider = new(0, (_, _) => Decision.Accept(new NoteCounted(Child)), (count, _) => count + 1);
    private TemporaryLog _temporary = null!;
    private SteeredLog _log = null!;
    private EventCodec _codec = null!;
    private CommandHandler _handler = null!;

    public Task InitializeAsync()
    {
        _temporary = new TemporaryLog();
        _log = new SteeredLog(_temporary.Log);
        _codec = new EventCodec(new EventTypes([new EventSource("toy", [typeof(NoteCounted)])]), new MemoryKeyVault());
        _handler = new CommandHandler(_log, _codec);
        return Task.CompletedTask;
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task A_plain_command_is_decided_again_on_what_is_then_true()
    {
        await SomebodyElseIsFirstAsync();
        (await _handler.HandleAsync(Decider, Toy.Stream(Child), new object(), Context(), default)).State.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_its_sender_judged_is_not_and_changes_nothing()
    {
        await SomebodyElseIsFirstAsync();
        await Should.ThrowAsync<WrongRevisionException>(() => _handler.HandleAsync(Decider, Toy.Stream(Child), new Judged(), Context(), default));
        (await _handler.StateAsync(Decider, Toy.Stream(Child), default)).State.ShouldBe(1, "the other's");
        (await _handler.HandleAsync(Decider, Toy.Stream(Child), new Judged(), Context(), default)).State.ShouldBe(2, "sent again, after looking again");
    }

    private static CommandContext Context()
    {
        var id = Guid.CreateVersion7();
        return new CommandContext(id, Actor.System("test"), null, TimeProvider.System.GetUtcNow(), id);
    }

    /// <summary>Between the reading and the appending of the next command.</summary>
    private async Task SomebodyElseIsFirstAsync()
    {
        var theirs = await _codec.EncodeAsync(Toy.Stream(Child), [new NoteCounted(Child)], Context(), default);
        _log.BeforeAppend = stream =>
        {
            _log.BeforeAppend = null;
            _temporary.Log.AppendAsync(stream, StreamRevision.None, theirs, default).GetAwaiter().GetResult();
        };
    }

    private sealed record Judged : IDecidedOnce;
}
