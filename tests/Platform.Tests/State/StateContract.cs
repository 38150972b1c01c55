using Barnahus.Platform.EventLog;
using Barnahus.Platform.State;

namespace Barnahus.Platform.Tests.State;

/// <summary>What every state store promises; two processes are two stores opened on the same data.</summary>
public abstract class StateContract : IAsyncLifetime
{
    protected static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    protected static readonly CancellationToken None = CancellationToken.None;

    protected IStateStore Here { get; private set; } = null!;

    protected IStateStore There { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await PrepareAsync();
        (Here, There) = (Open(), Open());
    }

    public async Task DisposeAsync()
    {
        await CloseAsync();
        await CleanAsync();
    }

    /// <summary>Makes the place where the state is kept, empty; skips when there is none on this machine.</summary>
    protected abstract Task PrepareAsync();

    protected abstract IStateStore Open();

    /// <summary>How finely the test can tell times apart.</summary>
    protected virtual TimeSpan Shortest => TimeSpan.FromMilliseconds(1);

    /// <summary>Lets time pass for the leases.</summary>
    protected abstract Task PassAsync(TimeSpan passed);

    protected abstract Task CleanAsync();

    private async Task CloseAsync()
    {
        foreach (var store in new[] { Here, There }.OfType<IAsyncDisposable>())
        {
            await store.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task A_lease_is_one_holders_until_it_ends()
    {
        (await Here.TryLeaseAsync("job", "a", Minute, None)).ShouldBe(new Lease("job", "a", 1));
        (await There.TryLeaseAsync("job", "b", Minute, None)).ShouldBeNull();
        await PassAsync(Minute - Shortest);
        (await There.TryLeaseAsync("job", "b", Minute, None)).ShouldBeNull();
        await PassAsync(Shortest);
        (await There.TryLeaseAsync("job", "b", Minute, None)).ShouldBe(new Lease("job", "b", 2));
        (await Here.TryLeaseAsync("job", "a", Minute, None)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Renewing_keeps_the_token_and_extends_from_now()
    {
        var lease = await Here.TryLeaseAsync("job", "a", Minute, None);
        await PassAsync(Minute * 0.9);
        (await Here.TryLeaseAsync("job", "a", Minute, None)).ShouldBe(lease);
        await PassAsync(Minute * 0.9);
        (await There.TryLeaseAsync("job", "b", Minute, None)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task A_released_lease_is_free_at_once_and_a_late_release_takes_nothing()
    {
        var first = (await Here.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        await Here.ReleaseAsync(first, None);
        (await There.TryLeaseAsync("job", "b", Minute, None)).ShouldBe(new Lease("job", "b", 2));
        await Here.ReleaseAsync(first, None);
        (await Here.TryLeaseAsync("job", "a", Minute, None)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Leases_of_other_names_are_other_leases()
    {
        await Here.TryLeaseAsync("job", "a", Minute, None);
        (await There.TryLeaseAsync("other", "b", Minute, None)).ShouldBe(new Lease("other", "b", 1));
    }

    [SkippableFact]
    public async Task A_checkpoint_comes_back_and_there_is_none_before_the_first()
    {
        (await Here.LoadAsync("job", None)).ShouldBeNull();
        var lease = (await Here.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        await Here.SaveAsync(lease, new LogPosition(7), None);
        await Here.SaveAsync(lease, new LogPosition(9), None);
        (await There.LoadAsync("job", None)).ShouldBe(new LogPosition(9));
        (await There.LoadAsync("other", None)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task A_late_writer_is_fenced_off_even_before_the_new_holder_has_written()
    {
        var old = (await Here.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        await Here.SaveAsync(old, new LogPosition(5), None);
        await PassAsync(Minute);
        var current = (await There.TryLeaseAsync("job", "b", Minute, None)).ShouldNotBeNull();

        await Should.ThrowAsync<FencedException>(() => Here.SaveAsync(old, new LogPosition(6), None));
        (await There.LoadAsync("job", None)).ShouldBe(new LogPosition(5));
        await There.SaveAsync(current, new LogPosition(8), None);
        await Should.ThrowAsync<FencedException>(() => Here.SaveAsync(old, new LogPosition(6), None));
        (await Here.LoadAsync("job", None)).ShouldBe(new LogPosition(8));
    }

    [SkippableFact]
    public async Task A_lease_that_was_never_granted_saves_nothing()
    {
        await Should.ThrowAsync<FencedException>(() => Here.SaveAsync(new Lease("job", "a", 1), new LogPosition(1), None));
        await Here.TryLeaseAsync("job", "a", Minute, None);
        await Should.ThrowAsync<FencedException>(() => Here.SaveAsync(new Lease("job", "b", 1), new LogPosition(1), None));
        (await Here.LoadAsync("job", None)).ShouldBeNull();
    }

    [SkippableFact]
    public async Task Tokens_and_checkpoints_outlive_a_restart()
    {
        var lease = (await Here.TryLeaseAsync("job", "a", Minute, None)).ShouldNotBeNull();
        await Here.SaveAsync(lease, new LogPosition(3), None);
        await CloseAsync();
        (Here, There) = (Open(), Open());
        (await Here.LoadAsync("job", None)).ShouldBe(new LogPosition(3));
        await PassAsync(Minute);
        (await Here.TryLeaseAsync("job", "b", Minute, None)).ShouldBe(new Lease("job", "b", 2));
    }

    [SkippableFact]
    public async Task Of_many_who_ask_at_once_one_gets_it()
    {
        for (var round = 0; round < 20; round++)
        {
            var name = $"job-{round}";
            var asked = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(
                () => (i % 2 == 0 ? Here : There).TryLeaseAsync(name, $"holder-{i}", Minute, None))));
            asked.Where(lease => lease is not null).ShouldHaveSingleItem()!.Token.ShouldBe(1);
        }
    }
}
