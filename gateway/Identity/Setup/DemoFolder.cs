namespace Barnahus.Identity.Setup;

/// <summary>What the demonstration leaves for README, curl and tests: readable by the person who started it alone.</summary>
public static class DemoFolder
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static string Of(IdentitySettings settings) => Path.Combine(settings.DataFolder, "demo");

    /// <summary>Writes a file, readable by its owner alone from its first byte on.</summary>
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var writer = new StreamWriter(path, Options(FileMode.Create));
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }

    /// <summary>Adds a line to a file, likewise.</summary>
    public static void Append(string path, string line)
    {
        using var writer = new StreamWriter(path, Options(FileMode.Append));
        writer.WriteLine(line);
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mine;
        }

        return options;
    }
}
