using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Files;
using Barnahus.Safety.Risk;

namespace Barnahus.Safety.Surroundings;

/// <summary>Wishes about what is around the child.</summary>
public abstract record SurroundingsCommand(Guid ChildId, DateTimeOffset At) : SafetyCommand(ChildId, At);

/// <summary>Record an incident.</summary>
/// <param name="Trigger">The re-assessment that it opens, if it must.</param>
public sealed record RecordIncident(
    Guid ChildId, DateTimeOffset At, Guid IncidentId, IncidentContent Content, OpenReassessment? Trigger) : SurroundingsCommand(ChildId, At);

/// <summary>Record where the child stays.</summary>
public sealed record RecordWhereabouts(
    Guid ChildId, DateTimeOffset At, Guid RecordId, DateTimeOffset Since, WhereaboutsContent Content) : SurroundingsCommand(ChildId, At);

/// <summary>Set somebody's place on the contact map.</summary>
/// <param name="Representatives">The child's representatives as Intake last told, opened; null when that is not known here.</param>
public sealed record SetContact(
    Guid ChildId,
    DateTimeOffset At,
    Guid ContactId,
    Guid? PersonId,
    ContactContent Content,
    ImmutableArray<LearnedRepresentative>? Representatives) : SurroundingsCommand(ChildId, At);

/// <summary>Set whom to call when.</summary>
public sealed record SetReportRoute(Guid ChildId, DateTimeOffset At, ReportRouteContent Content) : SurroundingsCommand(ChildId, At);

internal static class SurroundingsDecider
{
    public static Decision Decide(SurroundingsCommand command, ChildSafety state) => command switch
    {
        RecordIncident c when state.Incidents.Any(incident => incident.IncidentId == c.IncidentId) => Decision.Nothing,
        RecordIncident c => Record(c, state),
        RecordWhereabouts c when state.Whereabouts?.RecordId == c.RecordId => Decision.Nothing,
        RecordWhereabouts c when c.Since > c.At => Decision.Refuse(
            "not-there-yet", "This place lies in the future. Record where the child stays now; a planned move belongs in the safety plan."),
        RecordWhereabouts c => Decision.Accept(new WhereaboutsRecorded(c.ChildId, c.RecordId, c.Since, c.At, Personal.Of(c.Content))),
        SetContact c => Set(c),
        SetReportRoute c => Decision.Accept(new ReportRouteSet(c.ChildId, c.At, Personal.Of(c.Content))),
        _ => throw new InvalidOperationException($"Unknown command of the surroundings: {command.GetType().Name}."),
    };

    private static Decision Record(RecordIncident command, ChildSafety state)
    {
        if (command.Content.HappenedAt > command.At)
        {
            return Decision.Refuse("not-happened-yet", "This incident lies in the future. Record what happened; what may happen is a trigger or a risk factor.");
        }

        IEvent recorded = new IncidentRecorded(command.ChildId, command.IncidentId, command.At, Personal.Of(command.Content));
        return command.Trigger is { } trigger && RiskDecider.Decide(trigger, state) is Decision.Accepted { Events: var opened }
            ? Decision.Accept([recorded, .. opened])
            : Decision.Accept(recorded);
    }

    /// <summary>
    /// Nobody who is suspected, or who may not be informed, may be told anything (Besluit slachtoffers art. 14). So that the rule cannot be
    /// passed by leaving the id out, whoever stands in a parent's place is named by Intake's id.
    /// </summary>
    private static Decision Set(SetContact command)
    {
        var content = command.Content;
        if (content.MayBeTold.Intersect(content.MayNotBeTold).Any())
        {
            return Decision.Refuse("told-and-not-told", "A subject stands under both what may and what may not be told. Choose one of the two.");
        }

        if (command.Representatives is not { } representatives)
        {
            return Decision.Refuse(
                "file-not-known-here", "Who may be informed about this child has not reached this service, or is not kept any more. Try again in a moment.");
        }

        if (command.PersonId is null)
        {
            return Relations.StandInForParents(content.Relation)
                ? Decision.Refuse(
                    "name-the-representative",
                    "A parent or guardian is named by the id of the file, so that the rule on informing them is kept. State it, or have Intake add the representative.")
                : Accept(command, content);
        }

        return representatives.FirstOrDefault(known => known.PersonId == command.PersonId) switch
        {
            null => Decision.Refuse(
                "no-such-representative", "No representative of this child has this id. Leave the id out for others, or have Intake add the representative."),
            { Barred: true } when content.MayBeTold.Count > 0 => Decision.Refuse(
                "may-not-be-informed",
                "This representative is suspected or may not be informed, and is told nothing. Leave empty what may be told; ask Intake whether a special guardian is needed."),
            var representative => Accept(command, content with { Relation = representative.Relation }),
        };
    }

    private static Decision Accept(SetContact command, ContactContent content) =>
        Decision.Accept(new ContactSet(command.ChildId, command.ContactId, command.PersonId, command.At, Personal.Of(content)));
}
