using Barnahus.Platform.Deciding;
using Microsoft.AspNetCore.Http;

namespace Barnahus.Platform.Hosting;

/// <summary>Lists by api.md: <c>?page=&amp;pageSize=</c>, at most 100, with Link headers.</summary>
public static class Paging
{
    public const int MaxPageSize = 100;

    /// <summary>One page of a list in stable order, with Link headers for its neighbours.</summary>
    /// <exception cref="InvalidException">Page or page size is out of range.</exception>
    public static IReadOnlyList<T> Page<T>(this IReadOnlyList<T> all, HttpContext http, int? page, int? pageSize)
    {
        var number = page ?? 1;
        var size = pageSize ?? 50;
        if (number < 1)
        {
            throw new InvalidException("page", "The first page is 1.");
        }

        if (size is < 1 or > MaxPageSize)
        {
            throw new InvalidException("pageSize", "Between 1 and 100.");
        }

        var last = Math.Max(1, (all.Count + size - 1) / size);
        var links = new List<string>();
        void Link(string relation, int target) =>
            links.Add($"</api{http.Request.Path}{http.Request.QueryString.Without("page").Add("page", target.ToString(System.Globalization.CultureInfo.InvariantCulture))}>; rel=\"{relation}\"");
        Link("first", 1);
        if (number > 1)
        {
            Link("prev", number - 1);
        }

        if (number < last)
        {
            Link("next", number + 1);
        }

        Link("last", last);
        http.Response.Headers.Link = string.Join(", ", links);
        return [.. all.Skip((number - 1) * size).Take(size)];
    }

    private static QueryString Without(this QueryString query, string name) =>
        QueryString.Create(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query.Value)
            .Where(pair => pair.Key != name)
            .SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value))));
}
