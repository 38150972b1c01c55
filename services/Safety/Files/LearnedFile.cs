using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;

namespace Barnahus.Safety.Files;

/// <summary>The file as Intake last told it.</summary>
public sealed record LearnedFile(
    long Revision,
    string Status,
    Guid? MergedInto,
    string Region,
    DateTimeOffset OpenedAt,
    Guid? CoordinatorId,
    [property: Personal(Regime.Care)] Personal<LearnedFacts>? Facts)
{
    public bool IsOpen => Status == "open";
}

internal static class FileEvolution
{
    public static ChildSafety Evolve(ChildSafety state, FileEvent @event) => @event switch
    {
        FileLearned e => state with
        {
            File = new(e.Revision, e.Status, e.MergedInto, e.Region, e.OpenedAt, e.CoordinatorId, e.Facts),

            // An old hand-over that Intake never heard of stands until Intake names another than it did then.
            HandedOverTo = e.CoordinatorId == state.File?.CoordinatorId ? state.HandedOverTo : null,
        },
        CoordinatorHandedOver e => state with { HandedOverTo = e.To },
        FileTakenOver e => state with { TakenOver = state.TakenOver.Add(e.From) },
        _ => throw new InvalidOperationException($"Unknown event of the file: {@event.GetType().Name}."),
    };
}
