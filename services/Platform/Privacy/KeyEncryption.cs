using System.Security.Cryptography;

namespace Barnahus.Platform.Privacy;

/// <summary>Wraps the keys of the vault under a key that never lies beside them: in a file elsewhere, in the environment, or in a hardware module.</summary>
public interface IKeyEncryption
{
    /// <param name="key">Key to wrap.</param>
    /// <param name="name">Name of the key; the wrapped bytes unwrap under this name only.</param>
    byte[] Wrap(ReadOnlySpan<byte> key, ReadOnlySpan<byte> name);

    /// <summary>Opens what <see cref="Wrap"/> made.</summary>
    /// <exception cref="CryptographicException">Another key-encryption key, another name, or changed bytes.</exception>
    byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> name);
}

/// <summary>The key-encryption key is missing, unreadable or another one. The process does not start.</summary>
public sealed class KeyEncryptionException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>A key-encryption key of 256 bits in memory: AES-256-GCM; nonce (12), tag (16), ciphertext.</summary>
public sealed class KeyEncryptionKey : IKeyEncryption, IDisposable
{
    /// <summary>Bytes of the key.</summary>
    public const int Bytes = 32;

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _aes;
    private readonly Lock _lock = new();

    /// <param name="key">32 bytes.</param>
    public KeyEncryptionKey(ReadOnlySpan<byte> key) => _aes = new AesGcm(key, TagBytes);

    /// <summary>Reads a key as text: 32 bytes in base64, with or without white space around it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="source">Where it comes from, for the error: a path or the name of a variable.</param>
    /// <exception cref="KeyEncryptionException">It is no such key.</exception>
    public static KeyEncryptionKey Parse(string text, string source)
    {
        var key = new byte[Bytes];
        return Convert.TryFromBase64String(text.Trim(), key, out var written) && written == Bytes
            ? new KeyEncryptionKey(key)
            : throw new KeyEncryptionException($"{source} holds no key-encryption key: expected {Bytes} bytes in base64.");
    }

    /// <exception cref="KeyEncryptionException">The file is not there, cannot be read, or holds no key.</exception>
    public static KeyEncryptionKey FromFile(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new KeyEncryptionException(
                $"The key-encryption key {path} cannot be read. The vault opens with this key only: restore the file, or give the key by environment.", unreadable);
        }
    }

    /// <summary>Makes a new key in a file that only its owner can read (mode 600). An existing file is never overwritten.</summary>
    /// <exception cref="KeyEncryptionException">The file is there already, or cannot be written.</exception>
    public static KeyEncryptionKey Create(string path)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } folder)
            {
                Directory.CreateDirectory(folder);
            }

            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new FileStream(path, options);
            using (var writer = new StreamWriter(file, leaveOpen: true))
            {
                writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)));
            }

            file.Flush(flushToDisk: true);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new KeyEncryptionException($"No key-encryption key could be made at {path}.", unwritable);
        }

        return FromFile(path);
    }

    public byte[] Wrap(ReadOnlySpan<byte> key, ReadOnlySpan<byte> name)
    {
        var wrapped = new byte[NonceBytes + TagBytes + key.Length];
        RandomNumberGenerator.Fill(wrapped.AsSpan(0, NonceBytes));
        lock (_lock)
        {
            _aes.Encrypt(wrapped.AsSpan(0, NonceBytes), key, wrapped.AsSpan(NonceBytes + TagBytes), wrapped.AsSpan(NonceBytes, TagBytes), name);
        }

        return wrapped;
    }

    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> name)
    {
        if (wrapped.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("The wrapped key is too short.");
        }

        var key = new byte[wrapped.Length - NonceBytes - TagBytes];
        lock (_lock)
        {
            _aes.Decrypt(wrapped[..NonceBytes], wrapped[(NonceBytes + TagBytes)..], wrapped.Slice(NonceBytes, TagBytes), key, name);
        }

        return key;
    }

    public void Dispose() => _aes.Dispose();
}
