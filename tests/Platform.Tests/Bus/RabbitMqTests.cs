using System.Text.Json;
using Barnahus.Contracts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Tests.Hosting;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Bus;

/// <summary>The bus of several processes, on a real broker: at least once, whatever breaks in between, and what failed is seen and can be mended.</summary>
[Collection(BrokerCollection.Name)]
public sealed class RabbitMqTests(BrokerFixture brokers) : IAsyncLifetime
{
    private static readonly string Queue = Inbox.Of(Inbox.ServiceOf(typeof(OnNote)));
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
    private readonly string _broker = brokers.Broker.NewConnectionString();
    private readonly Guid _account = Guid.CreateVersion7();
    private ServiceFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await StartAsync();

    public async Task DisposeAsync()
    {
        await _fixture.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_message_has_its_effect_once_over_restarts()
    {
        var child = await WriteAsync();
        await EchoedAsync(child);
        await _fixture.DisposeAsync();
        _fixture = await StartAsync();
        var other = await WriteAsync();
        await EchoedAsync(other);
        NotesOf(child).Echoed.ShouldBe(1);
    }

    [Fact]
    public async Task The_trace_of_a_request_goes_on_across_the_broker()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        var child = await WriteAsync(("traceparent", $"00-{Trace}-00f067aa0ba902b7-01"));
        await EchoedAsync(child);
        var codec = _fixture.Services.GetRequiredService<EventCodec>();
        var events = await _fixture.Stores.Log.ReadStreamAsync(Toy.Stream(child), 0, 100, ReadDirection.Forwards, default);
        codec.Decode(events.Single(e => e.Type == "toy.note-echoed.v1")).Envelope.TraceParent!.Split('-')[1].ShouldBe(Trace);
    }

    [Fact]
    public async Task A_consumer_that_fails_for_a_while_gets_the_message_after_all()
    {
        Faults.Left = 3;
        await EchoedAsync(await WriteAsync());
        (await HealthAsync()).GetProperty("status").GetString().ShouldBe("ready");
    }

    [Fact]
    public async Task What_keeps_failing_is_seen_and_replayed_by_one_command()
    {
        Faults.Left = 1000;
        var children = new[] { await WriteAsync(), await WriteAsync() };
        await Wait.ForAsync(async () => Errors(await HealthAsync()) == 2, "two messages in the error queue");
        (await HealthAsync()).GetProperty("status").GetString().ShouldBe("degraded");

        Faults.Left = 0;
        (await ErrorQueue.ReplayAsync(Settings, [Queue], default)).ShouldBe(2);
        foreach (var child in children)
        {
            await EchoedAsync(child);
        }

        await Wait.ForAsync(async () => (await HealthAsync()).GetProperty("status").GetString() == "ready", "ready again");
        (await ErrorQueue.ReplayAsync(Settings, [Queue], default)).ShouldBe(0);
    }

