using Microsoft.Extensions.Configuration;

namespace Barnahus.Platform.Hosting;

/// <summary>
/// Settings that are secret come as files, as containers give them: in the folder that the setting <c>Secrets</c> names, the file
/// <c>Vault__ConnectionString</c> is the setting <c>Vault:ConnectionString</c>. A file without two underscores in its name is no setting
/// (a key or a certificate, which a setting names by its path).
/// </summary>
public static class SecretFiles
{
    private const string Section = "__";

    /// <summary>The arguments of the program, with what the files say before them: an argument goes before a file, and a file before the environment.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is named and not there.</exception>
    public static string[] Join(string[] args)
    {
        var folder = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build()["Secrets"];
        return folder is not { Length: > 0 } ? args :
        [
            .. Directory.EnumerateFiles(folder)
                .Where(file => Path.GetFileName(file).Contains(Section, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(file => $"--{Path.GetFileName(file).Replace(Section, ":", StringComparison.Ordinal)}={File.ReadAllText(file).TrimEnd('\r', '\n')}"),
            .. args,
        ];
    }
}
