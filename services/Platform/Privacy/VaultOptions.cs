namespace Barnahus.Platform.Privacy;

/// <summary>Where the key vault is, and where the key that opens it.</summary>
public sealed record VaultOptions
{
    /// <summary>Environment variable with the key-encryption key (32 bytes, base64), when none is named.</summary>
    public const string DefaultVariable = "BARNAHUS_VAULT_KEY";

    /// <summary>File of the vault; null for one in a database server.</summary>
    public string? Database { get; init; }

    /// <summary>
    /// File of the key-encryption key, outside the folder of the vault. Made, readable to its owner only, when there is no vault file yet. Beside
    /// a database server it is never made: several hosts would make several.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>There may be no vault yet. Where there must be one, its key is never made either.</summary>
    public bool MayBeNew { get; init; } = true;

    /// <summary>Environment variable with the key-encryption key; when it is set, it goes before the file.</summary>
    public string KeyVariable { get; init; } = DefaultVariable;

    /// <summary>The key-encryption key of this vault.</summary>
    /// <exception cref="KeyEncryptionException">It is missing, unreadable, or lies beside what it protects.</exception>
    public KeyEncryptionKey LoadKey()
    {
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } text)
        {
            return KeyEncryptionKey.Parse(text, $"The environment variable {KeyVariable}");
        }

        if (KeyFile is null)
        {
            throw new KeyEncryptionException($"No key-encryption key: set the environment variable {KeyVariable}, or name a key file.");
        }

        if (Database is null)
        {
            return KeyEncryptionKey.FromFile(KeyFile);
        }

        if (IsInside(KeyFile, Path.GetDirectoryName(Path.GetFullPath(Database))!))
        {
            throw new KeyEncryptionException(
                $"The key-encryption key {KeyFile} lies in the folder of the vault: who copies the folder would have both. Keep it elsewhere.");
        }

        return !MayBeNew || File.Exists(KeyFile) || File.Exists(Database) ? KeyEncryptionKey.FromFile(KeyFile) : KeyEncryptionKey.Create(KeyFile);
    }

    private static bool IsInside(string file, string folder)
    {
        var relative = Path.GetRelativePath(folder, Path.GetFullPath(file));
        return !Path.IsPathRooted(relative) && relative != ".." && !relative.StartsWith("../", StringComparison.Ordinal) && !relative.StartsWith("..\\", StringComparison.Ordinal);
    }
}
