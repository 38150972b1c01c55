using Barnahus.Platform.Hosting;
using Microsoft.Extensions.Configuration;

namespace Barnahus.Platform.Tests.Hosting;

public sealed class SecretFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("barnahus-").FullName;

    [Fact]
    public void A_file_is_a_setting_and_an_argument_goes_before_it()
    {
        File.WriteAllText(Path.Combine(folder, "Vault__ConnectionString"), "postgres:Host=a;Password=b=c\n");
        File.WriteAllText(Path.Combine(folder, "State__ConnectionString"), "from the file");
        File.WriteAllText(Path.Combine(folder, "vault.key"), "no setting");
        var joined = SecretFiles.Join([$"--Secrets={folder}", "--State:ConnectionString=from the argument"]);
        var configuration = new ConfigurationBuilder().AddCommandLine(joined).Build();

        configuration["Vault:ConnectionString"].ShouldBe("postgres:Host=a;Password=b=c");
        configuration["State:ConnectionString"].ShouldBe("from the argument");
        configuration.AsEnumerable().ShouldNotContain(setting => setting.Value == "no setting");
    }

    [Fact]
    public void Without_a_folder_the_arguments_stay_as_they_are() => SecretFiles.Join(["--Data=x"]).ShouldBe(["--Data=x"]);

    [Fact]
    public void A_folder_that_is_not_there_is_an_error() =>
        Should.Throw<DirectoryNotFoundException>(() => SecretFiles.Join([$"--Secrets={Path.Combine(folder, "nowhere")}"]));

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
