using System.Net;
using System.Text;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>A service over HTTP with everything real beneath it.</summary>
public sealed class HostingTests : IAsyncLifetime
{
    private static readonly ServiceModule Defective = new(
        "defective", _ => { }, _ => { }, routes => routes.MapGet("/defective", IResult () => throw new InvalidTimeZoneException("Nobody foresaw it.")).AllowAnonymous());

    private readonly Guid _child = Guid.CreateVersion7();
    private readonly Guid _account = Guid.CreateVersion7();
    private ServiceFixture _fixture = null!;
    private HttpClient _member = null!;

    private string Notes => $"/toy/v1/children/{_child:D}/notes";

    public async Task InitializeAsync()
    {
        _fixture = await ServiceFixture.StartAsync([ToyModule.Module, Defective]);
        await OnTeamAsync(_fixture, _child, _account);
        _member = _fixture.As(_account, Roles.Interviewer);
    }

    public Task DisposeAsync() => _fixture.DisposeAsync().AsTask();

    [Fact]
    public async Task A_read_that_names_the_position_of_a_write_shows_it()
    {
        using var written = await _member.PostAsync(Notes, new NewNote("first"));
        written.StatusCode.ShouldBe(HttpStatusCode.OK);
        written.Headers.ETag!.Tag.ShouldBe("\"0\"");
        using var read = new HttpRequestMessage(HttpMethod.Get, Notes);
        read.Headers.Add("Min-Log-Position", written.Headers.GetValues("Log-Position"));
        var body = await _member.SendAsync(read).JsonAsync(200);
        body.GetProperty("text").GetString().ShouldBe("first");
    }

    [Fact]
    public async Task A_position_that_never_comes_is_503_and_not_a_stale_answer()
    {
        using var read = new HttpRequestMessage(HttpMethod.Get, Notes);
        read.Headers.Add("Min-Log-Position", "999999");
        (await _member.SendAsync(read).JsonAsync(503)).GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:not-ready");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    [InlineData("text/html")]
    public async Task What_is_wrong_is_told_whatever_the_sender_says_that_it_takes(string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Notes) { Content = Json("{") };
        request.Headers.Accept.ParseAdd(accept);
        (await _member.SendAsync(request).JsonAsync(400)).GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:invalid");
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("text/event-stream")]
    public async Task So_is_a_defect_of_ours_without_a_word_of_its_cause(string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/defective");
        request.Headers.Accept.ParseAdd(accept);
        var told = await _member.SendAsync(request).JsonAsync(500);
        told.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:defect");
        told.ToString().ShouldNotContain("foresaw");
    }

