using System.Net.Mime;
using Barnahus.Gateway.Features;
using Barnahus.Gateway.Protection;
using Microsoft.Net.Http.Headers;

namespace Barnahus.Gateway.Pages;

/// <summary>
/// What went wrong, for a person with a browser: a page in place of problem+json. Its words are those of the status, at signing out those of the place; nothing of
/// the request is repeated.
/// </summary>
public sealed class ProblemPage : IProblemDetailsWriter
{
    /// <summary>Who comes here is a program, whatever it says that it takes.</summary>
    private static readonly string[] ForPrograms = ["/api", "/connect", "/.well-known", "/health"];

    /// <summary>A browser that opens a page or sends a form says that it takes one, and says nothing of JSON.</summary>
    public bool CanWrite(ProblemDetailsContext context)
    {
        var request = context.HttpContext.Request;
        return !Array.Exists(ForPrograms, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
            && !CrossSiteGuard.HasHeader(request)
            && request.GetTypedHeaders().Accept is var takes
            && takes.Any(one => Is(one, MediaTypeNames.Text.Html) && one.Quality is null or > 0)
            && !takes.Any(one => Is(one, MediaTypeNames.Application.Json) || Is(one, MediaTypeNames.Application.ProblemJson));
    }

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        var (title, words) = Of(status, context.HttpContext.Request.Path);
        await Html.Page(title, Html.Of($"""<p>{words}</p><p><a href="{HomePage.Path}">Naar het begin</a></p>"""), status).ExecuteAsync(context.HttpContext);
    }

    private static bool Is(MediaTypeHeaderValue one, string mediaType) => one.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase);

    private static (string Title, string Words) Of(int status, PathString path) => status switch
    {
        400 => ("Dat ging niet", "Het formulier is niet te lezen. Ga terug, ververs de pagina en probeer het opnieuw."),
        403 when path == SignOut.Path => ("U bent nog ingelogd", "De pagina was te oud om mee uit te loggen. Ga naar het begin en log daar uit."),
        403 => ("Dat kan hier niet", "Niet met deze rol, of niet van deze pagina uit. Ga naar het begin, kies een andere rol, of vraag het uw beheerder."),
        404 => ("Niet gevonden", "Hier is niets voor u. Kijk het adres na, en waarvoor u nu werkt."),
        408 => ("Het duurde te lang", "Ga terug en probeer het opnieuw."),
        413 => ("Te veel ineens", "Het formulier is te groot. Ga terug en stuur minder."),
        429 => ("Te veel pogingen", "Wacht even en probeer het dan opnieuw."),
        431 => ("Te veel cookies", "Uw browser stuurt te veel mee. Verwijder de cookies van deze site en log opnieuw in."),
        502 or 503 or 504 => ("Even niet bereikbaar", "Een deel van Barnahus antwoordt niet. Er gaat niets verloren; probeer het zo opnieuw."),
        >= 500 => ("Er ging iets mis", "Dat ligt aan ons en is vastgelegd. Probeer het opnieuw; blijft het zo, meld dan hoe laat het was en wat u deed."),
        _ => ("Dat kan zo niet", "Dit adres is niet zo te openen. Ga naar het begin en kies daar wat u wilt doen."),
    };
}
