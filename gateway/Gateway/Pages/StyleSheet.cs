namespace Barnahus.Gateway.Pages;

/// <summary>The one style sheet, built into the assembly so that every host serves it.</summary>
public static class StyleSheet
{
    public static void Map(IEndpointRouteBuilder routes) => MapResource(routes, "/account/style.css", "style.css", "text/css");

    /// <summary>Serves a file that is built into the assembly.</summary>
    internal static void MapResource(IEndpointRouteBuilder routes, string path, string name, string mediaType)
    {
        var text = Read(name);
        routes.MapGet(path, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "public, max-age=3600";
            return Results.Text(text, mediaType);
        });
    }

    private static string Read(string name)
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
