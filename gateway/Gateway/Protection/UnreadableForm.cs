using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Barnahus.Gateway.Protection;

/// <summary>A form that is none (no boundary, too many fields) is the sender's mistake (400), and no defect of ours.</summary>
public sealed class UnreadableForm : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not (InvalidDataException or AntiforgeryValidationException) || !httpContext.Request.HasFormContentType)
        {
            return false;
        }

        await Results.Problem(Problems.New(400, "invalid", "The request has errors", "The form cannot be read. Send it as the page does, or as JSON.")).ExecuteAsync(httpContext);
        return true;
    }
}
