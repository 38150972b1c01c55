using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;

namespace Barnahus.Turnaround.Norms;

/// <summary>
/// The norms as the log has them at this moment, with what came with the program taken up first. Read from the stream and not from a view:
/// a clock must never start, or stay away, because a view lagged.
/// </summary>
public sealed class NormLibrary(CommandHandler handler, DomainClock clock)
{
    private readonly IReadOnlyList<Norm> _shipped = ShippedNorms.Read();

    public async Task<NormBook> CurrentAsync(CancellationToken cancellationToken)
    {
        var (book, _) = await handler.StateAsync(NormsDecider.Decider, NormBook.Stream, cancellationToken);
        if (_shipped.All(norm => book.Of(norm.Key) is [.., var last] && last.Version >= norm.Version))
        {
            return book;
        }

        // The id follows from what is shipped, so that several processes starting at once take it up once.
        var commandId = DerivedId.From("turnaround.norms/shipped/" + string.Join(',', _shipped.Select(norm => $"{norm.Key}.{norm.Version}")));
        var context = new CommandContext(commandId, Actor.System(TurnaroundModule.Name), null, clock.Now, commandId);
        var command = new NormCommand.LoadShipped(_shipped, clock.Now.DutchDate());
        var result = await handler.HandleAsync(NormsDecider.Decider, NormBook.Stream, command, context, cancellationToken);
        return result.State;
    }
}
