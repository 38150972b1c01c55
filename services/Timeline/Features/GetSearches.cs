using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Timeline.Index;

namespace Barnahus.Timeline.Features;

/// <summary>
/// Who searched for a child, by which kinds of identity: whoever fishes for children searches often and finds little, and is seen here.
/// No value that was searched by is kept anywhere.
/// </summary>
public static class GetSearches
{
    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/searches", HandleAsync)
        .Allow([.. Roles.All.Where(role => AccessMatrix.Of(role, DataGroup.Accesses).Sight != Sight.None)])
        .WithSummary("Searches for a child, of one account or of all, latest first.");

    private static async Task<Answer<ChildSearches>> HandleAsync(
        Guid? accountId, int? page, int? pageSize, HttpContext http, Caller caller, AccessIndex accesses, AccessReader reader, CancellationToken cancellationToken)
    {
        await reader.RequireUpToDateAsync(cancellationToken);
        var places = accesses.Searches(accountId);
        var shown = new List<ChildSearch>();
        foreach (var place in places.Page(http, page, pageSize))
        {
            shown.Add(await reader.ReadSearchAsync(place, cancellationToken));
        }

        foreach (var account in shown.Select(search => search.Who.AccountId).OfType<Guid>().Distinct())
        {
            caller.Saw(SubjectId.Account(account), "searches");
        }

        return Reply.Read(new ChildSearches(places.Count, shown));
    }
}

/// <param name="Total">Number of searches.</param>
/// <param name="Items">This page of them, latest first.</param>
public sealed record ChildSearches(int Total, IReadOnlyList<ChildSearch> Items);

/// <summary>One search for a child.</summary>
/// <param name="AccessId">Identity of the record.</param>
/// <param name="At">Domain time of the request.</param>
/// <param name="RecordedAt">System time at which the record was durable; before the answer left.</param>
/// <param name="Who">Who searched.</param>
/// <param name="SessionId">From where, as with <see cref="Access"/>.</param>
/// <param name="Purpose">Why.</param>
/// <param name="ForReferral">Among all files, for a referral and by what it says; else among the files whose team the searcher is on.</param>
/// <param name="By">Kinds of identity: <c>bsn</c>, <c>given-name</c>, <c>family-name</c>, <c>birth-date</c>, <c>estimated-age</c>, <c>municipality</c>, <c>child-id</c>.</param>
/// <param name="Found">Number of files that were shown.</param>
public sealed record ChildSearch(
    Guid AccessId, DateTimeOffset At, DateTimeOffset RecordedAt, Who Who, Guid? SessionId, StatedPurpose? Purpose, bool ForReferral, IReadOnlyList<string> By, int Found);
