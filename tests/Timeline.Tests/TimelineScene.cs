using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Barnahus.Timeline.Tests.SampleServices;

namespace Barnahus.Timeline.Tests;

/// <summary>A running Timeline over a log in which other services write.</summary>
internal sealed class TimelineScene : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    private readonly ServiceFixture _fixture;
    private readonly EventCodec _codec;
    private readonly Dictionary<string, long> _revisions = new(StringComparer.Ordinal);
    private int _commands;

    private TimelineScene(ServiceFixture fixture)
    {
        _fixture = fixture;
        Vault = fixture.Services.GetRequiredService<IKeyVault>();
        _codec = new EventCodec(Types, Vault);
    }

    public Guid Prosecutor { get; } = Guid.Parse("01990000-0000-7000-8000-00000000000a");

    public Guid Auditor { get; } = Guid.Parse("01990000-0000-7000-8000-00000000000b");

    public IKeyVault Vault { get; }

    public IServiceProvider Services => _fixture.Services;

    public static async Task<TimelineScene> StartAsync() => new(await ServiceFixture.StartAsync(
        [TimelineModule.Module], Start.AddDays(30), configure: builder => builder.Services.AddSingleton(Book)));

    /// <summary>A service appends an event, an hour after the one before, as a person of an organisation.</summary>
    public async Task WriteAsync(string stream, IEvent e, string organisation = "00000000000099900006", Guid? because = null)
    {
        var number = ++_commands;
        var actor = new Actor(Prosecutor, Roles.Prosecutor, organisation, "gateway");
        var context = new CommandContext(DerivedId.From($"command {number}"), actor, "prosecution", Start.AddHours(number), DerivedId.From("correlation")) { CauseEventId = because };
        var revision = _revisions.GetValueOrDefault(stream, StreamRevision.None);
        var encoded = await _codec.EncodeAsync(stream, [e], context, CancellationToken.None);
        await Services.GetRequiredService<IEventLog>().AppendAsync(stream, revision, encoded, CancellationToken.None);
        _revisions[stream] = revision + 1;
    }

    /// <summary>A child with a prosecutor on its team.</summary>
    public Task OnTeamAsync(Guid child) => WriteAsync(AccessStream.Of(child), new MemberAdded(child, Prosecutor, Roles.Prosecutor));

    public async Task<JsonElement> EventsAsync(Guid child, string query = "", Guid? account = null, string role = Roles.Prosecutor, int status = 200)
    {
        await _fixture.CaughtUpAsync();
        return await _fixture.As(account ?? Prosecutor, role).GetAsync($"/timeline/v1/children/{child:D}/events{query}").JsonAsync(status);
    }

    public async Task<JsonElement> AccessesAsync(Guid child, string query = "", string role = Roles.Auditor, int status = 200)
    {
        await _fixture.CaughtUpAsync();
        return await _fixture.As(Auditor, role).GetAsync($"/timeline/v1/children/{child:D}/accesses{query}").JsonAsync(status);
    }

    public Task<JsonElement> SearchesAsync(string query = "", string role = Roles.Auditor, int status = 200) =>
        _fixture.As(Auditor, role).GetAsync($"/timeline/v1/searches{query}").JsonAsync(status);

    /// <summary>Another service answered a request that looked at these.</summary>
    public Task LookAsync(params IReadOnlyList<Look> looks) => LookAsync(Start, Roles.Prosecutor, "00000000000099900006", looks);

    /// <summary>As <see cref="LookAsync(IReadOnlyList{Look})"/>, at a moment, in a role, for an organisation.</summary>
    public Task LookAsync(DateTimeOffset at, string role, string organisation, params IReadOnlyList<Look> looks) => LookAsync(at, role, organisation, null, looks);

    /// <summary>As above, from a session.</summary>
    public Task LookAsync(DateTimeOffset at, string role, string organisation, Guid? session, params IReadOnlyList<Look> looks)
    {
        var id = Guid.CreateVersion7();
        var context = new CommandContext(id, new Actor(Prosecutor, role, organisation, "gateway"), Purposes.For(role)[0].Code, at, id);
        return Services.GetRequiredService<AccessLog>().RecordAsync(new Looked(id, "GET", "/intake/v1/elsewhere", session, looks), context, CancellationToken.None);
    }

    /// <summary>What the process says of its own health.</summary>
    public Task<JsonElement> HealthAsync() => _fixture.Client().GetAsync("/health/ready").JsonAsync(200);

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    public static List<string> TypesOf(JsonElement timeline) =>
        [.. timeline.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("type").GetString()!)];
}
