using System.Text;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.Hosting;

/// <summary>An Idempotency-Key is for one body: another under the same key is a mistake of the sender, who is told.</summary>
public sealed class KeyReuseTests : IAsyncLifetime, IAsyncDisposable
{
    private readonly Guid _child = Guid.CreateVersion7();
    private readonly Guid _account = Guid.CreateVersion7();
    private ServiceFixture _fixture = null!;
    private HttpClient _member = null!;

    public async Task InitializeAsync()
    {
        _fixture = await ServiceFixture.StartAsync([ToyModule.Module]);
        await HostingTests.OnTeamAsync(_fixture, _child, _account);
        _member = _fixture.As(_account, Roles.Interviewer);
    }

    Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Another_body_under_the_same_key_is_refused_and_changes_nothing()
    {
        await SendAsync("k", """{"text":"Anna"}""", 200);
        var problem = await SendAsync("k", """{"text":"Bram"}""", 409);
        problem.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:key-reused");
        await SendAsync("k", """{"text":"Anna"}""", 200);
        await SendAsync("k2", """{"text":"Bram"}""", 200);
        (await NotesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_kept_of_a_body_is_sixteen_bits_under_a_key_that_the_log_does_not_hold()
    {
        await SendAsync("k", """{"text":"Anna"}""", 200);
        var envelope = Envelope.Of((await NotesAsync())[0]);
        envelope.BodyMark.ShouldBe(BodyMark.Of("k", """{"text":"Anna"}"""u8).Value);
        envelope.BodyMark!.Length.ShouldBe(4);
        BodyMark.Of("another", """{"text":"Anna"}"""u8).Value.ShouldNotBe(envelope.BodyMark);
    }

    [Fact]
    public async Task A_body_with_a_key_that_is_too_large_is_413()
    {
        var problem = await SendAsync("k", $$"""{"text":"{{new string('x', 300_000)}}"}""", 413);
        problem.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:too-large");
    }

    /// <summary>A body within the limit of a request whose sealed form (base64) is beyond that of an event.</summary>
    [Fact]
    public async Task What_is_too_large_once_it_is_sealed_is_400()
    {
        var problem = await SendAsync("k", $$"""{"text":"{{new string('x', 200_000)}}"}""", 400);
        problem.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:too-large");
        (await NotesAsync()).ShouldBeEmpty();
        await SendAsync("k3", $$"""{"text":"{{new string('x', 150_000)}}"}""", 200);
    }

    private async Task<System.Text.Json.JsonElement> SendAsync(string key, string body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/toy/v1/children/{_child:D}/notes") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", key);
        return await _member.SendAsync(request).JsonAsync(status);
    }

    private async Task<List<LoggedEvent>> NotesAsync() =>
        [.. (await _fixture.Stores.Log.ReadStreamAsync(Toy.Stream(_child), 0, 100, ReadDirection.Forwards, default)).Where(e => e.Type == "toy.note-written.v1")];
}
