using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Clients;

/// <summary>A proof that counts once (a client's assertion, a code of a second factor) was used.</summary>
/// <param name="ProofId">Made one-way from the proof.</param>
/// <param name="Until">From then on it is refused for its age.</param>
[EventType("identity.proof-used.v1")]
public sealed record ProofUsed(Guid ProofId, DateTimeOffset Until) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

/// <summary>
/// Takes each proof once, in a stream of its own: whichever replica is first to write it has it, and a restart forgets nothing.
/// </summary>
public sealed class OneTimeProofs(CommandHandler handler, TimeProvider time)
{
    public static readonly Decider<ProofUsed, DateTimeOffset> Decider = new(
        DateTimeOffset.MinValue,
        (proof, _) => Decision.Accept(proof),
        (_, @event) => ((ProofUsed)@event).Until);

    /// <summary>Takes it if it was not taken before.</summary>
    /// <param name="proof">What is used, with whose it is.</param>
    /// <param name="until">From then on it is refused for its age, so that the same digits may come again.</param>
    public async Task<bool> TakeAsync(string proof, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var id = DerivedId.From($"proof/{proof}");
        var stream = $"identity.proof-{id:D}";
        var now = time.GetUtcNow();
        var (usedUntil, revision) = await handler.StateAsync(Decider, stream, cancellationToken);
        if (usedUntil > now)
        {
            return false;
        }

        try
        {
            var context = new CommandContext(Guid.CreateVersion7(), Actor.System("identity"), null, now, id) { IfRevision = revision };
            await handler.HandleAsync(Decider, stream, new(id, until), context, cancellationToken);
            return true;
        }
        catch (StaleException)
        {
            // Somebody else was first.
            return false;
        }
    }
}
