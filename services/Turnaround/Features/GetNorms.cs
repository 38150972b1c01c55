using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Features;

/// <summary>Every version of every norm, with its source. No personal data.</summary>
public static class GetNorms
{
    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/norms", HandleAsync)
        .Allow([Roles.Administrator, .. CaseSight.Readers])
        .WithSummary("The norms, all versions, with their sources");

    private static async Task<Answer<List<Norm>>> HandleAsync(NormLibrary norms, CancellationToken cancellationToken)
    {
        var book = await norms.CurrentAsync(cancellationToken);
        return Reply.Read(book.Versions.Values.SelectMany(versions => versions).ToList());
    }
}
