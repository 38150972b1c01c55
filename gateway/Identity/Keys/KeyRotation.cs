using Barnahus.Platform.Hosting;

namespace Barnahus.Identity.Keys;

/// <summary>
/// Loads the keys before the first request, and looks every <c>Tokens:KeysEvery</c> whether the next key is due, and whether another replica added or
/// withdrew one.
/// </summary>
public sealed class KeyRotation(SigningKeyRing keys, IConfiguration configuration, TimeProvider time, ILogger<KeyRotation> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await keys.LoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(ProviderKeys.Every(configuration), time);
        while (await NextAsync(timer, stoppingToken))
        {
            try
            {
                await keys.LoadAsync(stoppingToken);
            }
#pragma warning disable CA1031 // The keys in hand sign on; the next round tries again.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                logger.LogError(failure, "The signing keys could not be looked at. Those in hand sign on for now.");
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