    [Fact]
    public async Task While_the_broker_is_gone_messages_wait_in_the_log_and_go_on_without_a_restart_of_the_process()
    {
        await EchoedAsync(await WriteAsync());

        // RabbitMQ 3.10 notes where a new quorum queue lives up to half a second late: killed sooner, the queue itself is lost (docs/runbooks/bus.md).
        await Task.Delay(TimeSpan.FromSeconds(1));
        await brokers.Broker.KillAsync();
        var child = await WriteAsync();
        await Wait.ForAsync(async () => !(await HealthAsync()).GetProperty("bus").GetProperty("connected").GetBoolean(), "the loss to be seen");
        (await HealthAsync()).GetProperty("status").GetString().ShouldBe("degraded");
        await brokers.Broker.RestartAsync();
        await EchoedAsync(child);
        await Wait.ForAsync(async () => (await HealthAsync()).GetProperty("status").GetString() == "ready", "ready again");
        _fixture.Services.GetRequiredService<ParkedEvents>().All.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_broker_that_does_not_answer_is_given_up_in_time()
    {
        await EchoedAsync(await WriteAsync());
        await brokers.Broker.PauseAsync();
        try
        {
            var began = Environment.TickCount64;
            await Should.ThrowAsync<BusUnreachableException>(() => PublishAsync(new NobodyTakes(2)));
            (Environment.TickCount64 - began).ShouldBeLessThan(20_000);
        }
        finally
        {
            await brokers.Broker.ContinueAsync();
        }

        await EchoedAsync(await WriteAsync());
    }

    [Fact]
    public async Task A_service_that_has_never_started_misses_nothing_and_holds_up_nobody()
    {
        var source = new Source(Guid.CreateVersion7(), "identity.account-1", 0, DateTimeOffset.UtcNow, Guid.CreateVersion7());
        await Wait.ForAsync(() => PublishedAsync(new AccountChanged(source, Guid.CreateVersion7(), null, [], null, [], false)), "in safe hands");
        await using var desk = await BrokerDesk.OpenAsync(BrokerAddress.Parse(_broker), default);
        await Wait.ForAsync(async () => await desk.LookAsync(Inbox.Of("intake"), default) is { Ready: 1, Consumers: 0 }, "it waits for Intake");
    }

    /// <summary>False when the broker did not take it, as it may in the first half second of a new queue (docs/runbooks/bus.md).</summary>
    private async Task<bool> PublishedAsync(object message)
    {
        try
        {
            await PublishAsync(message);
            return true;
        }
        catch (BusUnreachableException)
        {
            return false;
        }
    }

    [SkippableFact]
    public async Task Of_a_broker_that_does_not_answer_nothing_is_thrown_away()
    {
        Skip.If(Environment.GetEnvironmentVariable("BARNAHUS_ALL") is null, "Forty seconds of waiting: deploy/test --all.");
        await EchoedAsync(await WriteAsync());
        await brokers.Broker.PauseAsync();
        try
        {
            (await MendAsync()).ShouldAllBe(queue => !queue.ThrownAway && queue.Unknown is BusUnreachableException);
        }
        finally
        {
            await brokers.Broker.ContinueAsync();
        }
    }

    [Fact]
    public async Task What_no_inbox_takes_is_not_said_to_be_in_safe_hands() =>
        await Should.ThrowAsync<BusUnreachableException>(() => PublishAsync(new NobodyTakes(1)));

    [Fact]
    public async Task An_inbox_that_is_not_served_any_more_is_noticed_and_the_bus_is_restarted()
    {
        await EchoedAsync(await WriteAsync());
        var endpoint = _fixture.Services.GetRequiredService<RabbitMqBus>().Current!.CheckHealth().Endpoints
            .Single(one => one.Value.InputAddress.AbsolutePath.EndsWith(Queue, StringComparison.Ordinal)).Value.ReceiveEndpoint;
        await endpoint.Stop();
        await EchoedAsync(await WriteAsync());
        await Wait.ForAsync(async () => (await HealthAsync()).GetProperty("bus").GetProperty("restarts").GetInt32() == 1, "a restart");
    }

    /// <summary>As a full disk leaves it behind (docs/runbooks/bus.md).</summary>
    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_queue_that_the_broker_damaged_is_seen_thrown_away_and_made_anew(bool byAnotherProcess)
    {
        Skip.If(!byAnotherProcess && Environment.GetEnvironmentVariable("BARNAHUS_ALL") is null, "By a process that was there before, too: deploy/test --all.");
        await EchoedAsync(await WriteAsync());
        (await MendAsync()).ShouldBe([new(Queue, false, null), new(Inbox.Errors(Queue), false, null)], "both answer");
        await Task.Delay(TimeSpan.FromSeconds(1));
        await brokers.Broker.DamageAsync(BrokerAddress.Parse(_broker).VirtualHost, Queue);
        await brokers.Broker.KillAsync();
        await brokers.Broker.RestartAsync();
        if (byAnotherProcess)
        {
            await _fixture.DisposeAsync();
            _fixture = await StartAsync();
        }

        var child = await WriteAsync();
        await Wait.ForAsync(async () => Inboxes(await HealthAsync()).Any(inbox => inbox.GetProperty("broken").GetBoolean()), "the damage to be seen", seconds: 60);
        (await HealthAsync()).GetProperty("status").GetString().ShouldBe("degraded");

        (await MendAsync()).ShouldBe([new(Queue, true, null), new(Inbox.Errors(Queue), false, null)]);
        await EchoedAsync(child);
        await Wait.ForAsync(async () => (await HealthAsync()).GetProperty("status").GetString() == "ready", "ready again");
        (await MendAsync()).ShouldAllBe(queue => !queue.ThrownAway && queue.Unknown == null, "the new one answers");
    }

    private ValueTask<List<LookedAfter>> MendAsync() => BrokenInbox.ThrowAwayAsync(Settings, [Queue], default).ToListAsync();

    private static JsonElement.ArrayEnumerator Inboxes(JsonElement health) => health.GetProperty("bus").GetProperty("inboxes").EnumerateArray();

    private static uint Errors(JsonElement health) => Inboxes(health)
        .Select(inbox => inbox.GetProperty("errors").GetUInt32()).SingleOrDefault();

    private BusSettings Settings => _fixture.Services.GetRequiredService<BusSettings>();

    private Faults Faults => _fixture.Services.GetRequiredService<Faults>();

    private Task<ServiceFixture> StartAsync() => ServiceFixture.StartAsync(
        [ToyModule.Module],
        folder: _folder,
        settings: [$"--Bus:ConnectionString={_broker}", "--Bus:WatchEvery=00:00:00.2", "--Bus:HangAfter=00:00:04", "--Bus:PublishTimeout=00:00:03"]);

    private async Task<Guid> WriteAsync(params (string Name, string Value)[] headers)
    {
        var child = Guid.CreateVersion7();
        var interviewer = _fixture.As(_account, Roles.Interviewer);
        foreach (var (name, value) in headers)
        {
            interviewer.DefaultRequestHeaders.Add(name, value);
        }

        await HostingTests.OnTeamAsync(_fixture, child, _account);
        await interviewer.PostAsync($"/toy/v1/children/{child:D}/notes", new NewNote("n")).JsonAsync(200);
        return child;
    }

    private Task EchoedAsync(Guid child) =>
        Wait.ForAsync(() => Task.FromResult(_fixture.Services.GetRequiredService<Notes>().Of(child) is { Echoed: 1 }), "the echo");

    private Notes.Row NotesOf(Guid child) => _fixture.Services.GetRequiredService<Notes>().Of(child)!;

    private Task PublishAsync(object message) =>
        _fixture.Services.GetRequiredService<IMessageBus>().PublishAsync(message, Guid.CreateVersion7(), Guid.CreateVersion7(), default);

    private Task<JsonElement> HealthAsync() => _fixture.Client().GetAsync("/health/ready").JsonAsync(200);
}

/// <summary>A message that no service of these tests takes.</summary>
public sealed record NobodyTakes(int Number);
