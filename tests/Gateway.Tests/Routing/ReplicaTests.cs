using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Barnahus.Gateway.Tests.Routing;

/// <summary>Several replicas of a service behind the gateway: shared work, one that falls out is not noticed, and nobody sees less than before.</summary>
public sealed class ReplicaTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Replica, string? MinPosition)> _asked = new();
    private readonly List<WebApplication> _replicas = [];
    private readonly List<string> _addresses = [];
    private volatile string _position = "";
    private volatile bool _ready = true;
    private Installation _installation = null!;

    public async Task InitializeAsync()
    {
        foreach (var name in new[] { "a", "b" })
        {
            _replicas.Add(await ReplicaAsync(name, "http://127.0.0.1:0"));
            _addresses.Add(_replicas[^1].Urls.First());
        }

        _installation = await Installation.StartAsync(settings:
        [
            $"--Gateway:Services:many:0={_addresses[0]}", $"--Gateway:Services:many:1={_addresses[1]}", "--Gateway:HealthEvery=00:00:00.2",
        ]);
    }

    public async Task DisposeAsync()
    {
        await _installation.DisposeAsync();
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task All_replicas_share_the_work()
    {
        using var browser = await _installation.SignedInAsync("interviewer");
        for (var i = 0; i < 40; i++)
        {
            await (await browser.GetAsync("/api/many/v1/x")).JsonAsync();
        }

        _asked.Select(one => one.Replica).Distinct().Order().ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task One_that_falls_out_is_not_noticed_and_gets_its_share_again_when_it_is_back()
    {
        using var browser = await _installation.SignedInAsync("interviewer");
        await _replicas[0].DisposeAsync();
        for (var i = 0; i < 30; i++)
        {
            await (await browser.GetAsync("/api/many/v1/x")).JsonAsync();
            await (await browser.PostAsync("/api/many/v1/x", new { text = "not seen by the one that is gone" })).JsonAsync();
        }

        _asked.Select(one => one.Replica).Distinct().ShouldBe(["b"]);
        _replicas[0] = await ReplicaAsync("a", _addresses[0]);
        await UntilAskedAsync(browser, "a");
    }

    [Fact]
    public async Task One_that_is_not_ready_is_left_alone_until_it_is()
    {
        using var browser = await _installation.SignedInAsync("interviewer");
        _ready = false;
        await UntilAsync(async () =>
        {
            _asked.Clear();
            for (var i = 0; i < 20; i++)
            {
                await (await browser.GetAsync("/api/many/v1/x")).JsonAsync();
            }

            return _asked.All(one => one.Replica == "b");
        });
        _ready = true;
        await UntilAskedAsync(browser, "a");
    }

    [Fact]
    public async Task A_session_sees_on_every_replica_what_it_saw_on_one_and_may_ask_for_more_or_less_itself()
    {
        using var browser = await _installation.SignedInAsync("interviewer");
        using var other = await _installation.SignedInAsync("prosecutor");
        (await LastAsync(browser)).ShouldBeNull();
        _position = "42";
        await browser.PostAsync("/api/many/v1/x", new { });
        _position = "7";
        (await LastAsync(browser)).ShouldBe("42");
        (await LastAsync(browser)).ShouldBe("42", "an older answer takes nothing back");
        (await LastAsync(browser, ("Min-Log-Position", "3"))).ShouldBe("3");
        _position = "";
        (await LastAsync(other)).ShouldBeNull("positions are a session's own");
    }

    private async Task<string?> LastAsync(Browser browser, params (string Name, string Value)[] headers)
    {
        await (await browser.GetAsync("/api/many/v1/x", headers)).JsonAsync();
        return _asked.Last().MinPosition;
    }

    private Task UntilAskedAsync(Browser browser, string replica) => UntilAsync(async () =>
    {
        _asked.Clear();
        await (await browser.GetAsync("/api/many/v1/x")).JsonAsync();
        return _asked.Any(one => one.Replica == replica);
    });

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await holds())
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new ShouldAssertException("Waited in vain.");
    }

    private async Task<WebApplication> ReplicaAsync(string name, string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add(address);
        app.MapGet("/health/ready", () => _ready || name != "a" ? Results.Ok() : Results.StatusCode(503));
        app.MapMethods("/many/v1/x", ["GET", "POST"], (HttpContext http) =>
        {
            _asked.Enqueue((name, http.Request.Headers["Min-Log-Position"].FirstOrDefault()));
            if (_position.Length > 0)
            {
                http.Response.Headers["Log-Position"] = _position;
            }

            return new { name };
        });
        await app.StartAsync();
        return app;
    }
}
