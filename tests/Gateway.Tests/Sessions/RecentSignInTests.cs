using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Gateway.Tests.Sessions;

/// <summary>What weighs heavily takes a proof of the last five minutes; the service judges, on its own clock.</summary>
public sealed class RecentSignInTests : IAsyncLifetime
{
    private readonly MovedTime _time = new();
    private Installation _installation = null!;

    public async Task InitializeAsync() => _installation = await Installation.StartAsync(
        service: builder => builder.Services.AddSingleton<TimeProvider>(_time));

    public async Task DisposeAsync() => await _installation.DisposeAsync();

    [Fact]
    public async Task An_old_proof_is_refused_with_where_to_give_a_new_one()
    {
        using var browser = await _installation.SignedInAsync("safety-coordinator");
        await (await browser.PostAsync("/api/echo/v1/weighty", new { })).JsonAsync();

        // The token lives on the clock of its library; only the age of the proof is judged on this one.
        _time.By = TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(1);
        var refused = await (await browser.PostAsync("/api/echo/v1/weighty", new { })).JsonAsync(403);
        refused.GetProperty("type").GetString().ShouldBe("urn:barnahus:problem:recent-sign-in");
        refused.GetProperty("within").GetInt32().ShouldBe(300);
        await (await browser.GetAsync("/api/echo/v1/caller")).JsonAsync();

        var confirmAt = refused.GetProperty("confirmAt").GetString()!;
        await (await browser.PostAsync(confirmAt, new { password = "a guess that is wrong" })).JsonAsync(403);
        await (await browser.PostAsync(confirmAt, new { code = "000000" })).JsonAsync(403);
        await (await browser.PostAsync(confirmAt, new { })).JsonAsync(403);
        _time.By = TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(20);
        var before = (await (await browser.GetAsync("/api/account/me")).JsonAsync()).GetProperty("authenticatedAt").GetDateTimeOffset();
        await Task.Delay(1100);
        var confirmed = await (await browser.PostAsync(confirmAt, new { password = Installation.Password })).JsonAsync();
        confirmed.GetProperty("authenticatedAt").GetDateTimeOffset().ShouldBeGreaterThan(before);
        _time.By = TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(5);
        await (await browser.PostAsync("/api/echo/v1/weighty", new { })).JsonAsync();
    }

    [Fact]
    public async Task Whoever_guesses_at_the_door_does_not_keep_the_holder_of_an_open_session_from_proving_who_they_are()
    {
        using var browser = await _installation.SignedInAsync("psychologist");
        using var stranger = _installation.Browser();
        for (var attempt = 1; attempt <= 7; attempt++)
        {
            await (await stranger.PostAsync("/account/sign-in", new { loginName = "psychologist", password = "a guess that is wrong" })).JsonAsync(401);
        }

        await (await stranger.PostAsync("/account/sign-in", new { loginName = "psychologist", password = Installation.Password })).JsonAsync(401);
        await (await browser.PostAsync("/api/account/confirmation", new { password = Installation.Password })).JsonAsync();
    }

    [Fact]
    public async Task Five_wrong_proofs_end_the_session_and_lock_nobody_out()
    {
        using var stolen = await _installation.SignedInAsync("planner");
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            await (await stolen.PostAsync("/api/account/confirmation", new { password = "a guess that is wrong" })).JsonAsync(403);
        }

        // A right one starts the count anew.
        await (await stolen.PostAsync("/api/account/confirmation", new { password = Installation.Password })).JsonAsync();
        var guesses = Enumerable.Range(0, 10).Select(async _ => (int)(await stolen.PostAsync("/api/account/confirmation", new { password = "a guess that is wrong" })).StatusCode);
        (await Task.WhenAll(guesses)).ShouldAllBe(status => status == 403 || status == 401);
        await stolen.SignedOutWithinMomentsAsync();
        using var holder = await _installation.SignedInAsync("planner");
        await (await holder.PostAsync("/api/account/confirmation", new { password = Installation.Password })).JsonAsync();
    }

    [Fact]
    public async Task The_page_does_the_same_and_without_a_session_there_is_nothing_to_prove()
    {
        using var browser = await _installation.SignedInAsync("guardian");
        var wrong = await browser.SubmitAsync("/account/confirmation", "/account/confirmation", ("password", "a guess that is wrong"));
        ((int)wrong.StatusCode).ShouldBe(401);
        var right = await browser.SubmitAsync("/account/confirmation", "/account/confirmation", ("password", Installation.Password));
        right.Headers.Location!.OriginalString.ShouldBe("/");
        using var nobody = _installation.Browser();
        await (await nobody.PostAsync("/api/account/confirmation", new { password = Installation.Password })).JsonAsync(401);
        (await nobody.GetAsync("/account/confirmation")).Headers.Location!.OriginalString.ShouldBe("/account/sign-in");
    }

    [Fact]
    public void A_token_without_the_time_of_signing_in_is_not_recent()
    {
        Platform.Hosting.RecentSignIn.Has(null, DateTimeOffset.UnixEpoch).ShouldBeFalse();
        Platform.Hosting.RecentSignIn.Has("-1", DateTimeOffset.UnixEpoch).ShouldBeFalse();
        Platform.Hosting.RecentSignIn.Has("0", DateTimeOffset.UnixEpoch.AddMinutes(5)).ShouldBeTrue();
        Platform.Hosting.RecentSignIn.Has("0", DateTimeOffset.UnixEpoch.AddSeconds(301)).ShouldBeFalse();
    }
}
