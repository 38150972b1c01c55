using Barnahus.Platform.Privacy;
using Microsoft.Data.Sqlite;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>The vault in a file: also what the file itself shows.</summary>
public sealed class SqliteKeyVaultTests : KeyVaultContract
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("vault");

    private string File => Path.Combine(_folder.FullName, "vault.db");

    public override Task InitializeAsync() => Task.CompletedTask;

    public override Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return base.DisposeAsync();
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
        await using (SqlKeyVault.OpenSqlite(File, Kek, make: false))
        {
        }

        Modes().ShouldAllBe(mode => mode == (UnixFileMode.UserRead | UnixFileMode.UserWrite));

        IReadOnlyList<UnixFileMode> Modes() => [.. _folder.GetFiles("vault.db*").Select(file => file.UnixFileMode)];
    }

    [Fact]
    public async Task No_key_stands_in_the_files_in_clear_and_a_destroyed_one_not_even_wrapped()
    {
        var key = await WithVaultAsync(vault => CreateAsync(vault, Child));
        var wrapped = Execute("SELECT wrapped FROM keys") as byte[];
        InFiles(key).ShouldBeFalse();
        InFiles(wrapped!).ShouldBeTrue();

        await using var vault = SqlKeyVault.OpenSqlite(File, Kek);
        await vault.DestroyAsync(Child, Sample.Now, CancellationToken.None);

        InFiles(wrapped!).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_that_does_not_answer_is_out_of_reach()
    {
        await using var vault = SqlKeyVault.OpenSqlite(File, Kek, patience: TimeSpan.FromSeconds(1));
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
        Should.Throw<VaultUnreachableException>(() => SqlKeyVault.OpenSqlite(_folder.FullName, Kek));
    }

    /// <summary>A mount that is gone, and what may lie in its place.</summary>
    [Fact]
    public async Task Where_the_file_was_no_other_is_made_and_no_other_is_taken()
    {
        await using var vault = SqlKeyVault.OpenSqlite(File, Kek, patience: TimeSpan.FromSeconds(1));
        var key = await CreateAsync(vault, Child);
        var away = Directory.CreateDirectory(Path.Combine(_folder.FullName, "away")).FullName;
        using (var holder = new SqliteConnection($"Data Source={File};Pooling=False"))
        {
            // What was not answered in time is given up, with the connection it was asked on.
            holder.Open();
            using var transaction = holder.BeginTransaction();
            await IsUnreachableAsync(vault);
        }

        Move(_folder.FullName, away);
        await IsUnreachableAsync(vault);
        _folder.GetFiles("vault.db*").ShouldBeEmpty();

        await using (var another = SqlKeyVault.OpenSqlite(File, Kek))
        {
            await CreateAsync(another, Child);
            await IsUnreachableAsync(vault);
        }

        _folder.GetFiles("vault.db*").ToList().ForEach(file => file.Delete());
        await System.IO.File.WriteAllBytesAsync(File, []);
        await IsUnreachableAsync(vault);

        Move(away, _folder.FullName);
        var other = await CreateAsync(vault, Other);
        await using var fresh = SqlKeyVault.OpenSqlite(File, Kek, make: false);
        Bytes(fresh.Get(Child)).ShouldBe(key);
        Bytes(fresh.Get(Other)).ShouldBe(other);

        static void Move(string from, string to) =>
            Directory.GetFiles(from, "vault.db*").ToList().ForEach(file => System.IO.File.Move(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true));
    }

    private static Task<VaultUnreachableException> IsUnreachableAsync(SqlKeyVault vault) =>
        Should.ThrowAsync<VaultUnreachableException>(() => vault.GetOrCreateAsync(Other, CancellationToken.None));

    protected override SqlKeyVault Open(TimeProvider? clock = null, IKeyEncryption? encryption = null) =>
        SqlKeyVault.OpenSqlite(File, encryption ?? Kek, clock: clock);

    protected override Task ExecuteAsync(string sql)
    {
        Execute(sql);
        return Task.CompletedTask;
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
}
