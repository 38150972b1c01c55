namespace Barnahus.Nodes;

/// <summary>Files that only their owner can read, from their first byte on.</summary>
public static class PrivateFile
{
    /// <summary>Writes a file anew.</summary>
    public static async Task WriteAsync(string path, string text)
    {
        File.Delete(path);
        await using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        await using var writer = new StreamWriter(file);
        await writer.WriteAsync(text);
    }
}
