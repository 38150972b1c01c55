using System.Globalization;
using System.Net.Mime;
using System.Text;
using System.Text.Encodings.Web;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Antiforgery;

namespace Barnahus.Gateway.Pages;

/// <summary>Plain server-rendered pages: no inline script or style, Dutch first. Everything that is put in is encoded.</summary>
public static class Html
{
    /// <summary>What the system is called; the home page is titled so and no more.</summary>
    public const string Name = "Barnahus";

    /// <summary>A whole page.</summary>
    /// <param name="title">Plain text; the window's title says the system's name behind it.</param>
    /// <param name="main">Markup, made with <see cref="Of"/>.</param>
    /// <param name="script">Address of the page's script; null: it has none.</param>
    public static IResult Page(string title, string main, int status = StatusCodes.Status200OK, string? script = null) => Results.Content(
        $"""
        <!DOCTYPE html>
        <html lang="nl">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{Encode(title == Name ? Name : $"{title} - {Name}")}</title>
        <link rel="stylesheet" href="/account/style.css">
        {(script is null ? "" : Of($"""<script src="{script}" defer></script>"""))}
        </head>
        <body>
        <header>{Name}</header>
        <main>
        <h1>{Encode(title)}</h1>
        {main}
        </main>
        </body>
        </html>
        """,
        MediaTypeNames.Text.Html,
        Encoding.UTF8,
        status);

    /// <summary>Markup with its holes encoded.</summary>
    public static string Of(FormattableString markup) =>
        string.Format(CultureInfo.InvariantCulture, markup.Format, [.. markup.GetArguments().Select(hole => hole switch
        {
            Markup ready => ready.Text,
            _ => (object)Encode(hole?.ToString() ?? ""),
        })]);

    /// <summary>Hidden field against forms of other sites.</summary>
    public static Markup Antiforgery(HttpContext context, IAntiforgery antiforgery)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return new(Of($"""<input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">"""));
    }

    /// <summary>A moment as it is read here; a format in a hole of <see cref="Of"/> would be lost.</summary>
    public static string Time(DateTimeOffset at) => at.ToDutch().ToString("d-M-yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What went wrong, read out at once by a screen reader.</summary>
    public static Markup Error(string? error) => new(error is null ? "" : Of($"""<p class="error" role="alert" id="error">{error}</p>"""));

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}

/// <summary>Text that is markup already.</summary>
public sealed record Markup(string Text);
