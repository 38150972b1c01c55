using Barnahus.Platform.Privacy;
using Microsoft.Data.Sqlite;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>Keys survive a restart, destroyed ones stay destroyed, and trouble with the file is never taken for an erasure.</summary>
public sealed class SqliteKeyVaultTests : IDisposable
{
    private static readonly KeyName Child = new(SubjectId.Child(Sample.ChildId), Regime.Police);
    private static readonly KeyName Other = new(SubjectId.Child(Sample.PersonId), Regime.Police);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vault");
    private readonly KeyEncryptionKey _kek = new(new byte[32]);

    private string File => Path.Combine(_folder.FullName, "vault.db");

    public void Dispose()
    {
        _kek.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
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

    [Fact]
    public async Task The_file_and_its_side_files_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await WithVaultAsync(async vault =>
        {
            await CreateAsync(vault, Child);
            Modes().ShouldAllBe(mode => mode == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
            return true;
        });

        // As a restore may have left it.
        System.IO.File.SetUnixFileMode(File, System.IO.File.GetUnixFileMode(File) | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await WithVaultAsync(vault => Task.FromResult(vault.MatchKey().ToArray()));
        Modes().ShouldAllBe(mode => mode == (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        IReadOnlyList<UnixFileMode> Modes() => [.. _folder.GetFiles("vault.db*").Select(file => file.UnixFileMode)];
    }

    [Fact]
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

    [Fact]
    public async Task Whoever_asks_for_a_new_key_at_the_same_moment_gets_the_same()
    {
        var names = Enumerable.Range(0, 40).Select(i => new KeyName(SubjectId.Child(Deciding.DerivedId.From($"child {i % 8}")), Regime.Police)).ToList();

        var keys = await WithVaultAsync(async first =>
        {
            await using var second = SqlKeyVault.OpenSqlite(File, _kek);
            return await Task.WhenAll(names.Select((name, i) => Task.Run(() => CreateAsync(i % 2 == 0 ? first : second, name))));
        });

        names.Zip(keys).GroupBy(pair => pair.First).ShouldAllBe(group => group.Select(pair => Convert.ToHexString(pair.Second)).Distinct().Count() == 1);
    }

    [Fact]
    public async Task A_key_that_was_never_there_is_missing_and_not_destroyed() =>
        await WithVaultAsync(vault => Task.FromResult(Should.Throw<KeyMissingException>(() => vault.Get(Child))));

    [Fact]
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

    [Fact]
    public async Task A_subject_without_a_key_can_be_fenced_off_too() => await WithVaultAsync(async vault =>
    {
        await vault.DestroyAsync(Child, Sample.Now, CancellationToken.None);
        return (await vault.GetOrCreateAsync(Child, CancellationToken.None)).ShouldBeOfType<KeyState.Destroyed>();
    });

    [Fact]
    public async Task A_destruction_by_another_process_is_known_within_the_freshness()
    {
        var clock = new StandingClock();
        await WithVaultAsync(async vault =>
        {
            await using var mine = SqlKeyVault.OpenSqlite(File, _kek, clock: clock);
            await CreateAsync(mine, Child);
            await vault.DestroyAsync(Child, Sample.Now, CancellationToken.None);

            clock.Elapsed = SqlKeyVault.Freshness;

            mine.Get(Child).ShouldBe(new KeyState.Destroyed(Sample.Now));
            return await mine.GetOrCreateAsync(Child, CancellationToken.None);
        });
    }

    [Fact]
    public async Task No_key_stands_in_the_files_in_clear_and_a_destroyed_one_not_even_wrapped()
    {
        var key = await WithVaultAsync(vault => CreateAsync(vault, Child));
        var wrapped = Execute("SELECT wrapped FROM keys") as byte[];
        InFiles(key).ShouldBeFalse();
        InFiles(wrapped!).ShouldBeTrue();

        await using var vault = SqlKeyVault.OpenSqlite(File, _kek);
        await vault.DestroyAsync(Child, Sample.Now, CancellationToken.None);

        InFiles(wrapped!).ShouldBeFalse();
    }

    [Fact]
    public async Task Keys_exchanged_in_the_file_do_not_open()
    {
        await WithVaultAsync(async vault => new[] { await CreateAsync(vault, Child), await CreateAsync(vault, Other) });
        Execute($"UPDATE keys SET wrapped = (SELECT wrapped FROM keys WHERE subject = '{Other.Subject}') WHERE subject = '{Child.Subject}'");

        await WithVaultAsync(async vault =>
        {
            Should.Throw<KeyBrokenException>(() => vault.Get(Child));
            await Should.ThrowAsync<KeyBrokenException>(() => vault.GetOrCreateAsync(Child, CancellationToken.None));
            return await CreateAsync(vault, Other);
        });
    }

    [Fact]
    public async Task With_another_key_encryption_key_the_vault_does_not_open()
    {
        await WithVaultAsync(vault => CreateAsync(vault, Child));
        using var another = new KeyEncryptionKey([.. Enumerable.Repeat((byte)1, 32)]);

        Should.Throw<KeyEncryptionException>(() => SqlKeyVault.OpenSqlite(File, another)).Message.ShouldContain("another key-encryption key");
    }

    [Fact]
    public async Task A_file_that_does_not_answer_is_out_of_reach()
    {
        await using var vault = SqlKeyVault.OpenSqlite(File, _kek, TimeSpan.FromSeconds(1));
        using (var holder = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            holder.Open();
            using var transaction = holder.BeginTransaction();
            await Should.ThrowAsync<VaultUnreachableException>(() => vault.GetOrCreateAsync(Child, CancellationToken.None));
        }

        (await CreateAsync(vault, Child)).Length.ShouldBe(32);
        await vault.DisposeAsync();
        Should.Throw<VaultUnreachableException>(() => vault.Get(Other));
        await Should.ThrowAsync<VaultUnreachableException>(() => vault.GetOrCreateAsync(Other, CancellationToken.None));
        Should.Throw<VaultUnreachableException>(() => SqlKeyVault.OpenSqlite(_folder.FullName, _kek));
    }

    private static byte[] Bytes(KeyState state) => state.ShouldBeOfType<KeyState.Present>().Bytes.ToArray();

    private static async Task<byte[]> CreateAsync(SqlKeyVault vault, KeyName name) => Bytes(await vault.GetOrCreateAsync(name, CancellationToken.None));

    private async Task<T> WithVaultAsync<T>(Func<SqlKeyVault, Task<T>> use)
    {
        await using var vault = SqlKeyVault.OpenSqlite(File, _kek);
        return await use(vault);
    }

    private object? Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private bool InFiles(byte[] bytes) => _folder.EnumerateFiles().Any(file =>
    {
        using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray().AsSpan().IndexOf(bytes) >= 0;
    });

    private sealed class StandingClock : TimeProvider
    {
        public TimeSpan Elapsed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => 1 + Elapsed.Ticks;
    }
}