    [Fact]
    public async Task The_same_key_twice_has_one_effect_and_one_answer()
    {
        async Task<string> SendAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Notes) { Content = Json("""{"text":"once"}""") };
            request.Headers.Add("Idempotency-Key", "k1");
            using var response = await _member.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            return response.Headers.ETag!.Tag;
        }

        var first = await SendAsync();
        (await SendAsync()).ShouldBe(first);
        var notes = await _fixture.Services.GetRequiredService<IEventLog>().ReadStreamAsync(Toy.Stream(_child), 0, 100, ReadDirection.Forwards, default);
        notes.Count(e => e.Type == "toy.note-written.v1").ShouldBe(1);
    }

    [Fact]
    public async Task What_changed_since_it_was_seen_is_412()
    {
        await _member.PostAsync(Notes, new NewNote("one")).JsonAsync(200);
        using var request = new HttpRequestMessage(HttpMethod.Post, Notes) { Content = Json("""{"text":"two"}""") };
        request.Headers.Add("If-Match", "\"-1\"");
        (await _member.SendAsync(request).JsonAsync(400)).GetProperty("errors").TryGetProperty("If-Match", out _).ShouldBeTrue();
        using var stale = new HttpRequestMessage(HttpMethod.Post, Notes) { Content = Json("""{"text":"two"}""") };
        stale.Headers.Add("If-Match", "\"77\"");
        await _member.SendAsync(stale).JsonAsync(412);
    }

    [Fact]
    public async Task A_refusal_names_its_rule()
    {
        for (var i = 0; i < 3; i++)
        {
            await _member.PostAsync(Notes, new NewNote("n")).JsonAsync(200);
        }

        (await _member.PostAsync(Notes, new NewNote("n")).JsonAsync(409)).GetProperty("rule").GetString().ShouldBe("three-notes");
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("""{"text":5}""", 400)]
    [InlineData("""{"text":null}""", 400)]
    [InlineData("""{"text":"a","more":1}""", 400)]
    [InlineData("{}", 400)]
    public async Task Bad_input_is_a_problem_that_does_not_repeat_it(string body, int status)
    {
        var problem = await _member.PostAsync(Notes, Json(body)).JsonAsync(status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.TryGetProperty("exception", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_oversized_body_is_413()
    {
        var problem = await _member.PostAsync(Notes, Json($$"""{"text":"{{new string('x', 300_000)}}"}""")).JsonAsync(413);
        problem.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:too-large");
    }

    /// <summary>What the framework answers by itself says what, where and what now, as our own problems do.</summary>
    [Theory]
    [InlineData("GET", "/toy/v1/nowhere", null, 404, "unknown")]
    [InlineData("DELETE", null, null, 405, "method")]
    [InlineData("POST", null, "text/plain", 415, "media-type")]
    [InlineData("GET", "/nowhere", null, 404, "unknown")]
    public async Task The_frameworks_own_refusals_are_our_problems(string method, string? path, string? mediaType, int status, string type)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path ?? Notes);
        request.Content = mediaType is null ? null : new StringContent("x", Encoding.UTF8, mediaType);
        using var response = await _member.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        problem.GetProperty("type").GetString().ShouldBe($"urn:barnahus:problem:{type}");
        problem.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Nobody_is_let_in_by_default()
    {
        await _fixture.Client().GetAsync(Notes).JsonAsync(401);
        await _member.GetAsync("/toy/v1/closed").JsonAsync(403);
        await _fixture.As(_account, Roles.Planner).GetAsync(Notes).JsonAsync(403);
        using var withoutPurpose = _fixture.As(_account, Roles.Interviewer);
        withoutPurpose.DefaultRequestHeaders.Remove(Caller.PurposeHeader);
        (await withoutPurpose.GetAsync(Notes).JsonAsync(403)).GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:purpose");
        using var otherRole = _fixture.As(_account, Roles.Interviewer);
        otherRole.DefaultRequestHeaders.Remove(Caller.RoleHeader);
        otherRole.DefaultRequestHeaders.Add(Caller.RoleHeader, Roles.Prosecutor);
        (await otherRole.GetAsync(Notes).JsonAsync(403)).GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:role");
    }

    [Fact]
    public async Task Another_child_and_no_child_are_answered_alike()
    {
        await _member.PostAsync(Notes, new NewNote("mine")).JsonAsync(200);
        await _fixture.CaughtUpAsync();
        var stranger = _fixture.As(Guid.CreateVersion7(), Roles.Interviewer);
        var refused = await stranger.GetAsync(Notes).JsonAsync(404);
        var absent = await stranger.GetAsync($"/toy/v1/children/{Guid.CreateVersion7():D}/notes").JsonAsync(404);
        static string Shape(System.Text.Json.JsonElement problem) => string.Join('|', problem.EnumerateObject().Where(p => p.Name != "traceId").Select(p => p.ToString()));
        Shape(refused).ShouldBe(Shape(absent));
    }

    [Fact]
    public async Task A_look_is_in_the_access_log_before_the_answer()
    {
        await _member.PostAsync(Notes, new NewNote("seen")).JsonAsync(200);
        await _fixture.CaughtUpAsync();
        var accesses = _fixture.Services.GetRequiredService<AccessLog>().Log;
        var before = await accesses.HeadAsync(default);
        var session = Guid.CreateVersion7();
        _member.DefaultRequestHeaders.Add("Test-Session", session.ToString());
        _member.DefaultRequestHeaders.Add("Barnahus-Session", Guid.CreateVersion7().ToString());
        await _member.GetAsync(Notes).JsonAsync(200);
        var records = await accesses.ReadAllAsync(before, 10, default);
        var looked = _fixture.Services.GetRequiredService<EventCodec>().Decode(records.ShouldHaveSingleItem());
        looked.Envelope.Actor.AccountId.ShouldBe(_account);
        looked.Envelope.Purpose.ShouldBe("interview");
        ((Looked)looked.Event).SessionId.ShouldBe(session, "from where is what the token says");
        var look = ((Looked)looked.Event).Looks.ShouldHaveSingleItem();
        look.About.ShouldBe(SubjectId.Child(_child));
        look.What.ShouldBe(["File:UntilInterview"]);
    }

    /// <summary>A body that is put together while it is written looks after the record of its looks was made.</summary>
    [Fact]
    public async Task Nothing_is_seen_after_the_looks_were_recorded()
    {
        var answer = () => _member.GetStringAsync($"/toy/v1/late/{_child:D}");
        await answer.ShouldThrowAsync<HttpRequestException>();
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    internal static async Task OnTeamAsync(ServiceFixture fixture, Guid child, Guid account)
    {
        var id = Guid.CreateVersion7();
        var context = new CommandContext(id, Actor.System("test"), null, TimeProvider.System.GetUtcNow(), id);
        var codec = fixture.Services.GetRequiredService<EventCodec>();
        var events = await codec.EncodeAsync(AccessStream.Of(child), [new MemberAdded(child, account, Roles.Interviewer)], context, default);
        await fixture.Services.GetRequiredService<IEventLog>().AppendAsync(AccessStream.Of(child), StreamRevision.None, events, default);
        await fixture.CaughtUpAsync();
    }
}
