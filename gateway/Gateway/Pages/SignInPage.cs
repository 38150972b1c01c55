using Barnahus.Gateway.Features;
using Barnahus.Gateway.Sessions;
using Microsoft.AspNetCore.Antiforgery;

namespace Barnahus.Gateway.Pages;

/// <summary>The page to sign in on.</summary>
public static class SignInPage
{
    public static IResult Show(HttpContext context, IAntiforgery antiforgery, bool failed, int status = StatusCodes.Status200OK) => Html.Page(
        "Inloggen",
        Html.Of($"""
            {Html.Error(failed ? "Naam, wachtwoord of code klopt niet. Na vijf keer is een account een kwartier gesloten." : null)}
            <form method="post" action="{SignIn.Path}" autocomplete="on">
            {Html.Antiforgery(context, antiforgery)}
            <label for="loginName">Gebruikersnaam</label>
            <input id="loginName" name="loginName" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="200" required>
            <label for="password">Wachtwoord</label>
            <input id="password" name="password" type="password" autocomplete="current-password" maxlength="200" required>
            <label for="code">Code uit uw authenticator-app</label>
            <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="10" aria-describedby="code-hint">
            <p id="code-hint" class="hint">Zes cijfers. In de demonstratie leeg laten.</p>
            <button type="submit">Inloggen</button>
            </form>
            {OtherWays}
            """),
        status,
        PasskeyScript.Path);

    /// <summary>Where people sign in at a provider. A link and no redirect: the browser would hold a form that led here (signing out) to this origin.</summary>
    public static IResult ShowProvider() => Html.Page(
        "Inloggen",
        Html.Of($"""
            <p><a href="{ProviderReturn.Path}">Inloggen met uw account</a></p>
            {OtherWays}
            """),
        script: PasskeyScript.Path);

    private static Markup OtherWays => new(Html.Of($"""
        <p><button type="button" id="passkey-sign-in" hidden>Inloggen met een passkey</button></p>
        <p id="passkey-error" class="error" role="alert" hidden></p>
        <p><a href="{Activate.Path}">Uitnodiging gebruiken</a></p>
        """));
}
