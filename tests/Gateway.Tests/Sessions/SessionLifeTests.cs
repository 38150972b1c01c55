using System.Security.Claims;
using Barnahus.Gateway.Sessions;
using Microsoft.AspNetCore.Authentication;

namespace Barnahus.Gateway.Tests.Sessions;

public sealed class SessionLifeTests
{
    private readonly SetTime _time = new();
    private readonly SessionStore _sessions;

    public SessionLifeTests() => _sessions = new(
        new GatewaySettings { Identity = new("http://127.0.0.1"), Issuer = "", Services = new Dictionary<string, Uri>(StringComparer.Ordinal) }, _time);

    [Fact]
    public async Task A_session_ends_after_twenty_idle_minutes()
    {
        var key = await StartAsync();
        _time.Now += TimeSpan.FromMinutes(20);
        (await _sessions.RetrieveAsync(key)).ShouldNotBeNull();
        _time.Now += TimeSpan.FromMinutes(20) + TimeSpan.FromSeconds(1);
        (await _sessions.RetrieveAsync(key)).ShouldBeNull();
        _time.Now -= TimeSpan.FromMinutes(5);
        (await _sessions.RetrieveAsync(key)).ShouldBeNull("it is gone, not asleep");
    }

    [Fact]
    public async Task A_session_in_use_ends_after_eight_hours()
    {
        var key = await StartAsync();
        for (var minutes = 10; minutes <= 480; minutes += 10)
        {
            _time.Now += TimeSpan.FromMinutes(10);
            (await _sessions.RetrieveAsync(key)).ShouldNotBeNull();
        }

        _time.Now += TimeSpan.FromSeconds(1);
        (await _sessions.RetrieveAsync(key)).ShouldBeNull();
    }

    [Fact]
    public async Task Every_session_has_a_name_of_its_own_that_nobody_can_guess()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 1000; i++)
        {
            var key = await StartAsync();
            key.Length.ShouldBe(64);
            keys.Add(key).ShouldBeTrue();
        }
    }

    private Task<string> StartAsync()
    {
        var identity = new ClaimsIdentity(
            [new("sub", Guid.CreateVersion7().ToString("D")), new(SessionStore.SignedInClaim, _time.Now.ToString("O"))], "cookie");
        return _sessions.StoreAsync(new AuthenticationTicket(new ClaimsPrincipal(identity), "cookie"));
    }

    private sealed class SetTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddYears(56);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
