namespace Barnahus.Nodes;

/// <summary>Files that only their owner can read, from their first byte on.</summary>
public static class PrivateFile
{
    /// <summary>Writes a file anew: whoever reads it meanwhile, or is killed, has the old one whole.</summary>
    public static void Write(string path, string text)
    {
        var next = $"{path}.next";
        File.Delete(next);
        using (var file = new FileStream(next, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(text);
        }

        File.Move(next, path, overwrite: true);
    }
}
