using Barnahus.Platform.EventLog;
using Barnahus.Platform.State;

namespace Barnahus.Platform.Tests.State;

public sealed class SqliteStateTests : StateContract
{
    private readonly string folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
    private readonly SetTime time = new();

    [Fact]
    public async Task Who_starts_alone_waits_for_no_lease_of_a_crash_and_fences_it()
    {
        var crashed = (await Here.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        await Here.SaveAsync(crashed, new LogPosition(7), None);
        await using var alone = SqliteStateStore.Open(Path.Combine(folder, "state.db"), time, alone: true);
        (await alone.TryLeaseAsync("job", "b", Minute, None)).ShouldBe(new Lease("job", "b", 2));
        (await alone.LoadAsync("job", None)).ShouldBe(new LogPosition(7));
        await Should.ThrowAsync<FencedException>(() => Here.SaveAsync(crashed, new LogPosition(9), None));
        (await There.TryLeaseAsync("job", "c", Minute, None)).ShouldBeNull();
    }

    protected override Task PrepareAsync() => Task.CompletedTask;

    protected override IStateStore Open() => SqliteStateStore.Open(Path.Combine(folder, "state.db"), time);

    protected override Task PassAsync(TimeSpan passed)
    {
        time.Pass(passed);
        return Task.CompletedTask;
    }

    protected override Task CleanAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }

    private sealed class SetTime : TimeProvider
    {
        private DateTimeOffset now = new(2026, 9, 8, 9, 0, 0, TimeSpan.Zero);

        public void Pass(TimeSpan passed) => now += passed;

        public override DateTimeOffset GetUtcNow() => now;
    }
}
