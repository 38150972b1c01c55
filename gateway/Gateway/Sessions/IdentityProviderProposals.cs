using System.Net.Http.Headers;
using System.Text.Json;
using Barnahus.Identity.Features;
using Barnahus.Platform.Access;
using Microsoft.AspNetCore.Mvc;

namespace Barnahus.Gateway.Sessions;

/// <summary>What waits for a second administrator: asked with the administrator's own token, as a script of theirs would; the provider judges.</summary>
public sealed partial class IdentityProvider
{
    /// <summary>The first hundred, or why they are not shown.</summary>
    public async Task<(IReadOnlyList<ProposalReply> Proposals, ProblemDetails? Problem)> ProposalsAsync(Session session, CancellationToken cancellationToken)
    {
        using var response = await AsHolderAsync(session, HttpMethod.Get, "proposals?pageSize=100", null, cancellationToken);
        return await ProblemOfAsync(response, cancellationToken) is { } problem
            ? ([], problem)
            : (await response.Content.ReadFromJsonAsync<IReadOnlyList<ProposalReply>>(cancellationToken) ?? [], null);
    }

    /// <param name="path">The provider's own: what is answered, and how.</param>
    /// <returns>The invitation code that a recovery gave (else null), or what is in the way.</returns>
    public async Task<(string? Code, ProblemDetails? Problem)> AnswerAsync(
        Session session, string path, object body, CancellationToken cancellationToken)
    {
        using var response = await AsHolderAsync(session, HttpMethod.Post, path, body, cancellationToken);
        if (await ProblemOfAsync(response, cancellationToken) is { } problem)
        {
            return (null, problem);
        }

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return (answer.TryGetProperty("invitationCode", out var code) ? code.GetString() : null, null);
    }

    private async Task<HttpResponseMessage> AsHolderAsync(Session session, HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(method, $"identity/v1/{path}") { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Token.AccessToken);
        message.Headers.Add(Caller.RoleHeader, session.Stated?.Role);
        message.Headers.Add(Caller.PurposeHeader, session.Stated?.Purpose);
        message.Headers.Add("Min-Log-Position", session.Position?.ToString());
        var response = await http.SendAsync(message, cancellationToken);
        if (response.Headers.TryGetValues("Log-Position", out var answered) && Platform.EventLog.LogPosition.TryParse(answered.First(), out var position))
        {
            session.Saw(position);
        }

        return response;
    }
}
