using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Barnahus.Platform.EventLog;

/// <summary>
/// Writes what the log keeps as JSON. Each thread has one writer and its buffer for this: made anew, they took 8 KB for every record of a
/// look, since a writer asks for 4 KB at a time.
/// </summary>
internal static class JsonBytes
{
    /// <summary>An event, its envelope or a record of a look has hundreds of bytes; a buffer that once held much more is not kept.</summary>
    private const int KeptBytes = 16 * 1024;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly ThreadLocal<Writing?> Kept = new();

    /// <summary>The bytes that <paramref name="write"/> wrote.</summary>
    public static byte[] Of<TState>(TState state, Action<Utf8JsonWriter, TState> write)
    {
        var mine = Kept.Value ?? new Writing();
        Kept.Value = null;
        write(mine.Writer, state);
        mine.Writer.Flush();
        var bytes = mine.Buffer.WrittenSpan.ToArray();
        if (mine.Buffer.Capacity <= KeptBytes)
        {
            mine.Buffer.ResetWrittenCount();
            mine.Writer.Reset();
            Kept.Value = mine;
        }

        return bytes;
    }

    private sealed class Writing
    {
        public Writing() => Writer = new(Buffer, Options);

        public ArrayBufferWriter<byte> Buffer { get; } = new(KeptBytes / 2);

        public Utf8JsonWriter Writer { get; }
    }
}
