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
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Mine;
        }

        await using var writer = new StreamWriter(path, options);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }
}
