using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Diagnostics;

namespace Barnahus.Gateway.Protection;

/// <summary>The identity provider or another part inside does not answer: 503 with what to do, and no word about its address.</summary>
public sealed class ProviderOutOfReach(ILogger<ProviderOutOfReach> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is not (HttpRequestException or TaskCanceledException) || httpContext.RequestAborted.IsCancellationRequested)
        {
            return false;
        }

        logger.LogError(exception, "The identity provider does not answer.");
        await Results.Problem(Problems.New(503, "unavailable", "Out of reach", "Signing in is out of reach now. Try again in a moment.")).ExecuteAsync(httpContext);
        return true;
    }
}
