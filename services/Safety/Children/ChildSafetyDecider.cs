using Barnahus.Platform.Deciding;
using Barnahus.Safety.Files;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Risk;
using Barnahus.Safety.Surroundings;
using Barnahus.Safety.Willingness;

namespace Barnahus.Safety.Children;

/// <summary>A wish about one child's safety.</summary>
/// <param name="ChildId">The child.</param>
/// <param name="At">Domain time at which it is decided.</param>
public abstract record SafetyCommand(Guid ChildId, DateTimeOffset At);

/// <summary>Decides all commands of a child's safety. Each subject has its own file; what holds for all stands here.</summary>
public static class ChildSafetyDecider
{
    public static readonly Decider<SafetyCommand, ChildSafety> Decider = new(ChildSafety.Initial, Decide, ChildSafety.Evolve);

    /// <summary>The rule by which a file that was merged refuses.</summary>
    internal const string Merged = "file-merged";

    /// <summary>What a person reads who works in a file that was merged.</summary>
    public const string MergedDetail = "This file was merged into another. Its open matters were taken over there; work in the file that now holds this child.";

    public static Decision Decide(SafetyCommand command, ChildSafety state) => command switch
    {
        // What Intake says of the file is always learned, of a merged file too: else a late message would leave us behind.
        LearnFile learn => FileDecider.Learn(learn, state),
        SystemCommand when state.MergedInto is not null => Decision.Nothing,
        _ when state.MergedInto is not null => Decision.Refuse(Merged, MergedDetail),
        FileCommand c => FileDecider.Decide(c, state),
        RiskCommand c => RiskDecider.Decide(c, state),
        MeasureCommand c => MeasureDecider.Decide(c, state),
        SystemCommand c => AlarmDecider.Decide(c, state),
        SurroundingsCommand c => SurroundingsDecider.Decide(c, state),
        RecordWillingness c => WillingnessDecider.Decide(c, state),
        _ => throw new InvalidOperationException($"Nobody decides {command.GetType().Name}."),
    };
}

/// <summary>A wish of time itself (a timer). Never refused: what no longer applies has no effect.</summary>
public abstract record SystemCommand(Guid ChildId, DateTimeOffset At) : SafetyCommand(ChildId, At);
