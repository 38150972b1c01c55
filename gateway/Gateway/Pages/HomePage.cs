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
            {Recovered(context, antiforgery, holder.Recovered)}
            <form method="post" action="{ChoosePurpose.FormPath}">
            {Html.Antiforgery(context, antiforgery)}
            <fieldset>
            <legend>Waarvoor werkt u nu?</legend>
            {Choices(session, holder)}
            </fieldset>
            <button type="submit">Kiezen</button>
            </form>
            <nav><a href="{OwnSessions.Path}">Waar u bent ingelogd</a> <a href="{Passkeys.Path}">Uw passkeys</a>{ForAdministrators(session)}</nav>
            <form method="post" action="{SignOut.Path}">
            {Html.Antiforgery(context, antiforgery)}
            <button type="submit">Uitloggen</button>
            </form>
            """));

    private static Markup Recovered(HttpContext context, IAntiforgery antiforgery, RecoveryNotice? notice) => new(notice is null
        ? ""
        : Html.Of($"""
            <form method="post" action="{Me.RecoverySeenPath}" class="error" role="alert">
            {Html.Antiforgery(context, antiforgery)}
            <p>Uw account is op {Html.Time(notice.At)} hersteld: {notice.ProposedBy} stelde het voor, {notice.ApprovedBy} keurde het goed.
            Hebt u daar niet om gevraagd? Meld het meteen.</p>
            <button type="submit">Ik heb dit gezien</button>
            </form>
            """));

    private static Markup ForAdministrators(Session session) => new(session.Stated?.Role == Roles.Administrator
        ? Html.Of($""" <a href="{Proposals.Path}">Wat wacht op een tweede beheerder</a>""")
        : "");

    private static Markup Choices(Session session, Holder holder)
    {
        var all = holder.Roles.SelectMany(role => Purposes.For(role).Select(purpose => (Role: role, Purpose: purpose))).ToList();
        return new(all.Count == 0
            ? "<p>U mag nog niets: een tweede beheerder moet uw rol eerst goedkeuren.</p>"
            : string.Join('\n', all.Select(one =>
            {
                var value = $"{one.Role}/{one.Purpose.Code}";

                // Where there is one to choose from, choosing is one press of the button.
                var isChosen = session.Stated is { } stated ? stated == new Stated(one.Role, one.Purpose.Code) : all.Count == 1;
                return Html.Of($"""<p><input type="radio" name="stated" id="{value}" value="{value}"{new Markup(isChosen ? " checked" : "")} required> <label for="{value}">{one.Purpose.Dutch} ({one.Role})</label></p>""");
            })));
    }
}
