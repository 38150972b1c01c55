using Barnahus.Identity.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Identity.Features;

/// <summary><c>GET /identity/v1/clients</c>: partner organisations' systems.</summary>
public static class ListClients
{
    public static void Map(RouteGroupBuilder routes) =>
        routes.MapGet("/clients", List).Allow(Roles.Administrator, Roles.Auditor).WithSummary("Machine clients of partner organisations");

    private static Answer<IReadOnlyList<ClientRow>> List(HttpContext http, ClientIndex index, int? page, int? pageSize) =>
        Reply.Read(index.Rows.ToList().Page(http, page, pageSize));
}
