using Barnahus.Identity.Accounts;
using Barnahus.Identity.Features;
using Microsoft.AspNetCore.Mvc;

namespace Barnahus.Gateway.Sessions;

/// <summary>Passkeys over the back channel. What a person can mend comes back as the provider's own problem.</summary>
public sealed partial class IdentityProvider
{
    /// <summary>A question for whoever wants to sign in.</summary>
    public async Task<PasskeyQuestion> AskPasskeyAsync(CancellationToken cancellationToken) =>
        await SendAsync<PasskeyQuestion>("passkey-questions", new { }, cancellationToken) ?? throw new HttpRequestException("The provider asks no question.");

    /// <returns>Null: not let in.</returns>
    public Task<ExchangeReply?> SignInWithPasskeyAsync(PasskeySignInRequest request, CancellationToken cancellationToken) =>
        SendAsync<ExchangeReply>("passkey-sign-ins", request, cancellationToken);

    /// <summary>A question for a new passkey of a session's holder, or why there is none.</summary>
    public async Task<(PasskeyQuestion? Question, ProblemDetails? Problem)> AskNewPasskeyAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        using var response = await PostAsync("new-passkey-questions", new SessionRequest(sessionId), cancellationToken);
        return await ProblemOfAsync(response, cancellationToken) is { } problem
            ? (null, problem)
            : (await response.Content.ReadFromJsonAsync<PasskeyQuestion>(cancellationToken), null);
    }

    /// <returns>Null when done.</returns>
    public Task<ProblemDetails?> AddPasskeyAsync(NewPasskeyRequest request, CancellationToken cancellationToken) => DoAsync("passkeys", request, cancellationToken);

    /// <returns>Null when done.</returns>
    public Task<ProblemDetails?> RemovePasskeyAsync(PasskeyRequest request, CancellationToken cancellationToken) =>
        DoAsync("passkey-removals", request, cancellationToken);

    /// <summary>Passkeys of the account whose session asks. Null: that session is over.</summary>
    public Task<IReadOnlyList<PasskeyReply>?> PasskeysAsync(Guid sessionId, CancellationToken cancellationToken) =>
        SendAsync<IReadOnlyList<PasskeyReply>>("passkey-lists", new SessionRequest(sessionId), cancellationToken);

    private async Task<ProblemDetails?> DoAsync(string path, object request, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(path, request, cancellationToken);
        return await ProblemOfAsync(response, cancellationToken);
    }

    private static async Task<ProblemDetails?> ProblemOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if ((int)response.StatusCode is < 400 or >= 500)
        {
            response.EnsureSuccessStatusCode();
            return null;
        }

        return await response.Content.ReadFromJsonAsync<ProblemDetails>(cancellationToken);
    }
}
