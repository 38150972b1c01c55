using System.Text;

namespace Barnahus.SystemTests.Privacy;

/// <summary>
/// The same for what travels and for what separate processes say: the broker's files hold every message of every story played on this stack so far, and each
/// process has lines of its own.
/// </summary>
[Collection(StackCollection.Name)]
public sealed class NothingInClearOnTheStackTests(ManyProcesses stack)
{
    private static readonly DateTimeOffset AfterAll = new(2026, 9, 23, 9, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public async Task No_personal_value_is_in_a_message_or_in_a_line_of_a_process()
    {
        await using var story = await Story.BeginAsync(stack, AfterAll, "--Logging:LogLevel:Default=Debug");
        foreach (var number in new[] { 1, 3, 7 })
        {
            await NothingInClearTests.PlayAsync(story, number);
        }

        var broker = Path.Combine(story.House.Data, "broker");
        Scan.Files(broker).Any(file => Holds(file, "ChildFileChanged")).ShouldBeTrue("the broker's files hold the messages");
        Scan.Folder(broker).ShouldBeEmpty();
        var said = string.Join('\n', story.House.Output);
        said.ShouldContain("\"LogLevel\":\"Debug\"", customMessage: "the processes say all they can");
        Scan.Text(said).ShouldBeEmpty();
    }

    private static bool Holds(string file, string text)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
    }
}
