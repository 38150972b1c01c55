using System.Net;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>A look is durable before the first byte of the answer, and an answer whose look cannot be recorded stays behind.</summary>
public sealed class RecordedLookTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly Guid _child = Guid.CreateVersion7();
    private readonly Guid _account = Guid.CreateVersion7();
    private TemporaryLog _accesses = null!;
    private SteeredLog _steered = null!;
    private ServiceFixture _fixture = null!;
    private HttpClient _member = null!;

    private string Notes => $"/toy/v1/children/{_child:D}/notes";

    private string Seen => $"/toy/v1/children/{_child:D}/seen-notes";

    public async Task InitializeAsync()
    {
        _accesses = new TemporaryLog();
        _steered = new SteeredLog(_accesses.Log);
        _fixture = await ServiceFixture.StartAsync([ToyModule.Module], configure: builder =>
            builder.Services.AddSingleton(provider => new AccessLog(_steered, provider.GetRequiredService<EventCodec>())));
        await HostingTests.OnTeamAsync(_fixture, _child, _account);
        _member = _fixture.As(_account, Roles.Interviewer);
        await _member.PostAsync(Notes, new NewNote("what the child said")).JsonAsync(200);
        await _fixture.CaughtUpAsync();
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        _steered.Free();
        await _fixture.DisposeAsync();
        await _accesses.DisposeAsync();
    }

    [Fact]
    public async Task Not_a_byte_leaves_before_the_record_is_durable()
    {
        _steered.HoldAppends();
        var asked = _member.GetAsync(Notes, HttpCompletionOption.ResponseHeadersRead);
        await _steered.Asked.WaitAsync(TimeSpan.FromSeconds(10));
        (await Task.WhenAny(asked, Task.Delay(500))).ShouldNotBe(asked, "the answer began before its look was on the record");
        _steered.Free();
        using var answer = await asked;
        (await answer.Content.ReadAsStringAsync()).ShouldContain("what the child said");
    }

    [Fact]
    public async Task A_look_that_cannot_be_recorded_is_not_answered()
    {
        _steered.BeforeAppend = _ => throw new IOException("The disk is full.");
        using var answer = await _member.GetAsync(Notes);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, body);
        body.ShouldContain("urn:barnahus:problem:not-recorded");
        body.ShouldNotContain("what the child said");
        _steered.BeforeAppend = null;
        await _member.GetAsync(Notes).JsonAsync(200);
    }

    [Fact]
    public async Task A_change_whose_answer_cannot_be_recorded_is_made_and_says_so()
    {
        _steered.BeforeAppend = stream => throw new WrongRevisionException(stream, 0, 1);
        var problem = await _member.PostAsync(Seen, new NewNote("second")).JsonAsync(503);
        problem.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:not-recorded");
        problem.GetProperty("detail").GetString()!.ShouldNotContain("Nothing was changed");
        var notes = await _fixture.Stores.Log.ReadStreamAsync(Toy.Stream(_child), 0, 100, ReadDirection.Forwards, default);
        notes.Count(e => e.Type == "toy.note-written.v1").ShouldBe(2);
    }

    [Fact]
    public async Task A_record_whose_answer_was_lost_costs_the_next_look_nothing()
    {
        _steered.AfterAppend = _ => throw new IOException("The answer was lost.");
        await _member.GetAsync(Notes).JsonAsync(503);
        _steered.AfterAppend = null;
        await _member.GetAsync(Notes).JsonAsync(200);
        (await RecordsAsync()).Count.ShouldBe(3, "the lost one was applied, and the next follows it");
    }

    /// <summary>Its answer shows where the child stands, whatever the command named by itself.</summary>
    [Fact]
    public async Task A_command_is_a_look_at_whom_it_may_change_recorded_once()
    {
        var written = await RecordsAsync();
        written.ShouldHaveSingleItem().Looks.ShouldHaveSingleItem().What.ShouldBe(["command"]);
        written[0].Looks[0].About.ShouldBe(SubjectId.Child(_child));

        await _member.PostAsync(Seen, new NewNote("second")).JsonAsync(200);

        (await RecordsAsync()).Skip(1).ShouldHaveSingleItem().Looks.ShouldHaveSingleItem().What.ShouldBe(["File:UntilInterview"], "what it named says more");
    }

    [Fact]
    public async Task That_the_data_of_a_child_was_destroyed_is_seen_by_who_is_told_so()
    {
        await _fixture.Services.GetRequiredService<IKeyVault>().DestroyAsync(new(SubjectId.Child(_child), Regime.Police), DateTimeOffset.UnixEpoch, default);
        (await _member.PostAsync(Notes, new NewNote("too late")).JsonAsync(409)).GetProperty("rule").GetString().ShouldBe("erased");
        (await RecordsAsync())[^1].Looks.ShouldHaveSingleItem().What.ShouldBe(["rule:erased"]);
    }

    private async Task<List<Looked>> RecordsAsync()
    {
        var codec = _fixture.Services.GetRequiredService<EventCodec>();
        return [.. (await _accesses.Log.ReadAllAsync(LogPosition.Start, 10, default)).Select(logged => (Looked)codec.Decode(logged).Event)];
    }
}
