using System.Diagnostics;
using System.Runtime.Serialization;
using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Barnahus.Platform.Bus;

/// <summary>
/// The bus of several processes: RabbitMQ, with a confirmation for each message. It starts without waiting for the broker. MassTransit's bus is made
/// here and not by its host, so that one that hangs can be thrown away: stopped and started again, it leaves endpoints behind that had faulted.
/// </summary>
internal sealed class RabbitMqBus(IBusRegistrationContext registration, BusSettings settings, Inboxes inboxes, ILoggerFactory loggers)
    : IMessageBus, IHostedService, IDisposable
{
    /// <summary>For what consumers have begun, when the process ends.</summary>
    private static readonly TimeSpan StopAtMost = TimeSpan.FromSeconds(20);

    /// <summary>A bus that hangs does not stop either.</summary>
    private static readonly TimeSpan LeaveAfter = TimeSpan.FromSeconds(5);

    private const long Fine = 0;

    private CancellationTokenSource _life = new();
    private IBusControl? _bus;
    private Task _starting = Task.CompletedTask;
    private long _failingSince = Fine;

    /// <summary>
    /// Measured: at 10 on their way MassTransit publishes three times as much as one by one, at 100 six times; beyond, only what is published
    /// twice after a crash of the broker grows.
    /// </summary>
    public int AtOnce => 64;

    /// <summary>MassTransit's bus of the moment; null before the start.</summary>
    public IBusControl? Current => _bus;

    /// <summary>What this process receives, over all buses it has had.</summary>
    public ReceivedMessages Received { get; } = new();

    /// <summary>It is connected, and its inbox is served as far as MassTransit knows.</summary>
    public bool IsHealthy => IsStarted && _bus?.CheckHealth().Status == BusHealthStatus.Healthy;

    /// <summary>It has been connected since it was made.</summary>
    public bool IsStarted => _starting.IsCompletedSuccessfully;

    /// <summary>How long publishing has only failed; zero: it succeeds, or nothing was published.</summary>
    public TimeSpan FailingFor =>
        Interlocked.Read(ref _failingSince) is var since and not Fine ? TimeSpan.FromMilliseconds(Environment.TickCount64 - since) : TimeSpan.Zero;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        LogContext.ConfigureCurrentLogContext(loggers);
        var bus = RabbitMqRegistration.Create(registration, settings.Broker!, inboxes);
        bus.ConnectReceiveObserver(Received);
        _bus = bus;
        ForgetFailures();
        _life = new CancellationTokenSource();
        var life = _life.Token;

        // Connecting goes on for as long as it takes; messages wait in the log meanwhile.
        _starting = Task.Run(() => bus.StartAsync(life), CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => ThrowAwayAsync(StopAtMost, cancellationToken);

    public void Dispose() => _life.Dispose();

    /// <summary>A new bus in place of the old; what was on its way is published again.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await ThrowAwayAsync(LeaveAfter, cancellationToken);
        await StartAsync(cancellationToken);
    }

    /// <summary>What failed so far was not the fault of this bus.</summary>
    public void ForgetFailures() => Interlocked.Exchange(ref _failingSince, Fine);

    public Task PublishAsync(object message, Guid messageId, Guid correlationId, CancellationToken cancellationToken) =>
        PublishAsync(message, messageId, correlationId, null, cancellationToken);

    /// <param name="tell">Address of whoever wants to hear what became of it (<see cref="Taken"/>); null: nobody.</param>
    public async Task PublishAsync(object message, Guid messageId, Guid correlationId, Uri? tell, CancellationToken cancellationToken)
    {
        // Without a limit of its own a publish waits for a broker that is gone for as long as it is gone.
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(settings.PublishTimeout);
        try
        {
            var bus = _bus ?? throw new InvalidOperationException("The bus is not started.");
            await bus.Publish(
                message,
                message.GetType(),
                Pipe.Execute<PublishContext>(context =>
                {
                    context.MessageId = messageId;
                    context.CorrelationId = correlationId;
                    context.ResponseAddress = tell;
                    context.Headers.Set(ConsumerCommands.TraceHeader, Activity.Current?.Id);

                    // An exchange without a queue confirms what it throws away, unless told that somebody must get it.
                    context.GetPayload<RabbitMqSendContext>().Mandatory = true;
                }),
                limited.Token).WaitAsync(limited.Token);
            ForgetFailures();
        }
        catch (Exception failure) when (failure is not SerializationException && !cancellationToken.IsCancellationRequested)
        {
            NoteFailure();
            throw new BusUnreachableException(failure);
        }
    }

    private void NoteFailure() => Interlocked.CompareExchange(ref _failingSince, Environment.TickCount64, Fine);

    private async Task ThrowAwayAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var brief = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        brief.CancelAfter(atMost);
        await _life.CancelAsync();
        _life.Dispose();
        try
        {
            await (_bus?.StopAsync(brief.Token).WaitAsync(brief.Token) ?? Task.CompletedTask);
        }
#pragma warning disable CA1031 // One that hangs may hang at stopping too: it is left behind, and the broker takes back what it held once its connection breaks.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            loggers.CreateLogger<RabbitMqBus>().LogWarning(failure, "The bus did not stop in time.");
        }
    }
}
