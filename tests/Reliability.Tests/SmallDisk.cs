using System.Diagnostics;

namespace Barnahus.Reliability.Tests;

/// <summary>
/// A file system of its own that can be filled: in memory, with a size. Only root may mount one. It goes when this process ends, however that ends:
/// a shell at the other end of a pipe sees it close.
/// </summary>
public sealed class SmallDisk : IDisposable
{
    private const int Megabytes = 1024;
    private readonly Process _keeper;
    private readonly string _ballast;

    private SmallDisk(Process keeper, string folder) => (_keeper, _ballast) = (keeper, Path.Combine(folder, "ballast"));

    /// <summary>Mounts one; null where that is not allowed.</summary>
    public static SmallDisk? TryMount(string folder)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return null;
        }

        Directory.CreateDirectory(folder);
        const string Script = "mount -t tmpfs -o size=$2m,mode=700 tmpfs \"$1\" || exit 1; echo mounted; cat >/dev/null; umount -l \"$1\"";
        var start = new ProcessStartInfo("setsid", ["sh", "-c", Script, "sh", folder, $"{Megabytes}"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        var keeper = Process.Start(start)!;
        if (keeper.StandardOutput.ReadLine() == "mounted")
        {
            return new SmallDisk(keeper, folder);
        }

        keeper.Dispose();
        return null;
    }

    /// <summary>Not a byte is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(_ballast, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 1);
        foreach (var size in new[] { 1024 * 1024, 4096 })
        {
            var block = new byte[size];
            try
            {
                while (true)
                {
                    file.Write(block);
                }
            }
            catch (IOException)
            {
                // Full, but for less than a block.
            }
        }
    }

    /// <summary>There is room again.</summary>
    public void Free() => File.Delete(_ballast);

    public void Dispose()
    {
        _keeper.StandardInput.Close();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }
}
