using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.State;
using Barnahus.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>A subscription that meets what it cannot read stops for all to see; one whose checkpoint is of another log starts over.</summary>
[Collection(Followers)]
public sealed class StoppedSubscriptionTests : IDisposable
{
    /// <summary>Measures are the process's: tests in which a follower stops take turns.</summary>
    public const string Followers = "Followers that stop";

    private const string Publisher = "publisher.Barnahus.Platform.Tests";
    private static readonly DateTimeOffset Start = new(2026, 9, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-").FullName;
    private readonly StoppedFollowers _counted = new();

    public void Dispose()
    {
        _counted.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_unreadable_event_that_only_a_publication_takes_stops_it_visibly()
    {
        await using var fixture = await StartAsync(WithMemos);
        await AppendAsync(fixture, "memo.filed.v1", "{\"childId\":\"no id\"}");
        var health = await StoppedAsync(fixture);
        health.TryGetProperty("viewsStopped", out _).ShouldBeFalse("no view takes this event");
        var stopped = health.GetProperty("subscriptionsStopped").EnumerateArray().ShouldHaveSingleItem();
        stopped.GetProperty("subscription").GetString().ShouldBe(Publisher);
        stopped.GetProperty("why").GetString()!.ShouldContain("memo.filed.v1");
        _counted.Names.ShouldBe([Publisher]);
    }

    [Fact]
    public async Task An_unknown_type_stops_views_and_subscriptions_and_each_is_counted()
    {
        await using var fixture = await StartAsync(WithMemos);
        await AppendAsync(fixture, "memo.filed.v9", "{}");
        await SubscriptionTests.WaitAsync(() => _counted.Names.Contains("views") && _counted.Names.Contains(Publisher), "views and publisher to stop");
        var health = await StoppedAsync(fixture);
        health.GetProperty("viewsStopped").GetString()!.ShouldContain("memo.filed.v9");
        health.GetProperty("subscriptionsStopped").EnumerateArray().Select(one => one.GetProperty("subscription").GetString()).ShouldContain(Publisher);
    }

    [Fact]
    public async Task A_state_store_that_fails_at_the_end_does_not_hide_why_it_ended()
    {
        await using var fixture = await StartAsync(builder =>
        {
            WithMemos(builder);
            var real = (IStateStore)builder.Services.Last(service => service.ServiceType == typeof(IStateStore)).ImplementationInstance!;
            builder.Services.AddSingleton<IStateStore>(new Unreleasable(real));
        });
        await AppendAsync(fixture, "memo.filed.v1", "{\"childId\":\"no id\"}");
        await StoppedAsync(fixture);
        _counted.Names.ShouldContain(Publisher);
    }

    [Fact]
    public async Task A_restored_older_log_is_followed_from_its_first_event_and_nothing_new_is_passed_over()
    {
        var account = Guid.CreateVersion7();
        var (first, lost, late) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var fixture = await StartAsync(WithMemos))
        {
            await EchoedAsync(fixture, first, account);
        }

        var older = Path.Combine(_folder, "older.db");
        File.Copy(Path.Combine(_folder, "data", "events.db"), older);
        await using (var fixture = await StartAsync(WithMemos))
        {
            await EchoedAsync(fixture, lost, account);
            await EchoedAsync(fixture, Guid.CreateVersion7(), account);
        }

        File.Copy(older, Path.Combine(_folder, "data", "events.db"), overwrite: true);
        await using var restored = await StartAsync(WithMemos);
        await EchoedAsync(restored, late, account);
        restored.Services.GetRequiredService<Notes>().Of(first)!.Echoed.ShouldBe(1, "what was done before has no second effect");
        restored.Services.GetRequiredService<Notes>().Of(lost).ShouldBeNull();
    }

    private static void WithMemos(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(new EventSource("memo", [typeof(MemoFiled)])).AddPublication<PublishMemo>();

    private static async Task EchoedAsync(ServiceFixture fixture, Guid child, Guid account)
    {
        await HostingTests.OnTeamAsync(fixture, child, account);
        await fixture.As(account, Roles.Interviewer).PostAsync($"/toy/v1/children/{child:D}/notes", new NewNote("n")).JsonAsync(200);
        await SubscriptionTests.WaitAsync(() => fixture.Services.GetRequiredService<Notes>().Of(child) is { Echoed: 1, Counted: 1 }, "the echo");
    }

    private static async Task AppendAsync(ServiceFixture fixture, string type, string data)
    {
        var e = new EventToAppend(
            Guid.CreateVersion7(),
            type,
            System.Text.Encoding.UTF8.GetBytes(data),
            "{\"subject\":\"none:00000000-0000-0000-0000-000000000000\",\"actor\":{\"role\":\"system\",\"client\":\"test\"}}"u8.ToArray());
        await fixture.Stores.Log.AppendAsync("memo.poison", StreamRevision.None, [e], default);
    }

    private static async Task<JsonElement> StoppedAsync(ServiceFixture fixture)
    {
        await SubscriptionTests.WaitAsync(() => fixture.Services.GetRequiredService<SubscriptionHost>().Stopped.ContainsKey(Publisher), "the publisher to stop");
        return await fixture.Client().GetAsync("/health/ready").JsonAsync(503);
    }

    private Task<ServiceFixture> StartAsync(Action<WebApplicationBuilder> configure) =>
        ServiceFixture.StartAsync([ToyModule.Module], Start, _folder, configure);

    [EventType("memo.filed.v1")]
    private sealed record MemoFiled(Guid ChildId) : IEvent
    {
        public SubjectId Subject => SubjectId.Child(ChildId);
    }

    private sealed class PublishMemo : IPublication
    {
        public IReadOnlyCollection<Type> Of => [typeof(MemoFiled)];

        public ValueTask<object?> MessageAsync(Recorded recorded, CancellationToken cancellationToken) => ValueTask.FromResult<object?>(null);
    }

    private sealed class Unreleasable(IStateStore real) : IStateStore
    {
        public Task<Lease?> TryLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken cancellationToken) =>
            real.TryLeaseAsync(name, holder, duration, cancellationToken);

        public Task ReleaseAsync(Lease lease, CancellationToken cancellationToken) => throw new IOException("The state store is away.");

        public Task<LogPosition?> LoadAsync(string name, CancellationToken cancellationToken) => real.LoadAsync(name, cancellationToken);

        public Task SaveAsync(Lease lease, LogPosition position, CancellationToken cancellationToken) => real.SaveAsync(lease, position, cancellationToken);
    }

    /// <summary>What an exporter of measures would see of stopped followers.</summary>
    private sealed class StoppedFollowers : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<string> _names = new();

        public StoppedFollowers()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Telemetry.Name && instrument.Name == "barnahus.followers.stopped")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _names.Enqueue((string)tags[0].Value!));
            _listener.Start();
        }

        public IReadOnlyCollection<string> Names => _names;

        public void Dispose() => _listener.Dispose();
    }
}
