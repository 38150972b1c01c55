using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Benchmarks.Replay;

/// <summary>
/// Makes many children of a few that were really played: the same events with ids of their own, on other days, sealed anew under keys of
/// their own, and appended as the services would.
/// </summary>
internal sealed partial class StoryCopies
{
    private readonly Stores stores;
    private readonly EventTypes types;
    private readonly EventCodec codec;
    private readonly List<List<LoggedEvent>> commands;
    private readonly HashSet<string> shared;

    /// <param name="played">The whole log.</param>
    /// <param name="stories">Where the first story starts: what is before (accounts, roster) all have in common.</param>
    public StoryCopies(Stores stores, EventTypes types, EventCodec codec, IReadOnlyList<LoggedEvent> played, LogPosition stories)
    {
        (this.stores, this.types, this.codec) = (stores, types, codec);
        shared = [.. played.Where(e => e.Position <= stories).SelectMany(IdsIn)];
        commands = [];
        foreach (var e in played.Where(e => e.Position > stories))
        {
            if (commands.Count > 0 && commands[^1][0] is var last && last.Stream == e.Stream && Cause(last) == Cause(e))
            {
                commands[^1].Add(e);
            }
            else
            {
                commands.Add([e]);
            }
        }

        Events = commands.Sum(command => command.Count);
    }

    /// <summary>Events of one copy.</summary>
    public int Events { get; }

    /// <summary>Appends the n-th copy.</summary>
    public async Task AppendAsync(int number, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        var ends = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var command in commands)
        {
            var stream = Changed(command[0].Stream, number, ids);
            var envelope = Envelope.Of(command[0]);
            var cause = DerivedId.From(envelope.CausationId, $"copy/{number}");
            var context = new CommandContext(cause, envelope.Actor, envelope.Purpose, envelope.OccurredAt.AddDays(number), cause, envelope.TraceParent);
            var events = command.ConvertAll(logged => Copy(logged, number, ids));
            var encoded = await codec.EncodeAsync(stream, events, context, cancellationToken);
            ends[stream] = await AppendAsync(stream, ends.GetValueOrDefault(stream, StreamRevision.None), encoded, cancellationToken);
        }
    }

    // A day of the agenda may be shared with another copy, as in life.
    private async Task<long> AppendAsync(string stream, long expected, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return (await stores.Log.AppendAsync(stream, expected, events, cancellationToken)).Revision;
            }
            catch (WrongRevisionException first)
            {
                expected = first.Actual;
            }
        }
    }

    /// <summary>The event with other ids and days. Its fields stay sealed as they were; appending opens them and seals them for their new place.</summary>
    private IEvent Copy(LoggedEvent logged, int number, Dictionary<string, string> ids)
    {
        var known = types.Find(logged.Type)!;
        var seals = new Bindings();
        var original = codec.Decode(logged).Event;
        known.Walk?.Visit(original, "", original.Subject, seals);
        var json = Changed(Encoding.UTF8.GetString(logged.Data.Span), number, ids);
        var copy = (IEvent)JsonSerializer.Deserialize(json, known.Json)!;
        known.Walk?.Visit(copy, "", copy.Subject, seals.Again());
        return copy;
    }

    private string Changed(string text, int number, Dictionary<string, string> ids)
    {
        text = Id().Replace(text, match => shared.Contains(match.Value) ? match.Value : Other(match.Value, number, ids));
        return Day().Replace(text, match => DateOnly.ParseExact(match.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(number)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private static string Other(string id, int number, Dictionary<string, string> ids) =>
        ids.TryGetValue(id, out var other) ? other : ids[id] = DerivedId.From(Guid.Parse(id), $"copy/{number}").ToString("D");

    private static IEnumerable<string> IdsIn(LoggedEvent logged) =>
        Id().Matches($"{logged.Stream} {Encoding.UTF8.GetString(logged.Data.Span)} {Encoding.UTF8.GetString(logged.Metadata.Span)}").Select(match => match.Value);

    private static Guid Cause(LoggedEvent logged) => Envelope.Of(logged).CausationId;

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    [GeneratedRegex(@"(?<!\d)202[67]-[01]\d-[0-3]\d(?![\da-f])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Day();

    /// <summary>Takes the bindings of the fields of one event, and gives them to those of its copy in the same order.</summary>
    private sealed class Bindings : IPersonalVisitor
    {
        private readonly Queue<SealBinding> taken = new();
        private bool giving;

        public Bindings Again()
        {
            giving = true;
            return this;
        }

        public void Visit(IPersonal personal, string path, SubjectId subject, Regime regime)
        {
            if (giving)
            {
                personal.Bind(taken.Dequeue());
            }
            else
            {
                taken.Enqueue(personal.Binding!);
            }
        }
    }
}
