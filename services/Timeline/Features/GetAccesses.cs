using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Timeline.Index;

namespace Barnahus.Timeline.Features;

/// <summary>
/// Who looked at what of a child, and why (Wpg art. 32a; NEN 7513 for the medical part): every read that any service answered, the auditor's own included.
/// </summary>
public static class GetAccesses
{
    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/children/{childId:guid}/accesses", HandleAsync)
        .Allow([.. Roles.All.Where(role => AccessMatrix.Of(role, DataGroup.Accesses).Sight != Sight.None)])
        .WithSummary("Who looked at what of a child, latest first.")
        .WithDescription("from and to are moments (UTC) between which it was looked at; organisation is an OIN; role is the role in which somebody looked.");

    private static async Task<Answer<ChildAccesses>> HandleAsync(
        Guid childId,
        DateTimeOffset? from,
        DateTimeOffset? to,
        string? organisation,
        string? role,
        int? page,
        int? pageSize,
        HttpContext http,
        AccessGate gate,
        ChildAccess access,
        TimelineIndex index,
        AccessIndex accesses,
        AccessReader reader,
        Pseudonym pseudonym,
        CancellationToken cancellationToken)
    {
        var child = access.Surviving(childId);
        gate.Require(child, DataGroup.Accesses);
        await reader.RequireUpToDateAsync(cancellationToken);
        var streams = index.StreamsOf(child);
        var places = accesses.Of(streams.Children.Select(SubjectId.Child).Concat(streams.Others));
        if ((from, to, organisation, role) is (null, null, null, null))
        {
            var shown = await reader.ReadAsync(places.Page(http, page, pageSize), streams, cancellationToken).ToListAsync(cancellationToken);
            return Reply.Read(new ChildAccesses(pseudonym.Of(child), places.Count, shown));
        }

        var found = await reader.ReadAsync(places, streams, cancellationToken).Where(Asked).ToListAsync(cancellationToken);
        return Reply.Read(new ChildAccesses(pseudonym.Of(child), found.Count, found.Page(http, page, pageSize)));

        bool Asked(Access look) =>
            (from is null || look.At >= from) && (to is null || look.At < to)
            && (organisation is null || look.Who.Organisation == organisation)
            && (role is null || look.Who.Role == role);
    }
}

/// <param name="Child">Pseudonym of the child.</param>
/// <param name="Total">Number of looks that pass the filters.</param>
/// <param name="Items">This page of them, latest first.</param>
public sealed record ChildAccesses(string Child, int Total, IReadOnlyList<Access> Items);

/// <summary>One request that saw something of a child.</summary>
/// <param name="AccessId">Identity of the record.</param>
/// <param name="At">Domain time of the request.</param>
/// <param name="RecordedAt">System time at which the record was durable; before the answer left.</param>
/// <param name="Who">Who, and through which client.</param>
/// <param name="SessionId">
/// From where: the session of the person, whose device and address the provider keeps. Absent for a machine client, and where the token named none.
/// </param>
/// <param name="Purpose">Why.</param>
/// <param name="OperationId">The request; joins with the processing log.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Route">Address, without ids.</param>
/// <param name="What">Groups of data (access.md) or names of objects that were seen, of this child only.</param>
public sealed record Access(
    Guid AccessId,
    DateTimeOffset At,
    DateTimeOffset RecordedAt,
    Who Who,
    Guid? SessionId,
    StatedPurpose? Purpose,
    Guid OperationId,
    string Method,
    string Route,
    IReadOnlyList<string> What);
