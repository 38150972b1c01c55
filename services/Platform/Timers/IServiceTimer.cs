using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.Timers;

/// <summary>Something that becomes due. The id says item and threshold, e.g. <c>measure:0198…:lapses-soon</c>: it fires once whatever restarts.</summary>
public sealed record DueItem(string Id, DateTimeOffset At, SubjectId Subject);

/// <summary>What becomes due in a service, seen in its views, and the command it leads to.</summary>
public interface IServiceTimer
{
    /// <summary>Stable name; part of the derived command ids.</summary>
    string Name { get; }

    /// <summary>Items due at a moment of domain time and not yet done.</summary>
    IEnumerable<DueItem> Due(DateTimeOffset now);

    /// <summary>Sends the command, with the context whose id follows from timer and item.</summary>
    Task FireAsync(DueItem item, CommandContext context, CancellationToken cancellationToken);
}
