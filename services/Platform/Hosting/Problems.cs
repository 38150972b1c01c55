using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Barnahus.Platform.Hosting;

/// <summary>Exceptions as problem+json (RFC 9457) for the person who reads them; the one place that knows which status each has.</summary>
public static class Problems
{
    /// <summary>The problem of an exception; null for a defect of ours, which is a 500 without detail.</summary>
    public static ProblemDetails? From(Exception exception) => exception switch
    {
        RefusedException refused => New(409, $"rule:{refused.Rule}", "A rule stands in the way", refused.Message, ("rule", refused.Rule)),
        WrongRevisionException => New(409, "busy", "Others wrote at the same time", "Nothing was changed. Read again and send it once more."),
        KeyReusedException => New(409, "key-reused", "This key was used before", exception.Message),
        StaleException stale => New(412, "stale", "It has changed since you saw it", stale.Message),
        UnknownException => New(404, "unknown", "Not found", exception.Message),
        InvalidException invalid => New(400, "invalid", "The request has errors", invalid.Message, ("errors", invalid.Errors)),
        ForbiddenException forbidden => New(403, forbidden.Type, "Not allowed", forbidden.Message),
        NotRecordedException => New(
            503,
            "not-recorded",
            "It cannot be shown",
            "Who looks at a child's data is recorded, and the record could not be kept now. If you sent a change it was made all the same, and cannot be shown: read again in a moment."),
        NotReadyException => New(503, "not-ready", "Not up to date yet", exception.Message),
        LogUnreachableException => New(503, "log-unreachable", "The event log is out of reach", exception.Message),
        VaultUnreachableException => New(503, "vault-unreachable", "Keys are out of reach", exception.Message),
        SubjectErasedException => New(409, "rule:erased", "The data was destroyed", exception.Message, ("rule", "erased")),
        EventTooLargeException => New(400, "too-large", "Too much at once", exception.Message),
        BadHttpRequestException { StatusCode: 413 } => New(413, "too-large", "Too much at once", "The body is larger than this address takes. Send less."),
        BadHttpRequestException { StatusCode: 415 } => New(415, "media-type", "Unknown media type", "Send application/json, or what this address says it takes."),
        BadHttpRequestException bad => New(400, "invalid", "The request has errors", "The request cannot be read; see the fields.", ("errors", FieldErrors(bad))),
        _ => null,
    };

    public static ProblemDetails New(int status, string type, string title, string detail, params (string Name, object Value)[] more)
    {
        var problem = new ProblemDetails { Status = status, Type = $"urn:barnahus:problem:{type}", Title = title, Detail = detail };
        foreach (var (name, value) in more)
        {
            problem.Extensions[name] = value;
        }

        return problem;
    }

    /// <summary>What was wrong with a request the framework could not bind. Names the place, never the value: it may be personal.</summary>
    private static Dictionary<string, string[]> FieldErrors(BadHttpRequestException bad) =>
        bad.InnerException is JsonException json
            ? new(StringComparer.Ordinal) { [json.Path is { Length: > 2 } path ? path[2..] : "body"] = ["This is no valid JSON for this field; see the OpenAPI document for its type."] }
            : new(StringComparer.Ordinal) { ["request"] = ["A required value is missing or of the wrong type; see the OpenAPI document."] };
}

/// <summary>The caller may not do this, whoever the child is: a role, scope or purpose is missing (403).</summary>
public sealed class ForbiddenException(string type, string detail) : Exception(detail)
{
    public string Type { get; } = type;
}

/// <summary>Turns whatever was thrown into problem+json; what nobody foresaw is logged and answered without a word about its cause.</summary>
public sealed class ProblemHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = 499;
            return true;
        }

        var problem = Problems.From(exception);
        if (problem is null)
        {
            return false;
        }

        httpContext.Response.StatusCode = problem.Status ?? 500;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
        return true;
    }
}
