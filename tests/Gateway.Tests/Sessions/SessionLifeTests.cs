using System.Net;
using System.Net.Http.Json;
using Barnahus.Gateway.Sessions;
using Microsoft.AspNetCore.Http;

namespace Barnahus.Gateway.Tests.Sessions;

/// <summary>The limits of a session in hand, to the second; at the provider every session of these tests is over.</summary>
public sealed class SessionLifeTests : IDisposable
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(56);
    private readonly SetTime _time = new();
    private readonly GatewayKey _gatewayKey = GatewayKey.Create();
    private readonly NoSessionProvider _answers = new();
    private readonly IdentityProvider _provider;
    private readonly SessionStore _sessions;

    public SessionLifeTests()
    {
        var settings = new GatewaySettings { Identity = new("http://127.0.0.1"), Issuer = "", Services = new Dictionary<string, IReadOnlyList<Uri>>(StringComparer.Ordinal) };
        _provider = new(new HttpClient(_answers) { BaseAddress = settings.Identity }, _gatewayKey, settings, _time);
        _sessions = new(_provider, settings, _time);
    }

    [Fact]
    public async Task A_session_ends_after_twenty_idle_minutes_here_and_at_the_provider()
    {
        var key = InHand();
        _time.Now += TimeSpan.FromMinutes(20);
        (await _sessions.RetrieveAsync(key)).ShouldNotBeNull();
        _answers.Ended.ShouldBe(0);
        _time.Now += TimeSpan.FromMinutes(20) + TimeSpan.FromSeconds(1);
        (await _sessions.RetrieveAsync(key)).ShouldBeNull();
        _answers.Ended.ShouldBe(1);
        _time.Now -= TimeSpan.FromMinutes(5);
        (await _sessions.RetrieveAsync(key)).ShouldBeNull("it is gone, not asleep");
    }

    [Fact]
    public async Task A_stream_that_is_taken_up_again_and_again_keeps_no_session_from_becoming_idle()
    {
        var key = InHand();
        var stream = new DefaultHttpContext();
        stream.Request.Headers.Accept = "text/event-stream";
        for (var minutes = 5; minutes <= 20; minutes += 5)
        {
            _time.Now += TimeSpan.FromMinutes(5);
            (await _sessions.RetrieveAsync(key, stream, default)).ShouldNotBeNull();
        }

        _time.Now += TimeSpan.FromSeconds(1);
        (await _sessions.RetrieveAsync(key, stream, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_session_in_use_ends_after_eight_hours()
    {
        var key = InHand();
        for (var minutes = 10; minutes <= 480; minutes += 10)
        {
            _time.Now += TimeSpan.FromMinutes(10);
            (await _sessions.RetrieveAsync(key)).ShouldNotBeNull();
        }

        _time.Now += TimeSpan.FromSeconds(1);
        (await _sessions.RetrieveAsync(key)).ShouldBeNull();
    }

    [Fact]
    public void Every_session_has_a_secret_of_its_own_that_nobody_can_guess()
    {
        var keys = Enumerable.Range(0, 1000).Select(_ => SessionStore.NewKey()).ToList();
        keys.ShouldAllBe(key => key.Length == 64);
        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(1000);
        keys.Select(Session.IdOf).Distinct().Count().ShouldBe(1000);
    }

    public void Dispose()
    {
        _provider.Dispose();
        _answers.Dispose();
        _gatewayKey.Dispose();
    }

    private string InHand()
    {
        var key = SessionStore.NewKey();
        _sessions.Take(key, new("token", Start.AddMinutes(5), new(Guid.CreateVersion7(), "", [], "", [], null), new(Start, Start, null, null)));
        return key;
    }

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = Start;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class NoSessionProvider : HttpMessageHandler
    {
        public int Ended { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            switch (request.RequestUri!.AbsolutePath)
            {
                case "/connect/token":
                    return Task.FromResult(new HttpResponseMessage { Content = JsonContent.Create(new { access_token = "own", expires_in = 300 }) });
                case "/back-channel/v1/session-endings":
                    Ended++;
                    return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NoContent));
                default:
                    return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden));
            }
        }
    }
}
