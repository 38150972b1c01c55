using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Timeline.Index;
using Barnahus.Timeline.Reading;

namespace Barnahus.Timeline.Features;

/// <summary>
/// A child's timeline: every event of every service in order, each as a sentence with who, when and why. Personal fields in a sentence are opened only for
/// who may see that group of data whole (access.md); an auditor sees a pseudonym and none of them.
/// </summary>
public static class GetEvents
{
    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/children/{childId:guid}/events", HandleAsync)
        .Allow([.. Roles.All.Where(role => AccessMatrix.Of(role, DataGroup.Timeline).Sight != Sight.None)])
        .WithSummary("The timeline of a child: every event of every service, oldest first.")
        .WithDescription("from and to are moments (UTC) between which the event occurred; organisation is an OIN; kind is a service (safety) or a type of event, with or without its version.");

    private static async Task<Answer<ChildTimeline>> HandleAsync(
        Guid childId,
        DateTimeOffset? from,
        DateTimeOffset? to,
        string? organisation,
        string? kind,
        int? page,
        int? pageSize,
        HttpContext http,
        AccessGate gate,
        ChildAccess access,
        TimelineIndex index,
        ChildReader reader,
        LineWriter lines,
        Pseudonym pseudonym,
        CancellationToken cancellationToken)
    {
        var child = access.Surviving(childId);
        var sight = gate.Require(child, DataGroup.Timeline);
        var all = await reader.ReadAsync(child, cancellationToken);
        var restricted = RestrictedParts.Of(all);
        var events = all
            .Where(read => (from is null || read.Envelope.OccurredAt >= from) && (to is null || read.Envelope.OccurredAt < to))
            .Where(read => organisation is null || read.Envelope.Actor.Organisation == organisation)
            .Where(read => kind is null || kind == read.Service || kind == read.Kind || kind == read.Logged.Type)
            .ToList();
        var shown = events.Page(http, page, pageSize).Select(read => lines.Write(read, child, gate, restricted)).ToList();
        return Reply.Read(new ChildTimeline(sight == Sight.Pseudonym ? pseudonym.Of(child) : child.ToString("D"), events.Count, shown));
    }
}

/// <param name="Child">The child's id; for an auditor a pseudonym.</param>
/// <param name="Total">Number of events that pass the filters.</param>
/// <param name="Items">This page of them, oldest first.</param>
public sealed record ChildTimeline(string Child, int Total, IReadOnlyList<Line> Items);

/// <summary>One event on a timeline.</summary>
/// <param name="EventId">Identity of the event.</param>
/// <param name="Position">Its place in the log.</param>
/// <param name="OccurredAt">Domain time at which it was decided.</param>
/// <param name="RecordedAt">System time at which the log took it.</param>
/// <param name="Service">Service that wrote it.</param>
/// <param name="Type">Type of event.</param>
/// <param name="Sentence">What happened.</param>
/// <param name="Who">Who did it.</param>
/// <param name="Purpose">Purpose that the actor stated.</param>
/// <param name="CausedBy">The command it came from; equal for what one act brought about.</param>
/// <param name="CauseEventId">Event that led to it, over the bus or within the service: the <c>EventId</c> of its own line where it is about this child; null for what somebody did.</param>
/// <param name="CorrelationId">What it belongs to.</param>
public sealed record Line(
    Guid EventId,
    string Position,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    string Service,
    string Type,
    Sentence Sentence,
    Who Who,
    StatedPurpose? Purpose,
    Guid CausedBy,
    Guid? CauseEventId,
    Guid CorrelationId);

/// <param name="Nl">In Dutch.</param>
/// <param name="En">In English.</param>
public sealed record Sentence(string Nl, string En);

/// <param name="AccountId">Account of a person; null for a machine or the system itself.</param>
/// <param name="Name">Name of the account.</param>
/// <param name="Role">Role it acted in.</param>
/// <param name="Organisation">OIN.</param>
/// <param name="Client">Client application.</param>
public sealed record Who(Guid? AccountId, string? Name, string Role, string? Organisation, string Client)
{
    public static Who Of(Actor actor, AccountNames names) =>
        new(actor.AccountId, actor.AccountId is { } account ? names.Of(account) : null, actor.Role, actor.Organisation, actor.Client);
}

/// <param name="Code">Code of the purpose.</param>
/// <param name="Nl">In Dutch.</param>
/// <param name="En">In English.</param>
public sealed record StatedPurpose(string Code, string Nl, string En)
{
    public static StatedPurpose? Of(Envelope envelope)
    {
        var known = Purposes.For(envelope.Actor.Role).FirstOrDefault(purpose => purpose.Code == envelope.Purpose);
        return envelope.Purpose is { } code ? new(code, known?.Dutch ?? code, known?.English ?? code) : null;
    }
}
