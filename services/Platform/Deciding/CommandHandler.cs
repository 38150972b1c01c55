using System.Runtime.CompilerServices;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;

namespace Barnahus.Platform.Deciding;

/// <summary>
/// The way of a command: load the stream, fold it, decide, append at the exact revision.
/// A command whose id is already in the stream has no second effect and gets its first result.
/// </summary>
/// <param name="log">Where streams are read and appended to.</param>
/// <param name="codec">Reads and writes their events.</param>
/// <param name="processing">Learns whose data was changed; null where there is nobody to tell.</param>
public sealed class CommandHandler(IEventLog log, EventCodec codec, ProcessingLog? processing = null)
{
    private const int MaxAttempts = 20;
    private const int PageSize = 500;
    private readonly RecentStreams _recent = new();

    /// <exception cref="RefusedException">A rule refuses.</exception>
    /// <exception cref="KeyReusedException">The command was carried out before, for another body.</exception>
    /// <exception cref="StaleException">The stream is not at <see cref="CommandContext.IfRevision"/>.</exception>
    /// <exception cref="WrongRevisionException">Others wrote at once, too many of them or beside an <see cref="IDecidedOnce"/>; nothing was appended.</exception>
    public async Task<CommandResult<TState>> HandleAsync<TCommand, TState>(
        Decider<TCommand, TState> decider,
        string stream,
        TCommand command,
        CommandContext context,
        CancellationToken cancellationToken)
    {
        using var activity = Telemetry.Activities.StartActivity("command");
        activity?.SetTag("barnahus.command", command?.GetType().Name);
        for (var attempt = 1; ; attempt++)
        {
            var loaded = await LoadAsync(decider, stream, cancellationToken);
            if (loaded.Commands.Contains(context.CommandId))
            {
                Count("repeated");
                return await FirstResultAsync(decider, stream, context, cancellationToken);
            }

            if (context.IfRevision is { } seen && seen != loaded.Revision)
            {
                Count("stale");
                throw new StaleException(seen, loaded.Revision);
            }

            switch (decider.Decide(command, loaded.State))
            {
                case Decision.Refused refused:
                    Count("refused");
                    throw new RefusedException(refused.Rule, refused.Detail);

                case Decision.Accepted { Events.Count: 0 }:
                    Count("nothing");
                    return new(loaded.State, loaded.Revision, loaded.Position, []);

                case Decision.Accepted accepted:
                    try
                    {
                        var encoded = await codec.EncodeAsync(stream, accepted.Events, context, cancellationToken);
                        var appended = await log.AppendAsync(stream, loaded.Revision, encoded, cancellationToken);
                        Count("accepted");
                        processing?.Record(context.CorrelationId, context, ProcessingLog.Change, accepted.Events.Select(e => e.Subject));
                        var state = accepted.Events.Aggregate(loaded.State, decider.Evolve);
                        return new(state, appended.Revision, appended.Position, accepted.Events);
                    }
                    catch (WrongRevisionException) when (attempt < MaxAttempts && command is not IDecidedOnce)
                    {
                        // Somebody was first: decide again on what is now true. With If-Match the next round says stale.
                        Telemetry.Conflicts.Add(1);
                    }

                    break;
            }
        }
    }

    /// <summary>What a command had for its result, for whoever does something else before it; null when it was not carried out yet.</summary>
    /// <exception cref="KeyReusedException">The command was carried out before, for another body.</exception>
    public async Task<CommandResult<TState>?> DoneAsync<TCommand, TState>(
        Decider<TCommand, TState> decider, string stream, CommandContext context, CancellationToken cancellationToken) =>
        (await LoadAsync(decider, stream, cancellationToken)).Commands.Contains(context.CommandId)
            ? await FirstResultAsync(decider, stream, context, cancellationToken)
            : null;

    /// <summary>Folds a stream as it is now.</summary>
    public async Task<(TState State, long Revision)> StateAsync<TCommand, TState>(
        Decider<TCommand, TState> decider, string stream, CancellationToken cancellationToken)
    {
        var loaded = await LoadAsync(decider, stream, cancellationToken);
        return (loaded.State, loaded.Revision);
    }

    private static void Count(string outcome) => Telemetry.Commands.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    private async Task<Folded<TState>> LoadAsync<TCommand, TState>(
        Decider<TCommand, TState> decider, string stream, CancellationToken cancellationToken)
    {
        var known = _recent.Find<TState>(stream, decider) ?? new(decider, decider.Initial, StreamRevision.None, LogPosition.Start, []);
        var (state, revision, position) = (known.State, known.Revision, known.Position);
        var commands = known.Commands.ToBuilder();
        await foreach (var logged in ReadAsync(stream, revision + 1, cancellationToken))
        {
            state = decider.Evolve(state, codec.DecodeEvent(logged));
            (revision, position) = (logged.Revision, logged.Position);
            commands.Add(Envelope.CausationOf(logged));
        }

        var folded = revision == known.Revision ? known : new(decider, state, revision, position, commands.ToImmutable());
        _recent.Keep(stream, folded);
        return folded;
    }

    /// <summary>What a command that is in the stream already had for its result: the state as it was then.</summary>
    private async Task<CommandResult<TState>> FirstResultAsync<TCommand, TState>(
        Decider<TCommand, TState> decider, string stream, CommandContext context, CancellationToken cancellationToken)
    {
        var state = decider.Initial;
        CommandResult<TState>? first = null;
        await foreach (var logged in ReadAsync(stream, 0, cancellationToken))
        {
            var recorded = codec.Decode(logged);
            state = decider.Evolve(state, recorded.Event);
            if (recorded.Envelope.CausationId == context.CommandId)
            {
                KeyReusedException.ThrowIfOther(recorded.Envelope.BodyMark, context.BodyMark);
                first = new(state, logged.Revision, logged.Position, [.. first?.Events ?? [], recorded.Event]);
            }
        }

        return first!;
    }

    private async IAsyncEnumerable<LoggedEvent> ReadAsync(
        string stream, long fromRevision, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await log.ReadStreamAsync(stream, fromRevision, PageSize, ReadDirection.Forwards, cancellationToken);
            foreach (var logged in page)
            {
                yield return logged;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }

            fromRevision = page[^1].Revision + 1;
        }
    }
}
