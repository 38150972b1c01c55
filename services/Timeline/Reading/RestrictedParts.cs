using System.Text.Json;

namespace Barnahus.Timeline.Reading;

/// <summary>
/// Parts of a child's file that are kept and not used now (AVG art. 18), by the events of the file. Whoever reads the file finds a mark in their place, and so
/// does whoever reads of them here.
/// </summary>
public static class RestrictedParts
{
    private const string Restricted = "intake.child-part-restricted.v1";
    private const string Lifted = "intake.child-restriction-lifted.v1";
    private const string Absorbed = "intake.child-file-absorbed.v1";
    private const string Processing = "processing";

    /// <param name="events">All events of the child, in the order of the log.</param>
    public static IReadOnlySet<string> Of(IEnumerable<ReadEvent> events)
    {
        var byFile = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var read in events.Where(read => read.Logged.Type is Restricted or Lifted or Absorbed))
        {
            using var data = JsonDocument.Parse(read.Logged.Data);
            var e = data.RootElement;
            if (read.Logged.Type == Absorbed)
            {
                // What was restricted in the other file was said again in the one that took it over, and ends there.
                byFile.Remove($"intake.child-{e.GetProperty("from").GetGuid():D}");
                continue;
            }

            var parts = byFile.TryGetValue(read.Logged.Stream, out var known) ? known : byFile[read.Logged.Stream] = new(StringComparer.Ordinal);
            var part = e.GetProperty("part").GetString()!;
            if (read.Logged.Type == Restricted && e.GetProperty("kind").GetString() == Processing)
            {
                parts.Add(part);
            }
            else
            {
                parts.Remove(part);
            }
        }

        return byFile.Values.SelectMany(parts => parts).ToHashSet(StringComparer.Ordinal);
    }
}
