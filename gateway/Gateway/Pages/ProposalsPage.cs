using Barnahus.Gateway.Features;
using Barnahus.Identity.Features;
using Microsoft.AspNetCore.Antiforgery;

namespace Barnahus.Gateway.Pages;

/// <summary>What one administrator proposed, each with the buttons of another.</summary>
public static class ProposalsPage
{
    private const string Key = "key";
    private const string Enabling = "enabling";

    /// <param name="reader">Account of the administrator who looks: what is their own proposal they can only take back.</param>
    /// <param name="code">Invitation code of a recovery that was approved just now: shown once.</param>
    public static IResult Show(
        HttpContext context, IAntiforgery antiforgery, IReadOnlyList<ProposalReply> proposals, Guid reader, string? code, string? error) => Html.Page(
        "Wacht op een tweede beheerder",
        Html.Of($"""
            {Html.Error(error)}
            {Code(code)}
            <p>Vraag het degene om wie het gaat zelf, voor u goedkeurt. Wie een rol heeft, kan gegevens van kinderen lezen; wie een sleutel heeft, spreekt voor de partner.</p>
            <table>
            <thead><tr><th scope="col">Account of partner</th><th scope="col">Organisatie</th><th scope="col">Voorstel</th><th scope="col">Van</th><th scope="col">Vervalt</th><th scope="col">Antwoord</th></tr></thead>
            <tbody>
            {new Markup(string.Join('\n', proposals.Select(proposal => Row(context, antiforgery, proposal, reader))))}
            </tbody>
            </table>
            <p><a href="{HomePage.Path}">Terug</a></p>
            """));

    private static Markup Code(string? code) => new(code is null
        ? ""
        : Html.Of($"""<p role="status">Geef deze code persoonlijk aan de houder. Hij staat hier één keer: <code>{code}</code></p>"""));

    private static string Row(HttpContext context, IAntiforgery antiforgery, ProposalReply proposal, Guid reader) => Html.Of($"""
        <tr><td>{proposal.Name} ({proposal.LoginName ?? proposal.ClientId})</td><td>{proposal.Organisation}</td><td>{What(proposal)}</td><td>{proposal.ProposedByName}, {Html.Time(proposal.At)}</td><td>{Html.Time(proposal.Until)}</td><td>{Answers(context, antiforgery, proposal, reader)}</td></tr>
        """);

    private static Markup What(ProposalReply proposal) => new(proposal.Kind switch
    {
        "role" => Html.Of($"rol {proposal.Right}"),
        "region" => Html.Of($"regio {proposal.Right}"),
        Key => Html.Of($"sleutel {proposal.Right}<br><code>{proposal.PublicKey}</code>"),
        Enabling => "weer in gebruik nemen",
        _ => "herstel: nieuwe toegang",
    });

    private static Markup Answers(HttpContext context, IAntiforgery antiforgery, ProposalReply proposal, Guid reader) => new(
        proposal.ProposedBy == reader && proposal.Kind == Enabling ? "Vervalt vanzelf"
        : proposal.Kind == Enabling ? Button(context, antiforgery, proposal, "approval", "Goedkeuren")
        : proposal.ProposedBy == reader ? Button(context, antiforgery, proposal, "rejection", "Terugnemen")
        : proposal.AccountId == reader ? "Gaat over uzelf"
        : proposal.TakenUp == true || proposal.Kind is "recovery" or Key
            ? Button(context, antiforgery, proposal, "approval", "Goedkeuren") + Button(context, antiforgery, proposal, "rejection", "Afwijzen")
            : "Uitnodiging nog niet gebruikt" + Button(context, antiforgery, proposal, "rejection", "Afwijzen"));

    private static string Button(HttpContext context, IAntiforgery antiforgery, ProposalReply proposal, string answer, string label) => Html.Of($"""
        <form method="post" action="{Proposals.Path}">
        {Html.Antiforgery(context, antiforgery)}
        <input type="hidden" name="accountId" value="{proposal.AccountId}">
        <input type="hidden" name="clientId" value="{proposal.ClientId}">
        <input type="hidden" name="kind" value="{proposal.Kind}">
        <input type="hidden" name="right" value="{proposal.Right}">
        <input type="hidden" name="publicKey" value="{proposal.PublicKey}">
        <input type="hidden" name="answer" value="{answer}">
        <button type="submit">{label}</button>
        </form>
        """);
}
