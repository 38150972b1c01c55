using System.Text;
using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Tests.EventLog;

/// <summary>Each thread writes with the same writer again; nothing of what it wrote before is left over.</summary>
public sealed class JsonBytesTests
{
    [Fact]
    public void What_is_written_is_only_what_was_written_now()
    {
        foreach (var length in (int[])[3, 100_000, 0, 20_000, 7])
        {
            Write(new string('x', length)).ShouldBe($$"""{"word":"{{new string('x', length)}}"}""");
        }
    }

    [Fact]
    public void A_writing_that_failed_half_way_leaves_nothing_to_the_next()
    {
        Should.Throw<InvalidOperationException>(() => JsonBytes.Of(0, static (writer, _) =>
        {
            writer.WriteStartObject();
            throw new InvalidOperationException("No more.");
        }));
        Write("whole").ShouldBe("""{"word":"whole"}""");
    }

    [Fact]
    public void One_within_another_is_written_apart()
    {
        var inner = "";
        var outer = JsonBytes.Of(0, (writer, _) =>
        {
            writer.WriteStartObject();
            inner = Write("in");
            writer.WriteString("word", "out");
            writer.WriteEndObject();
        });
        inner.ShouldBe("""{"word":"in"}""");
        Encoding.UTF8.GetString(outer).ShouldBe("""{"word":"out"}""");
    }

    private static string Write(string word) => Encoding.UTF8.GetString(JsonBytes.Of(word, static (writer, word) =>
    {
        writer.WriteStartObject();
        writer.WriteString("word", word);
        writer.WriteEndObject();
    }));
}
