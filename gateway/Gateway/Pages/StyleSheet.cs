namespace Barnahus.Gateway.Pages;

/// <summary>The one style sheet, built into the assembly so that every host serves it.</summary>
public static class StyleSheet
{
    private static readonly string Text = Read();

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/account/style.css", (HttpContext context) =>
    {
        context.Response.Headers.CacheControl = "public, max-age=3600";
        return Results.Text(Text, "text/css");
    });

    private static string Read()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("style.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
