using System.Text.Json;
using Barnahus.Contracts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Safety.Tests.Http;

/// <summary>What Intake seals for the bus, as this test's own event.</summary>
[EventType("sample.facts-told.v1")]
public sealed record FactsTold(Guid ChildId, [property: Personal(Regime.Police)] Personal<ChildFacts> Facts) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>The service with real stores in a folder, which can be started again on the same folder at another domain time.</summary>
public sealed class SafetyHouse : IAsyncDisposable
{
    public static readonly DateTimeOffset Opened = new(2026, 9, 10, 14, 20, 0, TimeSpan.Zero);
    private static readonly ServiceModule Sample = new(
        "sample", services => services.AddSingleton(new EventSource("sample", [typeof(FactsTold)])), _ => { }, _ => { });

    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-safety-").FullName;
    private ServiceFixture? _fixture;

    private SafetyHouse()
    {
    }

    public static async Task<SafetyHouse> StartedAsync()
    {
        var house = new SafetyHouse();
        await house.StartAsync(Opened);
        return house;
    }

    public Guid Child { get; } = Guid.CreateVersion7();

    public Guid Coordinator { get; } = Guid.CreateVersion7();

    public Guid Father { get; } = Guid.CreateVersion7();

    public ServiceFixture Fixture => _fixture ?? throw new InvalidOperationException("Start it first.");

    public string At(string path) => $"/safety/v1/children/{Child:D}/{path}";

    public async Task StartAsync(DateTimeOffset clock)
    {
        if (_fixture is not null)
        {
            await _fixture.DisposeAsync();
        }

        _fixture = await ServiceFixture.StartAsync([SafetyModule.Module, Sample], clock, _folder);
    }

    /// <summary>Intake accepted a child: its team, and the message.</summary>
    public async Task AcceptAsync()
    {
        await OnTeamAsync(Child, Coordinator, Roles.SafetyCoordinator);
        await TellAsync(Child, 1);
    }

    public Task OnTeamAsync(Guid child, Guid account, string role) => AppendAsync(AccessStream.Of(child), new MemberAdded(child, account, role));

    public async Task TellAsync(Guid child, long revision, bool suspected = false, string status = "open", Guid? mergedInto = null)
    {
        var facts = new ChildFacts(
            new DateOnly(2008, 12, 19), null, null, "f", false, null, true, true, ["sexual-exploitation"], new StructuredNeeds(),
            [new RepresentativeFacts(Father, "father", suspected, true)]);
        var told = (FactsTold)await AppendAsync($"sample.child-{child:D}", new FactsTold(child, Personal.Of(facts)));
        var personal = Fixture.Services.GetRequiredService<PersonalData>();
        var source = new Source(Guid.CreateVersion7(), $"intake.child-{child:D}", revision, Opened, child);
        var message = new ChildFileChanged(
            source, child, status, mergedInto, "Amsterdam", Opened, Opened, null, Coordinator, personal.ToSealedField(told.Facts));
        await Fixture.Services.GetRequiredService<IMessageBus>().PublishAsync(message, source.EventId, child, default);
        await Fixture.CaughtUpAsync();
    }

    public async Task<IEvent> AppendAsync(string stream, IEvent @event)
    {
        var log = Fixture.Services.GetRequiredService<IEventLog>();
        var codec = Fixture.Services.GetRequiredService<EventCodec>();
        var id = Guid.CreateVersion7();
        var last = await log.ReadStreamAsync(stream, long.MaxValue, 1, ReadDirection.Backwards, default);
        var context = new CommandContext(id, Actor.System("test"), null, Opened, id);
        await log.AppendAsync(stream, last is [var one] ? one.Revision : StreamRevision.None, await codec.EncodeAsync(stream, [@event], context, default), default);
        await Fixture.CaughtUpAsync();
        return codec.Decode((await log.ReadStreamAsync(stream, long.MaxValue, 1, ReadDirection.Backwards, default))[0]).Event;
    }

    public HttpClient As(Guid account, string role = Roles.SafetyCoordinator) => Fixture.As(account, role);

    public Task<JsonElement> PostAsync(string path, object body, int status = 201) => As(Coordinator).PostAsync(At(path), body).JsonAsync(status);

    public async Task<JsonElement> PlanAsync(HttpClient? client = null)
    {
        await Fixture.CaughtUpAsync();
        return await (client ?? As(Coordinator)).GetAsync(new Uri(At("plan"), UriKind.Relative)).JsonAsync(200);
    }

    /// <summary>Types of the events of the child's stream, in order.</summary>
    public async Task<IReadOnlyList<string>> TypesAsync(Guid? child = null) =>
        [.. (await Fixture.Services.GetRequiredService<IEventLog>()
            .ReadStreamAsync($"safety.child-{child ?? Child:D}", 0, 1000, ReadDirection.Forwards, default)).Select(e => e.Type)];

    /// <summary>Waits until the stream holds as many events of a type, and long enough to see one too many.</summary>
    public async Task BecomesAsync(string type, int count)
    {
        for (var attempt = 0; attempt < 100 && (await TypesAsync()).Count(one => one == type) < count; attempt++)
        {
            await Task.Delay(100);
        }

        await Task.Delay(500);
        (await TypesAsync()).Count(one => one == type).ShouldBe(count, type);
    }

    public async ValueTask DisposeAsync()
    {
        if (_fixture is not null)
        {
            await _fixture.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
