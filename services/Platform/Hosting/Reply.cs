using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Barnahus.Platform.Hosting;

/// <summary>
/// Answers by api.md: commands carry the new revision (ETag) and the log position. An endpoint that returns one of these types has said what it
/// answers: the OpenAPI document has it from there.
/// </summary>
public static class Reply
{
    /// <summary>200 with the new state's short form.</summary>
    public static Answer<TBody> Changed<TState, TBody>(CommandResult<TState> result, TBody body) =>
        new(body, result.Revision, result.Position);

    /// <summary>200 with what was changed on more streams than one: there is no one revision.</summary>
    public static Answer<TBody> Changed<TBody>(LogPosition position, TBody body) => new(body, null, position);

    /// <summary>201 with where the new thing is, as a path under /api as clients see it, e.g. <c>/intake/v1/referrals/…</c>.</summary>
    public static CreatedAnswer<TBody> Created<TState, TBody>(string location, CommandResult<TState> result, TBody body) =>
        new(location, body, result.Revision, result.Position);

    /// <summary>200 with what was read; the revision, when there is one stream behind it, is the ETag for If-Match.</summary>
    public static Answer<TBody> Read<TBody>(TBody body, long? revision = null) => new(body, revision, null);
}

/// <summary>200 with a body; made by <see cref="Reply"/>.</summary>
public sealed class Answer<TBody>(TBody body, long? revision, LogPosition? position) : IResult, IEndpointMetadataProvider
{
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(TBody), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (revision is { } number)
        {
            response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{number}\"");
        }

        if (position is { } at)
        {
            response.Headers["Log-Position"] = at.ToString();
        }

        // Whole before any of it leaves: one write with its length, and a body that cannot be made is a problem and no torn answer.
        var json = JsonSerializer.SerializeToUtf8Bytes(body, httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.Length;
        return response.Body.WriteAsync(json, httpContext.RequestAborted).AsTask();
    }
}

/// <summary>201 with a body and where the new thing is; made by <see cref="Reply"/>.</summary>
public sealed class CreatedAnswer<TBody>(string location, TBody body, long? revision, LogPosition? position) : IResult, IEndpointMetadataProvider
{
    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(TBody), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status201Created;
        httpContext.Response.Headers.Location = $"/api{location}";
        return new Answer<TBody>(body, revision, position).ExecuteAsync(httpContext);
    }
}
