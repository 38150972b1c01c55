using System.Globalization;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Microsoft.AspNetCore.Http;

namespace Barnahus.Platform.Hosting;

/// <summary>Answers by api.md: commands carry the new revision (ETag) and the log position.</summary>
public static class Reply
{
    /// <summary>200 with the new state's short form.</summary>
    public static IResult Changed<TState>(CommandResult<TState> result, object body) => new Answer(200, null, result.Revision, result.Position, body);

    /// <summary>201 with where the new thing is, as a path under /api as clients see it, e.g. <c>/intake/v1/referrals/…</c>.</summary>
    public static IResult Created<TState>(string location, CommandResult<TState> result, object body) =>
        new Answer(201, location, result.Revision, result.Position, body);

    /// <summary>200 with what was read; the revision, when there is one stream behind it, is the ETag for If-Match.</summary>
    public static IResult Read(object body, long? revision = null) => new Answer(200, null, revision, null, body);

    private sealed class Answer(int status, string? location, long? revision, LogPosition? position, object body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            if (location is not null)
            {
                response.Headers.Location = $"/api{location}";
            }

            if (revision is { } number)
            {
                response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{number}\"");
            }

            if (position is { } at)
            {
                response.Headers["Log-Position"] = at.ToString();
            }

            await response.WriteAsJsonAsync(body, body.GetType(), httpContext.RequestAborted);
        }
    }
}
