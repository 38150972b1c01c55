using Barnahus.Platform.EventLog;
using Barnahus.Platform.State;

namespace Barnahus.Platform.Tests.State;

public sealed class StateStoreTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly string folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
    private readonly SetTime time = new();
    private SqliteStateStore here = null!;
    private SqliteStateStore there = null!;

    // Two processes are two connections to one file.
    public Task InitializeAsync()
    {
        here = SqliteStateStore.Open(Path.Combine(folder, "state.db"), time);
        there = SqliteStateStore.Open(Path.Combine(folder, "state.db"), time);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await here.DisposeAsync();
        await there.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_lease_is_one_holders_until_it_ends()
    {
        (await here.TryLeaseAsync("job", "a", Minute, None)).ShouldBe(new Lease("job", "a", 1));
        (await there.TryLeaseAsync("job", "b", Minute, None)).ShouldBeNull();
        time.Pass(Minute - TimeSpan.FromMilliseconds(1));
        (await there.TryLeaseAsync("job", "b", Minute, None)).ShouldBeNull();
        time.Pass(TimeSpan.FromMilliseconds(1));
        (await there.TryLeaseAsync("job", "b", Minute, None)).ShouldBe(new Lease("job", "b", 2));
        (await here.TryLeaseAsync("job", "a", Minute, None)).ShouldBeNull();
    }

    [Fact]
    public async Task Renewing_keeps_the_token_and_extends_from_now()
    {
        var lease = await here.TryLeaseAsync("job", "a", Minute, None);
        time.Pass(Minute * 0.9);
        (await here.TryLeaseAsync("job", "a", Minute, None)).ShouldBe(lease);
        time.Pass(Minute * 0.9);
        (await there.TryLeaseAsync("job", "b", Minute, None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_released_lease_is_free_at_once_and_a_late_release_takes_nothing()
    {
        var first = (await here.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        await here.ReleaseAsync(first, None);
        (await there.TryLeaseAsync("job", "b", Minute, None)).ShouldBe(new Lease("job", "b", 2));
        await here.ReleaseAsync(first, None);
        (await here.TryLeaseAsync("job", "a", Minute, None)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_starts_alone_waits_for_no_lease_of_a_crash_and_fences_it()
    {
        var crashed = (await here.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        await here.SaveAsync(crashed, new LogPosition(7), None);
        await using var alone = SqliteStateStore.Open(Path.Combine(folder, "state.db"), time, alone: true);
        (await alone.TryLeaseAsync("job", "b", Minute, None)).ShouldBe(new Lease("job", "b", 2));
        (await alone.LoadAsync("job", None)).ShouldBe(new LogPosition(7));
        await Should.ThrowAsync<FencedException>(() => here.SaveAsync(crashed, new LogPosition(9), None));
        (await there.TryLeaseAsync("job", "c", Minute, None)).ShouldBeNull();
    }

    [Fact]
    public async Task Leases_of_other_names_are_other_leases()
    {
        await here.TryLeaseAsync("job", "a", Minute, None);
        (await there.TryLeaseAsync("other", "b", Minute, None)).ShouldBe(new Lease("other", "b", 1));
    }

    [Fact]
    public async Task A_checkpoint_comes_back_and_there_is_none_before_the_first()
    {
        (await here.LoadAsync("job", None)).ShouldBeNull();
        var lease = (await here.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        await here.SaveAsync(lease, new LogPosition(7), None);
        await here.SaveAsync(lease, new LogPosition(9), None);
        (await there.LoadAsync("job", None)).ShouldBe(new LogPosition(9));
        (await there.LoadAsync("other", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_late_writer_is_fenced_off_even_before_the_new_holder_has_written()
    {
        var old = (await here.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        await here.SaveAsync(old, new LogPosition(5), None);
        time.Pass(Minute);
        var current = (await there.TryLeaseAsync("job", "b", Minute, None)).ShouldNotBeNull();

        await Should.ThrowAsync<FencedException>(() => here.SaveAsync(old, new LogPosition(6), None));
        (await there.LoadAsync("job", None)).ShouldBe(new LogPosition(5));
        await there.SaveAsync(current, new LogPosition(8), None);
        await Should.ThrowAsync<FencedException>(() => here.SaveAsync(old, new LogPosition(6), None));
        (await here.LoadAsync("job", None)).ShouldBe(new LogPosition(8));
    }

    [Fact]
    public async Task A_lease_that_was_never_granted_saves_nothing()
    {
        await Should.ThrowAsync<FencedException>(() => here.SaveAsync(new Lease("job", "a", 1), new LogPosition(1), None));
        await here.TryLeaseAsync("job", "a", Minute, None);
        await Should.ThrowAsync<FencedException>(() => here.SaveAsync(new Lease("job", "b", 1), new LogPosition(1), None));
        (await here.LoadAsync("job", None)).ShouldBeNull();
    }

    [Fact]
    public async Task Tokens_and_checkpoints_outlive_a_restart()
    {
        var lease = (await here.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        await here.SaveAsync(lease, new LogPosition(3), None);
        await DisposeStoresAsync();
        await InitializeAsync();
        (await here.LoadAsync("job", None)).ShouldBe(new LogPosition(3));
        time.Pass(Minute);
        (await here.TryLeaseAsync("job", "b", Minute, None)).ShouldBe(new Lease("job", "b", 2));
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_gets_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var name = $"job-{round}";
            var asked = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(
                () => (i % 2 == 0 ? here : there).TryLeaseAsync(name, $"holder-{i}", Minute, None))));
            asked.Where(lease => lease is not null).ShouldHaveSingleItem()!.Token.ShouldBe(1);
        }
    }

    private async Task DisposeStoresAsync()
    {
        await here.DisposeAsync();
        await there.DisposeAsync();
    }

    private sealed class SetTime : TimeProvider
    {
        private DateTimeOffset now = new(2026, 9, 8, 9, 0, 0, TimeSpan.Zero);

        public void Pass(TimeSpan passed) => now += passed;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
