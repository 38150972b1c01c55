using System.Globalization;
using System.Text.Json.Serialization;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Tokens;
using Barnahus.Platform.Hosting;

namespace Barnahus.Identity.Features;

/// <summary><c>POST /connect/token</c>: client credentials for machines (RFC 6749, 4.4), proved by <c>private_key_jwt</c> (RFC 7523). Errors are OAuth's.</summary>
public static class IssueToken
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    // Form binding would ask for an antiforgery token; nobody's browser calls this, and the assertion is the proof.
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/connect/token", HandleAsync).DisableAntiforgery().AllowAnonymous()
        .WithGroupName(IdentityModule.Name).WithTags(IdentityModule.Name)
        .WithSummary("Gives a machine client an access token for five minutes.")
        .WithDescription("Client credentials (RFC 6749, 4.4) proved by private_key_jwt (RFC 7523): grant_type client_credentials, client_assertion_type, client_assertion, and scope if not all. Errors are OAuth's.")
        .Accepts<TokenForm>("application/x-www-form-urlencoded")
        .Produces<TokenAnswer>().Produces<TokenError>(StatusCodes.Status400BadRequest).Produces<TokenError>(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> HandleAsync(
        HttpContext http, ClientAssertions assertions, AccessTokens tokens, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.HasFormContentType)
        {
            return Error("invalid_request", "Send a form (application/x-www-form-urlencoded).");
        }

        IFormCollection form;
        try
        {
            form = await http.Request.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException)
        {
            return Error("invalid_request", "The form cannot be read.");
        }

        if (form["grant_type"] != "client_credentials")
        {
            return Error("unsupported_grant_type", "Only client_credentials.");
        }

        if (form["client_assertion_type"] != AssertionType || form["client_assertion"] is not [{ Length: > 0 } assertion])
        {
            return Error("invalid_request", "Prove who you are with a client_assertion (private_key_jwt).");
        }

        var (client, reason) = await assertions.VerifyAsync(assertion, cancellationToken);
        if (reason == ClientAssertions.TooMany)
        {
            http.Response.Headers.RetryAfter = CallerLimits.NextSegment.ToString(CultureInfo.InvariantCulture);
            return Results.Problem(Problems.Of(StatusCodes.Status429TooManyRequests));
        }

        if (client is null || (form["client_id"] is [{ } named] && named != client.ClientId))
        {
            logs.CreateLogger(typeof(IssueToken)).LogWarning("A client assertion was refused: {Reason}", reason);
            return Error("invalid_client", "The client assertion was not accepted.", StatusCodes.Status401Unauthorized);
        }

        var asked = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var scopes = asked.Length == 0 ? [.. client.Scopes] : asked;
        return scopes.All(client.Scopes.Contains)
            ? Granted(await tokens.ForAsync(client, scopes, cancellationToken), scopes)
            : Error("invalid_scope", $"This client may ask for: {string.Join(' ', client.Scopes)}.");
    }

    private static IResult Granted(AccessToken token, IEnumerable<string> scopes) =>
        Results.Json(new TokenAnswer(token.Token, "Bearer", (int)AccessTokens.Life.TotalSeconds, string.Join(' ', scopes)));

    private static IResult Error(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new TokenError(error, description), statusCode: status);

    /// <summary>What is sent, by the names of RFC 6749 and 7521.</summary>
    private sealed record TokenForm(
        [property: JsonPropertyName("grant_type")] string GrantType,
        [property: JsonPropertyName("client_assertion_type")] string ClientAssertionType,
        [property: JsonPropertyName("client_assertion")] string ClientAssertion,
        [property: JsonPropertyName("client_id")] string? ClientId = null,
        [property: JsonPropertyName("scope")] string? Scope = null);

    private sealed record TokenAnswer(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("scope")] string Scope);

    private sealed record TokenError(
        [property: JsonPropertyName("error")] string Error, [property: JsonPropertyName("error_description")] string Description);
}
