using System.Security.Cryptography;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>The key of the keys: outside the data folder, readable to its owner only, and clear words when it is not there.</summary>
public sealed class KeyEncryptionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("kek");
    private readonly string _variable = $"BARNAHUS_TEST_{Guid.NewGuid():N}";

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(_variable, null);
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void At_the_first_start_a_key_file_is_made_for_its_owner_only()
    {
        var options = Options("vault.key");

        using var made = options.LoadKey();
        using var again = options.LoadKey();

        again.Unwrap(made.Wrap([1, 2, 3], "name"u8), "name"u8).ShouldBe([1, 2, 3]);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(options.KeyFile!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public void For_a_vault_that_exists_no_new_key_is_made()
    {
        var options = Options("vault.key");
        Directory.CreateDirectory(Path.GetDirectoryName(options.Database)!);
        File.WriteAllText(options.Database!, "");

        Should.Throw<KeyEncryptionException>(() => options.LoadKey()).Message.ShouldContain("restore the file");
        File.Exists(options.KeyFile).ShouldBeFalse();
    }

    [Theory]
    [InlineData("data/vault.key")]
    [InlineData("data/deeper/vault.key")]
    public void A_key_in_the_folder_of_the_vault_is_refused(string file) =>
        Should.Throw<KeyEncryptionException>(() => Options(file).LoadKey()).Message.ShouldContain("Keep it elsewhere");

    [Fact]
    public void The_environment_goes_before_the_file()
    {
        var options = Options("vault.key");
        using var fromFile = options.LoadKey();
        Environment.SetEnvironmentVariable(_variable, Convert.ToBase64String(new byte[32]));

        using var fromEnvironment = options.LoadKey();

        Should.Throw<CryptographicException>(() => fromEnvironment.Unwrap(fromFile.Wrap([1, 2, 3], "name"u8), "name"u8));
        using var zero = new KeyEncryptionKey(new byte[32]);
        zero.Unwrap(fromEnvironment.Wrap([1, 2, 3], "name"u8), "name"u8).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Without_any_key_the_error_says_what_to_give() =>
        Should.Throw<KeyEncryptionException>(() => (Options("vault.key") with { KeyFile = null }).LoadKey()).Message.ShouldContain(_variable);

    [Theory]
    [InlineData("c2hvcnQ=")]
    [InlineData("not base64")]
    public void What_is_no_key_is_refused_and_not_quoted(string text)
    {
        Environment.SetEnvironmentVariable(_variable, text);

        var refused = Should.Throw<KeyEncryptionException>(() => Options("vault.key").LoadKey());

        refused.Message.ShouldContain(_variable);
        refused.ToString().ShouldNotContain(text);
    }

    [Fact]
    public void A_wrapped_key_opens_under_its_own_name_only()
    {
        using var kek = new KeyEncryptionKey(new byte[32]);
        var wrapped = kek.Wrap([1, 2, 3], "one"u8);

        Should.Throw<CryptographicException>(() => kek.Unwrap(wrapped, "other"u8));
        Should.Throw<CryptographicException>(() => kek.Unwrap(wrapped.AsSpan(1), "one"u8));
        Should.Throw<CryptographicException>(() => kek.Unwrap([], "one"u8));
    }

    private VaultOptions Options(string keyFile) => new()
    {
        Database = Path.Combine(_folder.FullName, "data", "vault.db"),
        KeyFile = Path.Combine(_folder.FullName, keyFile),
        KeyVariable = _variable,
    };
}
