using Barnahus.Gateway.Features;
using Barnahus.Gateway.Sessions;
using Barnahus.Identity.Features;
using Barnahus.Platform.Access;
using Microsoft.AspNetCore.Antiforgery;

namespace Barnahus.Gateway.Pages;

/// <summary>Who you are here, in which role and why; the portal's pages come beside it.</summary>
public static class HomePage
{
    public const string Path = "/";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Path, HandleAsync);

    private static async Task<IResult> HandleAsync(
        HttpContext context, IAntiforgery antiforgery, SessionStore sessions, SessionTokens tokens, CancellationToken cancellationToken) =>
        sessions.Of(context) is { } session && await tokens.ForAsync(session, cancellationToken) is { } token
            ? Show(context, antiforgery, session, token.Account)
            : Results.Redirect(SignIn.Path);

    private static IResult Show(HttpContext context, IAntiforgery antiforgery, Session session, Holder holder) => Html.Page(
        Html.Name,
        Html.Of($"""
            <p>U bent ingelogd als {holder.Name}.</p>
            <form method="post" action="{ChoosePurpose.FormPath}">
            {Html.Antiforgery(context, antiforgery)}
            <fieldset>
            <legend>Waarvoor werkt u nu?</legend>
            {Choices(session, holder)}
            </fieldset>
            <button type="submit">Kiezen</button>
            </form>
            <form method="post" action="{SignOut.Path}">
            {Html.Antiforgery(context, antiforgery)}
            <button type="submit">Uitloggen</button>
            </form>
            """));

    private static Markup Choices(Session session, Holder holder) => new(string.Join('\n', holder.Roles.SelectMany(role => Purposes.For(role).Select(purpose =>
    {
        var value = $"{role}/{purpose.Code}";
        var isChosen = session.Stated == new Stated(role, purpose.Code);
        return Html.Of($"""<p><input type="radio" name="stated" id="{value}" value="{value}"{new Markup(isChosen ? " checked" : "")} required> <label for="{value}">{purpose.Dutch} ({role})</label></p>""");
    }))));
}
