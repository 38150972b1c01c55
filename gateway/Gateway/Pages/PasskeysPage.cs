using Barnahus.Identity.Features;
using Barnahus.Platform.Hosting;

namespace Barnahus.Gateway.Pages;

/// <summary>A person's own passkeys. The device's part of it needs script, so the page says so where there is none.</summary>
public static class PasskeysPage
{
    public static IResult Show(IReadOnlyList<PasskeyReply> passkeys) => Html.Page(
        "Uw passkeys",
        Html.Of($"""
            <p>Met een passkey logt u in met uw vingerafdruk, gezicht of pincode, zonder wachtwoord en code. Niemand kan hem u ontfutselen.</p>
            {Own(passkeys)}
            <label for="name">Naam van de nieuwe passkey</label>
            <input id="name" maxlength="100" autocomplete="off" placeholder="Bijvoorbeeld: laptop van het werk">
            <p><button type="button" id="add-passkey">Passkey toevoegen</button></p>
            <p id="passkey-error" class="error" role="alert" hidden></p>
            <noscript><p>Deze pagina heeft JavaScript nodig. Inloggen met wachtwoord en code kan zonder.</p></noscript>
            <p><a href="{RecentSignIn.ConfirmationPath}">Bevestigen dat u het bent</a> <a href="{HomePage.Path}">Terug</a></p>
            """),
        script: PasskeyScript.Path);

    private static Markup Own(IReadOnlyList<PasskeyReply> passkeys) => new(passkeys.Count == 0
        ? "<p>U hebt nog geen passkey.</p>"
        : $"""
            <table>
            <thead><tr><th scope="col">Naam</th><th scope="col">Toegevoegd</th><th scope="col">Laatst gebruikt</th><th scope="col">Verwijderen</th></tr></thead>
            <tbody>
            {string.Join('\n', passkeys.Select(Row))}
            </tbody>
            </table>
            """);

    private static string Row(PasskeyReply passkey) => Html.Of($"""
        <tr><td>{passkey.Name}</td><td>{Time(passkey.AddedAt)}</td><td>{Time(passkey.UsedAt)}</td><td><button type="button" data-remove-passkey="{passkey.PasskeyId}">Verwijderen</button></td></tr>
        """);

    private static string Time(DateTimeOffset? at) => at is { } moment ? Html.Time(moment) : "nooit";
}
