using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;

namespace Barnahus.Platform.Deciding;

/// <summary>
/// The way of a command: load the stream, fold it, decide, append at the exact revision.
/// A command whose id is already in the stream has no second effect and gets its first result.
/// </summary>
public sealed class CommandHandler(IEventLog log, EventCodec codec)
{
    private const int MaxAttempts = 20;
    private const int PageSize = 500;

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
            var loaded = await LoadAsync(decider, stream, cancellationToken, context);
            if (loaded.FirstResult is { } first)
            {
                Count("repeated");
                return first;
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

    /// <summary>Folds a stream as it is now.</summary>
    public async Task<(TState State, long Revision)> StateAsync<TCommand, TState>(
        Decider<TCommand, TState> decider, string stream, CancellationToken cancellationToken)
    {
        var loaded = await LoadAsync(decider, stream, cancellationToken);
        return (loaded.State, loaded.Revision);
    }

    private static void Count(string outcome) => Telemetry.Commands.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    private async Task<Loaded<TState>> LoadAsync<TCommand, TState>(
        Decider<TCommand, TState> decider, string stream, CancellationToken cancellationToken, CommandContext? context = null)
    {
        var state = decider.Initial;
        var revision = StreamRevision.None;
        var position = LogPosition.Start;
        CommandResult<TState>? first = null;
        while (true)
        {
            var page = await log.ReadStreamAsync(stream, revision + 1, PageSize, ReadDirection.Forwards, cancellationToken);
            foreach (var logged in page)
            {
                var recorded = codec.Decode(logged);
                state = decider.Evolve(state, recorded.Event);
                revision = logged.Revision;
                position = logged.Position;
                if (recorded.Envelope.CausationId == context?.CommandId)
                {
                    KeyReusedException.ThrowIfOther(recorded.Envelope.BodyMark, context.BodyMark);
                    first = new(state, revision, position, [.. first?.Events ?? [], recorded.Event]);
                }
            }

            if (page.Count < PageSize)
            {
                return new(state, revision, position, first);
            }
        }
    }

    private sealed record Loaded<TState>(TState State, long Revision, LogPosition Position, CommandResult<TState>? FirstResult);
}
