namespace Barnahus.Gateway.Pages;

/// <summary>What went wrong, for a person with a browser: a page in place of problem+json. Its words are those of the status; nothing of the request is repeated.</summary>
public sealed class ProblemPage : IProblemDetailsWriter
{
    /// <summary>A browser that opens a page or sends a form says that it takes one. What is under <c>/api</c> is for programs, whoever asks.</summary>
    public bool CanWrite(ProblemDetailsContext context) =>
        !context.HttpContext.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && context.HttpContext.Request.GetTypedHeaders().Accept.Any(one => one.MediaType.Equals(System.Net.Mime.MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase));

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        var (title, words) = Of(status);
        await Html.Page(title, Html.Of($"""<p>{words}</p><p><a href="{HomePage.Path}">Naar het begin</a></p>"""), status).ExecuteAsync(context.HttpContext);
    }

    private static (string Title, string Words) Of(int status) => status switch
    {
        403 => ("Dat kan hier niet", "Met deze rol kan dit niet. Kies een andere rol, of vraag het uw beheerder."),
        404 => ("Niet gevonden", "Hier is niets voor u. Kijk het adres na, en waarvoor u nu werkt."),
        408 => ("Het duurde te lang", "Het formulier kwam niet op tijd aan. Ga terug en probeer het opnieuw."),
        413 => ("Te veel ineens", "Het formulier is te groot. Ga terug en stuur minder."),
        429 => ("Te veel pogingen", "Wacht even en probeer het dan opnieuw."),
        502 or 503 or 504 => ("Even niet bereikbaar", "Een deel van Barnahus antwoordt niet. Er gaat niets verloren; probeer het zo opnieuw."),
        >= 500 => ("Er ging iets mis", "Dat ligt aan ons en is vastgelegd. Probeer het opnieuw; blijft het zo, meld dan hoe laat het was en wat u deed."),
        _ => ("Dat ging niet", "Het formulier is niet te lezen. Ga terug, ververs de pagina en probeer het opnieuw."),
    };
}
