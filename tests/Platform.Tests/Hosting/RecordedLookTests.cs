using System.Net;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
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
        _steered.Hold();
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
        _steered.Fails = () => new IOException("The disk is full.");
        using var answer = await _member.GetAsync(Notes);
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, body);
        body.ShouldContain("urn:barnahus:problem:not-recorded");
        body.ShouldNotContain("what the child said");
        _steered.Fails = null;
        await _member.GetAsync(Notes).JsonAsync(200);
    }

    [Fact]
    public async Task A_change_whose_answer_cannot_be_recorded_is_made_and_says_so()
    {
        _steered.Fails = () => new WrongRevisionException("accesses.process", 0, 1);
        var problem = await _member.PostAsync(Seen, new NewNote("second")).JsonAsync(503);
        problem.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:not-recorded");
        problem.GetProperty("detail").GetString()!.ShouldNotContain("Nothing was changed");
        var notes = await _fixture.Stores.Log.ReadStreamAsync(Toy.Stream(_child), 0, 100, ReadDirection.Forwards, default);
        notes.Count(e => e.Type == "toy.note-written.v1").ShouldBe(2);
    }

    [Fact]
    public async Task A_record_whose_answer_was_lost_costs_the_next_look_nothing()
    {
        _steered.Fails = () => null;
        await _member.GetAsync(Notes).JsonAsync(503);
        _steered.Fails = null;
        await _member.GetAsync(Notes).JsonAsync(200);
        var records = await _accesses.Log.ReadAllAsync(LogPosition.Start, 10, default);
        records.Count.ShouldBe(2, "the lost one was applied, and the next follows it");
    }

    /// <summary>A log whose appends wait, fail, or are applied and then fail (a failure of null).</summary>
    private sealed class SteeredLog(IEventLog real) : IEventLog
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource _gate = Open();

        public Func<Exception?>? Fails { get; set; }

        /// <summary>Completes when an append arrived.</summary>
        public Task Asked => _asked.Task;

        public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Free() => _gate.TrySetResult();

        public async Task<Appended> AppendAsync(string stream, long expectedRevision, IReadOnlyList<EventToAppend> events, CancellationToken cancellationToken)
        {
            _asked.TrySetResult();
            await _gate.Task;
            if (Fails is { } fails)
            {
                if (fails() is { } failure)
                {
                    throw failure;
                }

                await real.AppendAsync(stream, expectedRevision, events, cancellationToken);
                throw new IOException("The answer was lost.");
            }

            return await real.AppendAsync(stream, expectedRevision, events, cancellationToken);
        }

        public Task<IReadOnlyList<LoggedEvent>> ReadStreamAsync(
            string stream, long fromRevision, int maxCount, ReadDirection direction, CancellationToken cancellationToken) =>
            real.ReadStreamAsync(stream, fromRevision, maxCount, direction, cancellationToken);

        public Task<IReadOnlyList<LoggedEvent>> ReadAllAsync(LogPosition after, int maxCount, CancellationToken cancellationToken) =>
            real.ReadAllAsync(after, maxCount, cancellationToken);

        public IAsyncEnumerable<IReadOnlyList<LoggedEvent>> FollowAsync(LogPosition after, CancellationToken cancellationToken) =>
            real.FollowAsync(after, cancellationToken);

        public Task<LogPosition> HeadAsync(CancellationToken cancellationToken) => real.HeadAsync(cancellationToken);

        private static TaskCompletionSource Open()
        {
            var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            open.SetResult();
            return open;
        }
    }
}
