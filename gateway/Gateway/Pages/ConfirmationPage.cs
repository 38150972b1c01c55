using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Antiforgery;

namespace Barnahus.Gateway.Pages;

/// <summary>Proving once more who you are.</summary>
public static class ConfirmationPage
{
    public static IResult Show(HttpContext context, IAntiforgery antiforgery, bool failed) => Html.Page(
        "Bevestig dat u het bent",
        Html.Of($"""
            {Html.Error(failed ? "Wachtwoord of code klopt niet. Na vijf keer achter elkaar wordt u uitgelogd." : null)}
            <p>Wat u wilt doen weegt zwaar voor een kind. Vul uw wachtwoord in, of een code uit uw authenticator-app. Daarna hebt u vijf minuten.</p>
            <form method="post" action="{RecentSignIn.ConfirmationPath}">
            {Html.Antiforgery(context, antiforgery)}
            <label for="password">Wachtwoord</label>
            <input id="password" name="password" type="password" autocomplete="current-password" maxlength="200">
            <label for="code">Of een code uit uw authenticator-app</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10">
            <button type="submit">Bevestigen</button>
            </form>
            """),
        failed ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);
}
