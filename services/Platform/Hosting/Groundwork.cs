using Barnahus.Platform.EventLog;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Barnahus.Platform.Hosting;

/// <summary>What must be so before a process serves anything; what cannot be made so keeps it from starting.</summary>
internal sealed class Groundwork(IEventLog log, EventCodec codec, IConfiguration configuration) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        Installation.CheckAsync(log, codec, Installation.For(configuration), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
