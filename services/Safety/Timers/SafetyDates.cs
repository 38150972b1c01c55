using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Timers;
using Barnahus.Safety.Children;
using Barnahus.Safety.Views;

namespace Barnahus.Safety.Timers;

/// <summary>Alarms before a date, lapses on it, and the triggers that follow from time. Each happens once, whatever restarts.</summary>
public sealed class SafetyDates(SafetyFiles files, CommandHandler handler) : IServiceTimer
{
    public string Name => "safety-dates";

    public IEnumerable<DueItem> Due(DateTimeOffset now) =>
        files.Agenda.PendingUntil(now).Select(pending => new DueItem(pending.Id, pending.At, SubjectId.Child(pending.Command.ChildId)));

    public Task FireAsync(DueItem item, CommandContext context, CancellationToken cancellationToken) =>
        files.Agenda.Find(item.Id) is { } pending
            ? handler.HandleAsync(
                ChildSafetyDecider.Decider, ChildSafety.Stream(pending.Command.ChildId), pending.Command with { At = context.Now }, context, cancellationToken)
            : Task.CompletedTask;
}
