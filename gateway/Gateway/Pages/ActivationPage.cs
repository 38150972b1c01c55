using Barnahus.Gateway.Features;
using Microsoft.AspNetCore.Antiforgery;

namespace Barnahus.Gateway.Pages;

/// <summary>The two steps of taking up an invitation.</summary>
public static class ActivationPage
{
    public static IResult AskCode(HttpContext context, IAntiforgery antiforgery, string? error, int status = StatusCodes.Status200OK) => Html.Page(
        "Uitnodiging gebruiken",
        Html.Of($"""
            {Html.Error(error)}
            <form method="post" action="{Activate.Path}" autocomplete="off">
            {Html.Antiforgery(context, antiforgery)}
            <label for="loginName">Gebruikersnaam</label>
            <input id="loginName" name="loginName" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="200" required>
            <label for="code">Code van de uitnodiging</label>
            <input id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="200" required>
            <button type="submit">Verder</button>
            </form>
            """),
        status);

    public static IResult AskPassword(
        HttpContext context,
        IAntiforgery antiforgery,
        string loginName,
        string code,
        FormKey? key,
        string? error,
        int status = StatusCodes.Status200OK) => Html.Page(
        "Account in gebruik nemen",
        Html.Of($"""
            {Html.Error(error)}
            <form method="post" action="{Activate.Path}" autocomplete="off">
            {Html.Antiforgery(context, antiforgery)}
            <input type="hidden" name="loginName" value="{loginName}">
            <input type="hidden" name="code" value="{code}">
            {SecondFactor(loginName, key)}
            <label for="password">Nieuw wachtwoord</label>
            <input id="password" name="password" type="password" autocomplete="new-password" minlength="12" maxlength="200" required aria-describedby="password-hint">
            <p id="password-hint" class="hint">Twaalf tekens of meer. Een zin onthoudt u het best.</p>
            <button type="submit">In gebruik nemen</button>
            </form>
            """),
        status);

    /// <summary>The key of the second factor that one form shows.</summary>
    /// <param name="Key">Base32.</param>
    /// <param name="Sealed">The same as it comes back with the form.</param>
    public sealed record FormKey(string Key, string Sealed);

    private static Markup SecondFactor(string loginName, FormKey? key) => new(key is null
        ? ""
        : Html.Of($"""
            <p>Voeg Barnahus toe aan uw authenticator-app met deze sleutel:</p>
            <input type="hidden" name="{Activate.SealedKey}" value="{key.Sealed}">
            <p class="key"><code id="authenticatorKey">{key.Key}</code></p>
            <p><a href="{$"otpauth://totp/Barnahus:{Uri.EscapeDataString(loginName)}?secret={key.Key}&issuer=Barnahus&digits=6"}">Openen in de app op dit apparaat</a></p>
            <label for="authenticatorCode">Code die de app nu toont</label>
            <input id="authenticatorCode" name="authenticatorCode" inputmode="numeric" autocomplete="one-time-code" maxlength="10" required>
            """));
}
