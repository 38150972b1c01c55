using Barnahus.Identity.Clients;
using Barnahus.Identity.Tokens;

namespace Barnahus.Identity.Features;

/// <summary><c>POST /connect/token</c>: client credentials for machines (RFC 6749, 4.4), proved by <c>private_key_jwt</c> (RFC 7523). Errors are OAuth's.</summary>
public static class IssueToken
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    // Form binding would ask for an antiforgery token; nobody's browser calls this, and the assertion is the proof.
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/connect/token", HandleAsync).DisableAntiforgery().ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        HttpContext http, ClientAssertions assertions, AccessTokens tokens, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!http.Request.HasFormContentType)
        {
            return Error("invalid_request", "Send a form (application/x-www-form-urlencoded).");
        }

        var form = await http.Request.ReadFormAsync(cancellationToken);
        if (form["grant_type"] != "client_credentials")
        {
            return Error("unsupported_grant_type", "Only client_credentials.");
        }

        if (form["client_assertion_type"] != AssertionType || form["client_assertion"] is not [{ Length: > 0 } assertion])
        {
            return Error("invalid_request", "Prove who you are with a client_assertion (private_key_jwt).");
        }

        var (client, reason) = await assertions.VerifyAsync(assertion, cancellationToken);
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

    private static IResult Granted(AccessToken token, IEnumerable<string> scopes) => Results.Json(new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["access_token"] = token.Token,
        ["token_type"] = "Bearer",
        ["expires_in"] = (int)AccessTokens.Life.TotalSeconds,
        ["scope"] = string.Join(' ', scopes),
    });

    private static IResult Error(string error, string description, int status = StatusCodes.Status400BadRequest) =>
        Results.Json(new Dictionary<string, string>(StringComparer.Ordinal) { ["error"] = error, ["error_description"] = description }, statusCode: status);
}
