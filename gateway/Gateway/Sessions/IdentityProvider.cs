using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Features;

namespace Barnahus.Gateway.Sessions;

/// <summary>The identity provider as the gateway speaks to it, over the back channel.</summary>
public sealed partial class IdentityProvider(HttpClient http, GatewayKey key, GatewaySettings settings, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private volatile OwnToken? _own;

    /// <returns>Null: not let in.</returns>
    /// <exception cref="HttpRequestException">The provider does not answer.</exception>
    public Task<ExchangeReply?> SignInAsync(SignInRequest request, CancellationToken cancellationToken) =>
        SendAsync<ExchangeReply>("sign-ins", request, cancellationToken);

    /// <summary>A session for a person whom the provider itself signed in. Null: the account is not in use.</summary>
    public Task<ExchangeReply?> StartAsync(ProviderSignInRequest request, CancellationToken cancellationToken) =>
        SendAsync<ExchangeReply>("provider-sign-ins", request, cancellationToken);

    /// <summary>An access token for the holder of a session. Null: it is over, or the account is gone, disabled, or its password was changed since.</summary>
    public Task<ExchangeReply?> ExchangeAsync(ExchangeRequest request, CancellationToken cancellationToken) =>
        SendAsync<ExchangeReply>("access-tokens", request, cancellationToken);

    /// <returns>False: the session is over, or the role is not its holder's.</returns>
    public Task<bool> StatePurposeAsync(PurposeRequest request, CancellationToken cancellationToken) => TellAsync("session-purposes", request, cancellationToken);

    /// <summary>A token that says that its holder proved just now who they are. Null: not proved.</summary>
    public Task<ExchangeReply?> ConfirmAsync(ConfirmationRequest request, CancellationToken cancellationToken) =>
        SendAsync<ExchangeReply>("session-confirmations", request, cancellationToken);

    /// <summary>Open sessions of the account whose session asks. Null: that session is over.</summary>
    public Task<IReadOnlyList<SessionReply>?> SessionsAsync(Guid sessionId, CancellationToken cancellationToken) =>
        SendAsync<IReadOnlyList<SessionReply>>("session-lists", new SessionRequest(sessionId), cancellationToken);

    /// <summary>The holder has seen that the account was recovered.</summary>
    public Task<bool> RecoverySeenAsync(Guid sessionId, CancellationToken cancellationToken) =>
        TellAsync("recoveries-seen", new SessionRequest(sessionId), cancellationToken);

    /// <returns>False: no such session of the account.</returns>
    public Task<bool> EndAsync(EndRequest request, CancellationToken cancellationToken) => TellAsync("session-endings", request, cancellationToken);

    /// <summary>Waits for sessions that end or change.</summary>
    public async Task<NewsReply> SessionNewsAsync(NewsRequest request, CancellationToken cancellationToken) =>
        await SendAsync<NewsReply>("session-news", request, cancellationToken) ?? throw new HttpRequestException("The provider does not take this gateway's key.");

    /// <returns>Null: no such invitation.</returns>
    public Task<InvitationReply?> OpenInvitationAsync(InvitationRequest request, CancellationToken cancellationToken) =>
        SendAsync<InvitationReply>("invitations", request, cancellationToken);

    /// <returns>Null when done; else what a person can mend.</returns>
    public async Task<string?> ActivateAsync(ActivationRequest request, CancellationToken cancellationToken)
    {
        using var response = await PostAsync("activations", request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return null;
        }

        if ((int)response.StatusCode >= 500)
        {
            response.EnsureSuccessStatusCode();
        }

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return problem.TryGetProperty("errors", out var errors)
            ? string.Join(' ', errors.EnumerateObject().SelectMany(field => field.Value.EnumerateArray()).Select(text => text.GetString()))
            : problem.GetProperty("detail").GetString();
    }

    /// <summary>Whether the provider would answer now.</summary>
    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(new Uri("health/ready", UriKind.Relative), cancellationToken);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        _renewing.Dispose();
        http.Dispose();
    }

    private async Task<TReply?> SendAsync<TReply>(string path, object request, CancellationToken cancellationToken)
        where TReply : class
    {
        using var response = await PostAsync(path, request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.Forbidden)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<TReply>(cancellationToken);
    }

    private async Task<bool> TellAsync(string path, object request, CancellationToken cancellationToken)
    {
        using var response = await PostAsync(path, request, cancellationToken);
        return response.StatusCode != HttpStatusCode.Forbidden && response.EnsureSuccessStatusCode().IsSuccessStatusCode;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, object request, CancellationToken cancellationToken)
    {
        var response = await PostOnceAsync(path, request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
        {
            return response;
        }

        // The key that signed our own token is published no more (withdrawn, or another after a restore): once more with a new token.
        response.Dispose();
        _own = null;
        return await PostOnceAsync(path, request, cancellationToken);
    }

    private async Task<HttpResponseMessage> PostOnceAsync(string path, object request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"back-channel/v1/{path}")
        {
            Content = JsonContent.Create(request, request.GetType()),
        };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await OwnTokenAsync(cancellationToken));
        return await http.SendAsync(message, cancellationToken);
    }

    private async Task<string> OwnTokenAsync(CancellationToken cancellationToken)
    {
        if (_own is { } own && own.ExpiresAt - Margin > time.GetUtcNow())
        {
            return own.Token;
        }

        await _renewing.WaitAsync(cancellationToken);
        try
        {
            if (_own is { } renewed && renewed.ExpiresAt - Margin > time.GetUtcNow())
            {
                return renewed.Token;
            }

            var now = time.GetUtcNow();
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "client_credentials",
                ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                ["client_assertion"] = key.Assert(settings.Issuer, now),
                ["scope"] = GatewayClient.Scope,
            });
            using var response = await http.PostAsync("connect/token", form, cancellationToken);
            response.EnsureSuccessStatusCode();
            var reply = (await response.Content.ReadFromJsonAsync<TokenReply>(cancellationToken))!;
            _own = new(reply.AccessToken, now.AddSeconds(reply.ExpiresIn));
            return reply.AccessToken;
        }
        finally
        {
            _renewing.Release();
        }
    }

    private sealed record OwnToken(string Token, DateTimeOffset ExpiresAt);

    private sealed record TokenReply(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("expires_in")] int ExpiresIn);
}
