using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>
/// What every key vault promises: keys survive a restart, destroyed ones stay destroyed, processes agree, and trouble is never taken for an
/// erasure. Two processes are two vaults opened on the same data.
/// </summary>
public abstract class KeyVaultContract : IAsyncLifetime
{
    protected static readonly KeyName Child = new(SubjectId.Child(Sample.ChildId), Regime.Police);
    protected static readonly KeyName Other = new(SubjectId.Child(Sample.PersonId), Regime.Police);

    protected KeyEncryptionKey Kek { get; } = new(new byte[32]);

    [SkippableFact]
    public async Task A_key_is_the_same_after_a_restart()
    {
        var key = await WithVaultAsync(vault => CreateAsync(vault, Child));
        var secret = await WithVaultAsync(vault => Task.FromResult(vault.MatchKey().ToArray()));

        await WithVaultAsync(async vault =>
        {
            Bytes(vault.Get(Child)).ShouldBe(key);
            (await CreateAsync(vault, Child)).ShouldBe(key);
            vault.MatchKey().ToArray().ShouldBe(secret);
            return true;
        });
    }

    [SkippableFact]
    public async Task Each_subject_and_regime_has_another_key()
    {
        var keys = await WithVaultAsync(async vault => new[]
        {
            await CreateAsync(vault, Child),
            await CreateAsync(vault, Child with { Regime = Regime.Care }),
            await CreateAsync(vault, Other),
        });

        keys.Select(Convert.ToHexString).Distinct().Count().ShouldBe(3);
        keys.ShouldAllBe(key => key.Length == 32);
    }

    [SkippableFact]
    public async Task Whoever_asks_for_a_new_key_at_the_same_moment_gets_the_same()
    {
        var names = Enumerable.Range(0, 40).Select(i => new KeyName(SubjectId.Child(Deciding.DerivedId.From($"child {i % 8}")), Regime.Police)).ToList();

        var keys = await WithVaultAsync(async first =>
        {
            await using var second = Open();
            return await Task.WhenAll(names.Select((name, i) => Task.Run(() => CreateAsync(i % 2 == 0 ? first : second, name))));
        });

        names.Zip(keys).GroupBy(pair => pair.First).ShouldAllBe(group => group.Select(pair => Convert.ToHexString(pair.Second)).Distinct().Count() == 1);
    }

    [SkippableFact]
    public async Task A_key_that_was_never_there_is_missing_and_not_destroyed() =>
        await WithVaultAsync(vault => Task.FromResult(Should.Throw<KeyMissingException>(() => vault.Get(Child))));

    [SkippableFact]
    public async Task A_destroyed_key_stays_destroyed()
    {
        await WithVaultAsync(async vault =>
        {
            await CreateAsync(vault, Child);
            await vault.DestroyAsync(Child, Sample.Now, CancellationToken.None);
            await vault.DestroyAsync(Child, Sample.Now.AddDays(1), CancellationToken.None);
            return true;
        });

        await WithVaultAsync(async vault =>
        {
            vault.Get(Child).ShouldBe(new KeyState.Destroyed(Sample.Now));
            (await vault.GetOrCreateAsync(Child, CancellationToken.None)).ShouldBe(new KeyState.Destroyed(Sample.Now));
            return true;
        });
    }

    [SkippableFact]
    public async Task A_subject_without_a_key_can_be_fenced_off_too() => await WithVaultAsync(async vault =>
    {
        await vault.DestroyAsync(Child, Sample.Now, CancellationToken.None);
        return (await vault.GetOrCreateAsync(Child, CancellationToken.None)).ShouldBeOfType<KeyState.Destroyed>();
    });

    [SkippableFact]
    public async Task A_destruction_by_another_process_is_known_within_the_freshness()
    {
        var clock = new StandingClock();
        await WithVaultAsync(async vault =>
        {
            await using var mine = Open(clock);
            await CreateAsync(mine, Child);
            await vault.DestroyAsync(Child, Sample.Now, CancellationToken.None);

            clock.Elapsed = SqlKeyVault.Freshness;

            mine.Get(Child).ShouldBe(new KeyState.Destroyed(Sample.Now));
            return await mine.GetOrCreateAsync(Child, CancellationToken.None);
        });
    }

    [SkippableFact]
    public async Task Keys_exchanged_in_the_file_do_not_open()
    {
        await WithVaultAsync(async vault => new[] { await CreateAsync(vault, Child), await CreateAsync(vault, Other) });
        await ExecuteAsync($"UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE subject = '{Other.Subject}') WHERE subject = '{Child.Subject}'");

        await WithVaultAsync(async vault =>
        {
            Should.Throw<KeyBrokenException>(() => vault.Get(Child));
            await Should.ThrowAsync<KeyBrokenException>(() => vault.GetOrCreateAsync(Child, CancellationToken.None));
            return await CreateAsync(vault, Other);
        });
    }

    [SkippableFact]
    public async Task With_another_key_encryption_key_the_vault_does_not_open()
    {
        await WithVaultAsync(vault => CreateAsync(vault, Child));
        using var another = new KeyEncryptionKey([.. Enumerable.Repeat((byte)1, 32)]);

        Should.Throw<KeyEncryptionException>(() => Open(encryption: another)).Message.ShouldContain("another key-encryption key");
    }

    public abstract Task InitializeAsync();

    public virtual Task DisposeAsync()
    {
        Kek.Dispose();
        return Task.CompletedTask;
    }

    protected abstract SqlKeyVault Open(TimeProvider? clock = null, IKeyEncryption? encryption = null);

    /// <summary>A statement on the tables, past the vault.</summary>
    protected abstract Task ExecuteAsync(string sql);

    protected static byte[] Bytes(KeyState state) => state.ShouldBeOfType<KeyState.Present>().Bytes.ToArray();

    protected static async Task<byte[]> CreateAsync(SqlKeyVault vault, KeyName name) => Bytes(await vault.GetOrCreateAsync(name, CancellationToken.None));

    protected async Task<T> WithVaultAsync<T>(Func<SqlKeyVault, Task<T>> use)
    {
        await using var vault = Open();
        return await use(vault);
    }

    protected sealed class StandingClock : TimeProvider
    {
        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => 1 + Elapsed.Ticks;
    }
}
