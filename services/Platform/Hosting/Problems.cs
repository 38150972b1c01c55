using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Hosting;

/// <summary>Exceptions as problem+json (RFC 9457) for the person who reads them; the one place that knows which status each has.</summary>
public static class Problems
{
    private const string TypePrefix = "urn:barnahus:problem:";
    private const string Erased = "erased";

    /// <summary>The problem of an exception; null for a defect of ours, which is a 500 without detail.</summary>
    public static ProblemDetails? From(Exception exception) => exception switch
    {
        RefusedException refused => New(409, $"rule:{refused.Rule}", "A rule stands in the way", refused.Message, ("rule", refused.Rule)),
        SubjectErasedException => New(409, $"rule:{Erased}", "The data was destroyed", exception.Message, ("rule", Erased)),
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
        ProviderUnreachableException => New(503, "provider-unreachable", "The identity provider is out of reach", exception.Message),
        EventTooLargeException => New(400, "too-large", "Too much at once", exception.Message),
        BadHttpRequestException { StatusCode: 413 or 415 or 408 or 431 } framework => Of(framework.StatusCode),
        BadHttpRequestException bad => New(400, "invalid", "The request has errors", "The request cannot be read; see the fields.", ("errors", FieldErrors(bad))),
        _ => null,
    };

    /// <summary>The rule that an exception says stands in the way; null when none does.</summary>
    public static string? RuleOf(Exception exception) => exception switch
    {
        RefusedException refused => refused.Rule,
        SubjectErasedException => Erased,
        _ => null,
    };

    /// <summary>What a status says when nothing but the framework had a word about it: an address that is not there, a method or a body it does not take.</summary>
    /// <param name="status">HTTP status, 400 to 599.</param>
    public static ProblemDetails Of(int status) => status switch
    {
        401 => New(401, "signed-out", "Not signed in", "Sign in and send it again: this request came without a session or token that is valid now."),
        403 => New(403, "forbidden", "Not allowed", "This account or client cannot do this. Choose another role, or ask who administers your accounts."),
        404 => New(404, "unknown", "Not found", UnknownException.Words),
        405 => New(405, "method", "Not done this way", "This address does not take this method; the Allow header and the OpenAPI document say which it takes."),
        406 => New(406, "not-acceptable", "Not in this form", "This address does not answer in the form that was asked for. Accept application/json."),
        408 => New(408, "too-slow", "The request took too long", "The body did not come in time. Send it again."),
        413 => New(413, "too-large", "Too much at once", "The body is larger than this address takes. Send less."),
        415 => New(415, "media-type", "Unknown media type", "Send application/json, or what this address says it takes, and say so in Content-Type."),
        429 => New(429, "too-many", "Too many requests", "Wait a little, as the Retry-After header says, and send it again."),
        431 => New(431, "headers-too-large", "Headers are too large", "Send fewer or shorter headers."),
        502 or 503 or 504 => New(status, "out-of-reach", "Out of reach", "A part of Barnahus does not answer. Nothing is lost; try again in a moment."),
        >= 500 => New(status, "defect", "Something went wrong here", "This is a defect of ours and was recorded. Try again; if it stays, report the time and what you did."),
        _ => New(status, "invalid", "The request has errors", "The request cannot be read; see the OpenAPI document for what this address takes."),
    };

    /// <summary>Problem+json for whatever the framework answers by itself: our type, title and detail in place of its own.</summary>
    public static IServiceCollection AddProblems(this IServiceCollection services) => services
        .AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            if (context.ProblemDetails.Type?.StartsWith(TypePrefix, StringComparison.Ordinal) != true)
            {
                var ours = Of(context.HttpContext.Response.StatusCode);
                (context.ProblemDetails.Type, context.ProblemDetails.Title, context.ProblemDetails.Detail) = (ours.Type, ours.Title, ours.Detail);
            }
        })
        .AddExceptionHandler<ProblemHandler>();

    /// <summary>The same for an answer that has a status and nothing else. Whatever the sender says that it takes: it is told what is wrong.</summary>
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app) =>
        app.UseStatusCodePages(context => Results.Problem(Of(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));

    /// <param name="status">HTTP status.</param>
    /// <param name="type">Last part of the stable type.</param>
    /// <param name="title">What it is, the same every time.</param>
    /// <param name="detail">What is wrong here and what to do now, for the person who reads it.</param>
    /// <param name="more">Further members.</param>
    public static ProblemDetails New(int status, string type, string title, string detail, params (string Name, object Value)[] more)
    {
        var problem = new ProblemDetails { Status = status, Type = TypePrefix + type, Title = title, Detail = detail };
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
public sealed class ProblemHandler : IExceptionHandler
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

        await Results.Problem(problem).ExecuteAsync(httpContext);
        return true;
    }
}
