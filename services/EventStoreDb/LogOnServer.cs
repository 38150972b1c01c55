using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Barnahus.Platform.EventLog;
using Esdb = EventStore.Client;

namespace Barnahus.EventStoreDb;

/// <summary>
/// Which log of a server: its streams' names begin with its own and a slash. So several logs stand on one server (the main log and the access
/// log, or one for each test), and the server's own streams, which begin with a dollar, belong to none.
/// </summary>
internal sealed partial class LogOnServer
{
    private const string Usual = "barnahus";

    // Where the logs of others fill the server: events looked through at once, and told as a checkpoint when none of them was ours.
    private const uint SearchWindow = 1024;

    private readonly string prefix;

    private LogOnServer(string name, Esdb.EventStoreClientSettings settings)
    {
        prefix = name + "/";
        Settings = settings;
        Filter = Esdb.StreamFilter.Prefix(SearchWindow, prefix);
    }

    public Esdb.EventStoreClientSettings Settings { get; }

    /// <summary>This log's events among all of the server.</summary>
    public Esdb.IEventFilter Filter { get; }

    /// <exception cref="FormatException">Not understood; the message repeats nothing of it, since it may hold a password.</exception>
    public static LogOnServer Parse(string connectionString)
    {
        var name = Usual;
        var rest = LogParameter().Replace(connectionString, match =>
        {
            name = match.Groups["name"].Value;
            return match.Groups["before"].Value == "?" && match.Groups["after"].Length > 0 ? "?" : match.Groups["after"].Value;
        });
        if (!Name().IsMatch(name))
        {
            throw new FormatException("The name of a log (log=...) is lower-case letters, digits and hyphens.");
        }

        if (!TryCreate(rest, out var settings, out var why))
        {
            throw new FormatException(
                $"The connection string of the event log is not understood ({why}). Give esdb://user:password@host:2113?tls=true, "
                + "or esdb+discover://... for a cluster, with log=name where the server holds several.");
        }

        settings.OperationOptions.ThrowOnAppendFailure = false; // A refusal is a result.
        return new(name, settings);
    }

    /// <summary>A stream's name as the server has it.</summary>
    public string NameOnServer(string stream) => prefix + stream;

    /// <summary>An event as the port gives it.</summary>
    public LoggedEvent Logged(Esdb.ResolvedEvent resolved)
    {
        var read = resolved.Event;
        return new(
            Of(read.Position),
            read.EventStreamId[prefix.Length..],
            read.EventNumber.ToInt64(),
            read.EventId.ToGuid(),
            read.EventType,
            read.Data,
            read.Metadata,
            new DateTimeOffset(read.Created));
    }

    public static LogPosition Of(Esdb.Position position) => new(checked((long)position.CommitPosition));

    public static Esdb.Position On(LogPosition position) => new((ulong)position.Value, (ulong)position.Value);

    // Only the kind of the error: the client's own message may repeat the user and the password.
    private static bool TryCreate(string connectionString, [NotNullWhen(true)] out Esdb.EventStoreClientSettings? settings, out string why)
    {
        (settings, why) = (null, "");
        try
        {
            settings = Esdb.EventStoreClientSettings.Create(connectionString);
            return true;
        }
        catch (Exception wrong) when (wrong is Esdb.ConnectionStringParseException or FormatException or ArgumentException or IOException)
        {
            why = wrong.GetType().Name;
            return false;
        }
    }

    [GeneratedRegex("(?<before>[?&])log=(?<name>[^&]*)(?<after>&?)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LogParameter();

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,62}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
