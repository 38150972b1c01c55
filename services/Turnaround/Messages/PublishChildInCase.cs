using Barnahus.Contracts;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Turnaround.Cases;

namespace Barnahus.Turnaround.Messages;

/// <summary>Tells which children are in a case beside their own: a suspect of it stays apart from all of them.</summary>
public sealed class PublishChildInCase : IPublication
{
    public IReadOnlyCollection<Type> Of { get; } = [typeof(CaseOpened)];

    public ValueTask<object?> MessageAsync(Recorded recorded, CancellationToken cancellationToken)
    {
        var opened = (CaseOpened)recorded.Event;
        return new(opened.OwnOfChild ? null : new ChildInCase(recorded.Source(), opened.CaseId, opened.ChildId));
    }
}
