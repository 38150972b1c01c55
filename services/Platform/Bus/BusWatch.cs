using System.Diagnostics.Metrics;
using Barnahus.Platform.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Barnahus.Platform.Bus;

/// <summary>How an inbox stands, for health and operators.</summary>
/// <param name="Inbox">Name of the queue.</param>
/// <param name="Waiting">Messages that nobody has in hand.</param>
/// <param name="Consumers">Consumers of all replicas together.</param>
/// <param name="Errors">Messages in the error queue: they wait for a person (see docs/runbooks/bus.md).</param>
/// <param name="Broken">The queue itself does not answer (<see cref="BrokenInbox"/>): it waits for a person too.</param>
public sealed record InboxState(string Inbox, uint Waiting, uint Consumers, uint Errors, bool Broken);

/// <summary>
/// Looks at the broker with a connection of its own: what waits, what failed, and whether the bus hangs. After a crash of the broker MassTransit
/// comes back by itself, but it was seen to publish again and never receive again, and a start that the crash cut short never to come to an end; then it is
/// restarted here, as it is when it only fails to publish.
/// </summary>
internal sealed class BusWatch : BackgroundService
{
    private static readonly TimeSpan LookAtMost = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WhileApart = TimeSpan.FromMilliseconds(250);
    private readonly RabbitMqBus _bus;
    private readonly BusSettings _settings;
    private readonly Dictionary<string, HangDetector> _detectors;
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly ILogger<BusWatch> _logger;
    private readonly Meter _meter = new(Telemetry.Name);
    private long? _apartSince;
    private int _helpedNot;

    public BusWatch(RabbitMqBus bus, BusSettings settings, Inboxes inboxes, ILogger<BusWatch> logger)
    {
        _bus = bus;
        _settings = settings;
        _logger = logger;
        _detectors = inboxes.Consumers.ToDictionary(inbox => inbox.Key, _ => new HangDetector(settings.HangAfter), StringComparer.Ordinal);
        _meter.CreateObservableGauge("barnahus.bus.waiting", () => Measured(state => state.Waiting), "{message}", "Messages that wait in an inbox.");
        _meter.CreateObservableGauge("barnahus.bus.errors", () => Measured(state => state.Errors), "{message}", "Messages in an error queue. Anything but 0 needs a person.");
    }

    /// <summary>The broker answers and MassTransit is connected.</summary>
    public bool Connected { get; private set; }

    /// <summary>Last look at the inboxes.</summary>
    public IReadOnlyList<InboxState> States { get; private set; } = [];

    /// <summary>How often the bus was restarted because it hung.</summary>
    public int Restarts { get; private set; }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        BrokerDesk? desk = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            var answers = false;
            try
            {
                using var brief = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                brief.CancelAfter(LookAtMost);
                desk ??= await BrokerDesk.OpenAsync(_settings.Broker!, brief.Token);

                // A process that only publishes has no inbox whose answer shows that the broker is there.
                await desk.AskAsync(brief.Token);
                answers = true;
                await LookAsync(desk, brief.Token);
                Connected = _bus.IsHealthy;
                _apartSince = Connected ? null : _apartSince ?? Environment.TickCount64;
                _helpedNot = Connected ? 0 : _helpedNot;
                if (Wrong() is { } what)
                {
                    await RestartAsync(what, stoppingToken);
                }
            }
#pragma warning disable CA1031 // Whatever stands in the way of looking: the broker is out of reach, and is looked for until it is back.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                if (Connected || desk is not null)
                {
                    _logger.LogWarning(failure, "The broker {Broker} does not answer; messages wait in the log.", _settings.Broker);
                }

                // While the broker is away every bus fails, and this one may be well: it is judged from when the broker is back.
                _bus.ForgetFailures();
                _apartSince = answers ? _apartSince : null;
                Connected = false;
                desk = await CloseAsync(desk);
            }

            await Task.Delay(Connected ? _settings.WatchEvery : WhileApart, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await CloseAsync(desk);
    }

    private static async Task<BrokerDesk?> CloseAsync(BrokerDesk? desk)
    {
        try
        {
            await (desk?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
#pragma warning disable CA1031 // It is lost anyway.
        catch (Exception)
#pragma warning restore CA1031
        {
            // A connection that broke cannot always be closed.
        }

        return null;
    }

    private IEnumerable<Measurement<long>> Measured(Func<InboxState, uint> value) =>
        States.Select(state => new Measurement<long>(value(state), new KeyValuePair<string, object?>("inbox", state.Inbox)));

    private async Task LookAsync(BrokerDesk desk, CancellationToken cancellationToken)
    {
        var states = new List<InboxState>();
        foreach (var (inbox, detector) in _detectors)
        {
            var (count, working) = (_bus.Received.Count, _bus.Received.Working);
            var queue = await desk.LookAsync(inbox, cancellationToken);
            var errors = await desk.LookAsync(Inbox.Errors(inbox), cancellationToken);
            detector.Saw(TimeSpan.FromMilliseconds(Environment.TickCount64), queue, count, working, !_bus.IsStarted);
            if (queue is null or { Consumers: > 0 })
            {
                _broken.Remove(inbox);
            }

            states.Add(new(inbox, queue?.Ready ?? 0, queue?.Consumers ?? 0, errors?.Ready ?? 0, _broken.Contains(inbox)));
        }

        States = states;
    }

    private string? Wrong() =>
        _detectors.Where(one => one.Value.Hangs).Select(one => one.Key).ToList() is { Count: > 0 } hanging ? $"{string.Join(", ", hanging)}: messages wait and none is received."
            : _bus.FailingFor > _settings.HangAfter ? "The broker answers, and publishing only fails."
            : Environment.TickCount64 - _apartSince > PatienceApart.TotalMilliseconds ? "The broker answers, and the bus does not connect to it."
            : null;

    /// <summary>Connecting may take long; and what a new bus did not help is not helped by one a minute.</summary>
    private TimeSpan PatienceApart => _settings.HangAfter * HangDetector.PatienceWhileStarting * Math.Pow(2, Math.Min(_helpedNot, 6));

    /// <summary>What no new bus helps is said to whoever can help. A queue that nobody takes from is looked at whatever is wrong with the bus.</summary>
    private async Task LookForBrokenAsync(CancellationToken cancellationToken)
    {
        foreach (var inbox in States.Where(state => state.Consumers == 0).Select(state => state.Inbox))
        {
            try
            {
                using var brief = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                brief.CancelAfter(LookAtMost);
                await using var desk = await BrokerDesk.OpenAsync(_settings.Broker!, brief.Token);
                if (await desk.IsBrokenAsync(inbox, brief.Token))
                {
                    _broken.Add(inbox);
                    _logger.LogError("The queue {Inbox} itself does not answer, and will not by itself: mend-inboxes, then reconcile (docs/runbooks/bus.md).", inbox);
                }
            }
#pragma warning disable CA1031 // Whatever stands in the way of the question does not stand in the way of the restart.
            catch (Exception unknown) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                _logger.LogWarning(unknown, "It is not known whether the queue {Inbox} answers.", inbox);
            }
        }
    }

    private async Task RestartAsync(string what, CancellationToken stoppingToken)
    {
        await LookForBrokenAsync(stoppingToken);
        _logger.LogError("{What} The bus is restarted.", what);
        await _bus.RestartAsync(stoppingToken);
        _helpedNot += _apartSince is null ? 0 : 1;
        _apartSince = null;
        Restarts++;
        Telemetry.BusRestarts.Add(1);
        foreach (var detector in _detectors.Values)
        {
            detector.Forget();
        }
    }
}
