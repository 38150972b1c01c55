namespace Barnahus.Gateway.Sessions;

/// <summary>
/// Hears from the provider which sessions ended or changed, here or elsewhere, within moments. While the provider is out of reach nothing is heard;
/// then a session lives at most as long as its token, five minutes.
/// </summary>
public sealed class SessionNews(IdentityProvider provider, SessionStore sessions, GatewaySettings settings, ILogger<SessionNews> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly TimeSpan _wait = settings.Timeout / 2;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long? after = null;
        var reachable = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var reply = await provider.SessionNewsAsync(new(after, _wait), stoppingToken);
                foreach (var ended in reply.Ended)
                {
                    sessions.Drop(ended);
                }

                foreach (var changed in reply.Changed)
                {
                    sessions.Renew(changed);
                }

                (after, reachable) = (reply.Position, true);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
            {
                if (reachable)
                {
                    logger.LogWarning(error, "The identity provider does not answer: a session that is ended there ends here within five minutes.");
                }

                reachable = false;
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
