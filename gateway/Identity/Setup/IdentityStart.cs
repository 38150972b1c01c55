using Barnahus.Identity.Accounts;

namespace Barnahus.Identity.Setup;

/// <summary>What must be there before the first request: a way in.</summary>
public sealed class IdentityStart(IServiceScopeFactory scopes, StrangersPassword stranger, IdentitySettings settings) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        stranger.Prepare();
        await using var scope = scopes.CreateAsyncScope();
        if (settings.Demo)
        {
            await scope.ServiceProvider.GetRequiredService<DemoAccounts>().EnsureAsync(cancellationToken);
            await scope.ServiceProvider.GetRequiredService<DemoPartners>().EnsureAsync(cancellationToken);
        }
        else
        {
            await scope.ServiceProvider.GetRequiredService<FirstAdministrators>().EnsureAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
