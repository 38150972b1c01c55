using System.Threading.Channels;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.Access;

/// <summary>One request saw this. Who, why, when and by which client stand in the envelope.</summary>
/// <param name="OperationId">The request; joins with the processing log.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Route">Route template, without ids.</param>
/// <param name="SessionId">
/// From where: the session of the person (<c>identity.session-{id}</c> holds its device and address, sealed), as the signed token names it. Null where no
/// token names one: for a machine client, which the envelope names, and for a provider that says nothing of sessions.
/// </param>
/// <param name="Looks">What of whom.</param>
[EventType("accesses.looked.v2")]
public sealed record Looked(Guid OperationId, string Method, string Route, Guid? SessionId, IReadOnlyList<Look> Looks) : IEvent
{
    public SubjectId Subject => Looks[0].About;
}

/// <param name="About">Whom.</param>
/// <param name="What">Groups of data (access.md), or names of other objects.</param>
public sealed record Look(SubjectId About, IReadOnlyList<string> What);

/// <summary>
/// The access log: the event log's port on a database of its own. Each process writes one stream there; waiting records are appended together.
/// </summary>
public sealed class AccessLog : IAsyncDisposable
{
    /// <summary>What is seen of the searcher's own account in a search for a child: each search is on record, whatever it finds.</summary>
    public const string ChildSearch = "child-search";

    private readonly EventCodec _codec;
    private readonly string _stream;
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(4096);
    private readonly Task _writer;

    /// <param name="log">The log of accesses, not the log of events.</param>
    /// <param name="codec">Encodes the records.</param>
    public AccessLog(IEventLog log, EventCodec codec)
    {
        Log = log;
        _codec = codec;
        _stream = $"accesses.process-{Guid.CreateVersion7():D}";
        _writer = WriteAsync();
    }

    /// <summary>For Timeline, which alone follows it.</summary>
    public IEventLog Log { get; }

    /// <summary>Durable when it returns.</summary>
    /// <exception cref="NotRecordedException">It is not on the record: what was looked up must not be shown.</exception>
    public async Task RecordAsync(Looked looked, CommandContext context, CancellationToken cancellationToken)
    {
        var encoded = await _codec.EncodeAsync(_stream, [looked], context, cancellationToken);
        var waiting = new Waiting(encoded[0], new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await _waiting.Writer.WriteAsync(waiting, cancellationToken);
        try
        {
            await waiting.Done.Task;
        }
        catch (Exception failure)
        {
            throw new NotRecordedException(failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _writer;
    }

    private async Task WriteAsync()
    {
        var revision = StreamRevision.None;
        var batch = new List<Waiting>();
        while (await _waiting.Reader.WaitToReadAsync())
        {
            // At the end of the queue: those who were just told mostly go first, and who comes meanwhile shares the commit.
            await Task.Yield();
            batch.Clear();
            while (batch.Count < 256 && _waiting.Reader.TryRead(out var next))
            {
                batch.Add(next);
            }

            try
            {
                revision = await AppendAsync(revision, [.. batch.Select(w => w.Record)]);
                batch.ForEach(w => w.Done.SetResult());
            }
#pragma warning disable CA1031 // Whatever it was, the callers are told and the loop lives on.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                batch.ForEach(w => w.Done.SetException(failure));
            }
        }
    }

    /// <summary>Revision of the stream after these records.</summary>
    private async Task<long> AppendAsync(long revision, IReadOnlyList<EventToAppend> records)
    {
        try
        {
            return (await Log.AppendAsync(_stream, revision, records, CancellationToken.None)).Revision;
        }
        catch (WrongRevisionException elsewhere)
        {
            // The answer to an earlier append was lost though it was applied: go on from where the stream is.
            return (await Log.AppendAsync(_stream, elsewhere.Actual, records, CancellationToken.None)).Revision;
        }
    }

    private sealed record Waiting(EventToAppend Record, TaskCompletionSource Done);
}

/// <summary>A look could not be recorded (503). The answer stays behind; what a command did was done before.</summary>
public sealed class NotRecordedException(Exception inner)
    : Exception("The access log does not take the record of this look, so nothing of it can be shown.", inner);
