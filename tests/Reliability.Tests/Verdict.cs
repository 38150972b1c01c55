using System.Globalization;
using System.Text;
using Barnahus.Platform.EventLog;

namespace Barnahus.Reliability.Tests;

/// <summary>What became of an operation: what the client was told, beside what the log has.</summary>
public enum Fate
{
    /// <summary>Acknowledged, and there once.</summary>
    Kept,

    /// <summary>Refused, and not there.</summary>
    Refused,

    /// <summary>Not acknowledged, and not there.</summary>
    Gone,

    /// <summary>Not acknowledged, and there once all the same.</summary>
    Recovered,

    /// <summary>Acknowledged, and not there.</summary>
    Lost,

    /// <summary>There more than once.</summary>
    Duplicated,

    /// <summary>There though it was refused, there though nobody asked, or answered as it must not be.</summary>
    Unexpected,
}

/// <summary>Judges every operation of a round by the log.</summary>
public sealed class Verdict
{
    private static readonly Fate[] Fates = Enum.GetValues<Fate>();
    private readonly Dictionary<(string Fault, Fate Fate), int> _counts = [];
    private readonly List<string> _wrong = [];

    private Verdict()
    {
    }

    /// <summary>What must not be, each with its place.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <param name="events">Of the log, from before the first operation on.</param>
    public static Verdict Of(Ledger ledger, IReadOnlyList<LoggedEvent> events)
    {
        var verdict = new Verdict();
        var byCommand = events.ToLookup(Envelope.CausationOf);
        foreach (var operation in ledger.Operations)
        {
            var times = byCommand[operation.CommandId].Count(logged => IsOf(operation.Kind, logged));
            verdict.Count(operation.Fault, FateOf(operation.Told, times), $"{operation.Kind.Name}, command {operation.CommandId}, told {operation.Told}, {times} times in the log");
        }

        foreach (var (fault, what) in ledger.Surprises)
        {
            verdict.Count(fault, Fate.Unexpected, what);
        }

        var asked = ledger.Operations.Select(operation => operation.CommandId).ToHashSet();
        var kinds = ledger.Operations.Select(operation => operation.Kind).ToHashSet();
        foreach (var logged in events.Where(logged => kinds.Any(kind => IsOf(kind, logged)) && !asked.Contains(Envelope.CausationOf(logged))))
        {
            verdict.Count(Faults.None, Fate.Unexpected, $"{logged.Type} at {logged.Position}: nobody asked for it");
        }

        // A command appends to a stream once, whoever sent it: a client, a consumer, a reaction or a timer.
        foreach (var twice in events.GroupBy(logged => (logged.Stream, Envelope.CausationOf(logged))).Where(group => !IsOneAppend([.. group])))
        {
            verdict.Count(Faults.None, Fate.Duplicated, $"command {twice.Key.Item2} in {twice.Key.Stream} at {string.Join(", ", twice.Select(logged => logged.Position))}");
        }

        // What a service learns from one message it writes down once.
        foreach (var twice in events.Where(logged => logged.Type.Contains("-learned.", StringComparison.Ordinal))
            .CountBy(logged => (logged.Stream, logged.Type, Envelope.CausationOf(logged))).Where(count => count.Value > 1))
        {
            verdict.Count(Faults.None, Fate.Duplicated, $"{twice.Key.Type} in {twice.Key.Stream}, {twice.Value} times of one message");
        }

        return verdict;
    }

    /// <summary>The fate of one operation.</summary>
    /// <param name="times">How often the log has what it asked for.</param>
    public static Fate FateOf(Told told, int times) => (told, times) switch
    {
        (_, > 1) => Fate.Duplicated,
        (Told.Done, 1) => Fate.Kept,
        (Told.Done, _) => Fate.Lost,
        (Told.Refused, 1) => Fate.Unexpected,
        (Told.Refused, _) => Fate.Refused,
        (_, 1) => Fate.Recovered,
        _ => Fate.Gone,
    };

    /// <summary>How many of a fate there are, all faults together.</summary>
    public int Of(Fate fate) => _counts.Where(count => count.Key.Fate == fate).Sum(count => count.Value);

    /// <summary>A line for each fault.</summary>
    public string Table()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{"fault",-20}{string.Concat(Fates.Select(fate => $"{fate.ToString().ToLowerInvariant(),11}"))}");
        foreach (var fault in _counts.Keys.Select(key => key.Fault).Distinct().Order(StringComparer.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{fault,-20}{string.Concat(Fates.Select(fate => $"{_counts.GetValueOrDefault((fault, fate)),11}"))}");
        }

        return text.Append(CultureInfo.InvariantCulture, $"{"all",-20}{string.Concat(Fates.Select(fate => $"{Of(fate),11}"))}").ToString();
    }

    private static bool IsOf(Kind kind, LoggedEvent logged) =>
        logged.Type.StartsWith(kind.Event, StringComparison.Ordinal) && logged.Type[kind.Event.Length..].StartsWith(".v", StringComparison.Ordinal);

    /// <summary>Events of one append stand together: a second one of the same command would come later, behind those of others.</summary>
    private static bool IsOneAppend(IReadOnlyList<LoggedEvent> events) => events[^1].Revision - events[0].Revision == events.Count - 1;

    private void Count(string fault, Fate fate, string what)
    {
        _counts[(fault, fate)] = _counts.GetValueOrDefault((fault, fate)) + 1;
        if (fate is Fate.Lost or Fate.Duplicated or Fate.Unexpected)
        {
            _wrong.Add($"{fate} ({fault}): {what}");
        }
    }
}
