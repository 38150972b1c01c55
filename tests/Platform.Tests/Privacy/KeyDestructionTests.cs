using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Tests.Hosting;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>A destruction that was decided is carried out once and for all, wherever the process ended.</summary>
public sealed class KeyDestructionTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly DateTimeOffset Decided = new(2026, 9, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly KeyName Key = new(SubjectId.Child(Guid.Parse("01980000-0000-7000-8000-00000000c41d")), Regime.Police);
    private static readonly KeyName Other = Key with { Regime = Regime.Care };
    private TemporaryLog _temporary = null!;
    private MemoryKeyVault _vault = null!;
    private SteeredLog _log = null!;

    public async Task InitializeAsync()
    {
        _temporary = new TemporaryLog();
        _log = new SteeredLog(_temporary.Log);
        _vault = new MemoryKeyVault();
        await _vault.GetOrCreateAsync(Key, default);
        await _vault.GetOrCreateAsync(Other, default);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _temporary.DisposeAsync();

    [Fact]
    public async Task Decided_destroyed_and_done_in_this_order_and_no_other_key_is_touched()
    {
        await Start(_vault).DestroyAsync(Key, Command(), default);
        _vault.Get(Key).ShouldBe(new KeyState.Destroyed(Decided));
        _vault.Get(Other).ShouldBeOfType<KeyState.Present>();
        (await TypesAsync()).ShouldBe(["vault.destruction-decided.v1", "vault.key-destroyed.v1"]);
        await Start(_vault).DestroyAsync(Key, Command(), default);
        (await TypesAsync()).Count.ShouldBe(2, "again: nothing changes");
    }

    /// <summary>Each place at which the process can end, by which of the two appends fails, before it or after it.</summary>
    [Theory]
    [InlineData(1, false, 0)]
    [InlineData(1, true, 1)]
    [InlineData(2, false, 1)]
    [InlineData(2, true, 2)]
    public async Task What_a_crash_left_half_way_is_done_at_the_next_start(int append, bool applied, int onTheLog)
    {
        var appends = 0;
        void Crash(string stream)
        {
            if (++appends == append)
            {
                throw new IOException("The process ends here.");
            }
        }

        (_log.BeforeAppend, _log.AfterAppend) = applied ? ((Action<string>?)null, (Action<string>)Crash) : (Crash, null);
        await Should.ThrowAsync<IOException>(() => Start(_vault).DestroyAsync(Key, Command(), default));
        (_log.BeforeAppend, _log.AfterAppend) = (null, null);
        (await TypesAsync()).Count.ShouldBe(onTheLog);

        await Start(_vault).ReplayAsync(default);
        if (onTheLog == 0)
        {
            _vault.Get(Key).ShouldBeOfType<KeyState.Present>("what was not decided is not done");
            return;
        }

        _vault.Get(Key).ShouldBe(new KeyState.Destroyed(Decided));
        (await TypesAsync()).ShouldBe(["vault.destruction-decided.v1", "vault.key-destroyed.v1"]);
    }

    [Fact]
    public async Task A_vault_that_does_not_answer_keeps_the_decision_until_it_does()
    {
        _vault.IsUnreachable = true;
        await Should.ThrowAsync<VaultUnreachableException>(() => Start(_vault).DestroyAsync(Key, Command(), default));
        await Should.ThrowAsync<VaultUnreachableException>(() => Start(_vault).ReplayAsync(default));
        (await TypesAsync()).ShouldBe(["vault.destruction-decided.v1"]);
        _vault.IsUnreachable = false;
        await Start(_vault).ReplayAsync(default);
        _vault.Get(Key).ShouldBe(new KeyState.Destroyed(Decided));
        (await TypesAsync()).Count.ShouldBe(2);
    }

    private static CommandContext Command()
    {
        var id = Guid.Parse("01980000-0000-7000-8000-0000000000e1");
        return new CommandContext(id, Actor.System("test"), null, Decided, id);
    }

    /// <summary>As a process that has just started.</summary>
    private KeyDestruction Start(IKeyVault vault) => new(_log, vault);

    private async Task<List<string>> TypesAsync() =>
        [.. (await _log.ReadStreamAsync(KeyDestruction.Stream, 0, 10, ReadDirection.Forwards, default)).Select(e => e.Type)];
}
