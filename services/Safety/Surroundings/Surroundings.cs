using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;

namespace Barnahus.Safety.Surroundings;

/// <summary>An incident.</summary>
public sealed record Incident(Guid IncidentId, DateTimeOffset RecordedAt, [property: Personal(Regime.Care)] Personal<IncidentContent> Content);

/// <summary>Where the child stays.</summary>
public sealed record Whereabouts(
    Guid RecordId, DateTimeOffset Since, DateTimeOffset RecordedAt, [property: Personal(Regime.Care)] Personal<WhereaboutsContent> Content);

/// <summary>Somebody on the contact map.</summary>
public sealed record Contact(Guid ContactId, Guid? PersonId, DateTimeOffset SetAt, [property: Personal(Regime.Care)] Personal<ContactContent> Content);

/// <summary>Whom to call when.</summary>
public sealed record ReportRoute(DateTimeOffset SetAt, [property: Personal(Regime.Care)] Personal<ReportRouteContent> Content);

internal static class SurroundingsEvolution
{
    public static ChildSafety Evolve(ChildSafety state, SurroundingsEvent @event) => @event switch
    {
        IncidentRecorded e => state with { Incidents = state.Incidents.Add(new(e.IncidentId, e.RecordedAt, e.Content)) },
        WhereaboutsRecorded e => state with { Whereabouts = new(e.RecordId, e.Since, e.RecordedAt, e.Content) },
        ContactSet e => state with { Contacts = state.Contacts.SetItem(e.ContactId, new(e.ContactId, e.PersonId, e.SetAt, e.Content)) },
        ReportRouteSet e => state with { ReportRoute = new(e.SetAt, e.Content) },
        _ => throw new InvalidOperationException($"Unknown event of the surroundings: {@event.GetType().Name}."),
    };
}
