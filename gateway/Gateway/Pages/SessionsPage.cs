using Barnahus.Gateway.Features;
using Barnahus.Identity.Features;
using Microsoft.AspNetCore.Antiforgery;

namespace Barnahus.Gateway.Pages;

/// <summary>Where you are signed in, each with a button that ends it.</summary>
public static class SessionsPage
{
    public static IResult Show(HttpContext context, IAntiforgery antiforgery, IReadOnlyList<SessionReply> sessions) => Html.Page(
        "Waar u bent ingelogd",
        Html.Of($"""
            <p>Herkent u er een niet? Beëindig die, en meld het aan uw beheerder.</p>
            <table>
            <thead><tr><th scope="col">Apparaat</th><th scope="col">Adres</th><th scope="col">Sinds</th><th scope="col">Laatst gebruikt</th><th scope="col">Beëindigen</th></tr></thead>
            <tbody>
            {new Markup(string.Join('\n', sessions.Select(session => Row(context, antiforgery, session))))}
            </tbody>
            </table>
            <form method="post" action="{OwnSessions.Path}">
            {Html.Antiforgery(context, antiforgery)}
            <button type="submit">Alle andere beëindigen</button>
            </form>
            <p><a href="{HomePage.Path}">Terug</a></p>
            """));

    private static string Row(HttpContext context, IAntiforgery antiforgery, SessionReply session) => Html.Of($"""
        <tr><td title="{session.Device}">{DeviceName.Of(session.Device)}</td><td>{session.Address}</td><td>{Html.Time(session.StartedAt)}</td><td>{Html.Time(session.UsedAt)}</td><td>{Action(context, antiforgery, session)}</td></tr>
        """);

    private static Markup Action(HttpContext context, IAntiforgery antiforgery, SessionReply session) => new(session.Current
        ? "Deze sessie"
        : Html.Of($"""
            <form method="post" action="{OwnSessions.Path}">
            {Html.Antiforgery(context, antiforgery)}
            <input type="hidden" name="sessionId" value="{session.SessionId}">
            <button type="submit">Beëindigen</button>
            </form>
            """));
}
