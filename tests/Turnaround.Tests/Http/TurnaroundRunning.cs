using System.Text.Json;
using Barnahus.Contracts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Turnaround.Tests.Http;

/// <summary>As Intake keeps what it tells of a child: sealed in its own log.</summary>
[EventType("sender.facts.v1")]
public sealed record SenderFacts(Guid ChildId, [property: Personal(Regime.Police)] Personal<ChildFacts> Facts) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>The service as it runs, with the other services played by hand: their messages and the teams of children.</summary>
internal sealed class TurnaroundRunning : IAsyncDisposable
{
    public static readonly ChildFacts Eva = new(
        new DateOnly(2010, 1, 20), null, null, "f", false, Some.At("2026-09-03T20:00:00Z"), true, true, ["sexual-abuse", "online"], new StructuredNeeds(), []);

    private readonly ServiceFixture _fixture;

    private TurnaroundRunning(ServiceFixture fixture) => _fixture = fixture;

    public static Guid Prosecutor { get; } = Guid.Parse("01990000-0000-7000-8000-00000000a001");

    public static async Task<TurnaroundRunning> StartAsync(string now = "2026-09-05T09:00:00Z", string? folder = null) => new(
        await ServiceFixture.StartAsync(
            [TurnaroundModule.Module], Some.At(now), folder, builder => builder.Services.AddEvents(typeof(SenderFacts).Assembly, "sender")));

    public HttpClient As(Guid account, string role) => _fixture.As(account, role);

    public HttpClient AsProsecutor() => _fixture.As(Prosecutor, Roles.Prosecutor);

    public async Task<JsonElement> CaseAsync(Guid caseId) => await AsProsecutor().GetAsync($"/turnaround/v1/cases/{caseId}").JsonAsync(200);

    /// <summary>The clock of a name in a case.</summary>
    public async Task<JsonElement> ClockAsync(Guid caseId, string clock) =>
        (await CaseAsync(caseId)).GetProperty("clocks").EnumerateArray().Single(row => row.GetProperty("clock").GetString() == clock);

    public Task JoinTeamAsync(Guid child, Guid account, string role) => AppendAsync(AccessStream.Of(child), new MemberAdded(child, account, role));

    public Task MergeAccessAsync(Guid child, Guid into) => AppendAsync(AccessStream.Of(child), new ChildMerged(child, into));

    public async Task<Source> FileAsync(
        Guid child, long revision, ChildFacts? facts = null, string status = "open", Guid? mergedInto = null, string reportedAt = "2026-09-05T08:00:00Z")
    {
        var stream = $"intake.child-{child:D}";
        var source = new Source(DerivedId.From($"{stream}/{revision}"), stream, revision, Some.Reported, child);
        var field = await SealAsync(child, facts ?? Eva);
        var message = new ChildFileChanged(
            source, child, status, mergedInto, "Noord-Nederland", Some.At(reportedAt), Some.At(reportedAt), null, null, field);
        await PublishAsync(message, source);
        return source;
    }

    public async Task InterviewsAsync(Guid child, long revision, string status, string? completedAt = null, string? examinedAt = null)
    {
        var stream = $"interviews.child-{child:D}";
        var source = new Source(DerivedId.From($"{stream}/{revision}"), stream, revision, Some.Reported, child);
        var interview = new InterviewState(
            DerivedId.From(child, "interview"), "forensic", status, Some.At("2026-09-05T08:30:00Z"), null, null, completedAt is null ? null : Some.At(completedAt), null);
        var medical = examinedAt is null ? null : new MedicalState(await _fixture.Services.GetRequiredService<PersonalData>()
            .ToSealedFieldAsync(Personal.Of(Some.At(examinedAt)), new(source.EventId, "examined", SubjectId.Child(child), Regime.Medical), default));
        await PublishAsync(new InterviewsChanged(source, child, [interview], medical), source);
    }

    /// <summary>Events of a stream, decoded.</summary>
    public async Task<IReadOnlyList<Recorded>> StreamAsync(string stream)
    {
        var codec = _fixture.Services.GetRequiredService<EventCodec>();
        var logged = await Log.ReadStreamAsync(stream, 0, 500, ReadDirection.Forwards, default);
        return [.. logged.Select(codec.Decode)];
    }

    /// <summary>Types and contents of a stream's events as they stand in the log.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(string stream) =>
        [.. (await Log.ReadStreamAsync(stream, 0, 500, ReadDirection.Forwards, default)).Select(logged => $"{logged.Type} {System.Text.Encoding.UTF8.GetString(logged.Data.Span)}")];

    public Task CaughtUpAsync() => _fixture.CaughtUpAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    private IEventLog Log => _fixture.Services.GetRequiredService<IEventLog>();

    private async Task PublishAsync(object message, Source source)
    {
        await _fixture.Services.GetRequiredService<IMessageBus>().PublishAsync(message, source.EventId, source.CorrelationId, default);
        await CaughtUpAsync();
    }

    private async Task<SealedField> SealAsync(Guid child, ChildFacts facts)
    {
        var stream = $"sender.child-{child:D}";
        await AppendAsync(stream, new SenderFacts(child, Personal.Of(facts)));
        var read = (SenderFacts)(await StreamAsync(stream))[^1].Event;
        return _fixture.Services.GetRequiredService<PersonalData>().ToSealedField(read.Facts);
    }

    private async Task AppendAsync(string stream, IEvent happened)
    {
        var before = await Log.ReadStreamAsync(stream, 0, 500, ReadDirection.Forwards, default);
        var context = new CommandContext(Guid.CreateVersion7(), Actor.System("sender"), null, Some.Reported, Guid.CreateVersion7());
        var codec = _fixture.Services.GetRequiredService<EventCodec>();
        await Log.AppendAsync(stream, before.Count - 1, await codec.EncodeAsync(stream, [happened], context, default), default);
        await CaughtUpAsync();
    }
}
