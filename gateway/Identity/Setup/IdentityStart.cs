using Barnahus.Identity.Accounts;
using Barnahus.Identity.Keys;

namespace Barnahus.Identity.Setup;

/// <summary>What must be there before the first request: a signing key, and a way in.</summary>
public sealed class IdentityStart(IServiceScopeFactory scopes, SigningKeyRing keys, StrangersPassword stranger, IdentitySettings settings) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await keys.LoadAsync(cancellationToken);
        stranger.Prepare();
        await using var scope = scopes.CreateAsyncScope();
        if (settings.Demo)
        {
            await scope.ServiceProvider.GetRequiredService<DemoAccounts>().EnsureAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<DemoPartners>().EnsureAsync(cancellationToken);
        }
        else
        {
            await scope.ServiceProvider.GetRequiredService<FirstAdministrator>().EnsureAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
