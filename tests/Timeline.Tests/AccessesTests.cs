using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;
using static Barnahus.Timeline.Tests.SampleServices;

namespace Barnahus.Timeline.Tests;

/// <summary>Who looked at what of a child.</summary>
public sealed class AccessesTests : IAsyncLifetime
{
    private readonly Guid _child = Guid.CreateVersion7();
    private readonly Guid _other = Guid.CreateVersion7();
    private readonly Guid _referral = Guid.CreateVersion7();
    private TimelineScene _scene = null!;

    public async Task InitializeAsync()
    {
        _scene = await TimelineScene.StartAsync();
        await _scene.WriteAsync($"identity.account-{_scene.Prosecutor:D}", new AccountInvited(_scene.Prosecutor, Personal.Of("mr. A. de Wit")));
        await _scene.OnTeamAsync(_child);
        await _scene.WriteAsync($"intake.referral-{_referral:D}", new Received(_referral, "Limburg", Personal.Of("a girl in room 12")));
        await _scene.WriteAsync($"intake.referral-{_referral:D}", new Accepted(_child, NewFile: true));
    }

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task A_reading_of_the_timeline_is_shown_with_who_why_what_and_when()
    {
        await _scene.EventsAsync(_child);

        var access = (await _scene.AccessesAsync(_child)).GetProperty("items")[0];

        access.GetProperty("who").GetProperty("name").GetString().ShouldBe("mr. A. de Wit");
        access.GetProperty("who").GetProperty("role").GetString().ShouldBe("prosecutor");
        access.GetProperty("purpose").GetProperty("code").GetString().ShouldBe("prosecution");
        access.GetProperty("what").EnumerateArray().Select(what => what.GetString()).ShouldBe(["File", "Timeline"]);
        access.GetProperty("route").GetString().ShouldBe("/timeline/v1/children/{childId:guid}/events");
        access.GetProperty("at").GetDateTimeOffset().ShouldBeGreaterThan(TimelineScene.Start.AddDays(29));
    }

    [Fact]
    public async Task The_auditors_own_looks_are_shown_too_the_latest_first()
    {
        await _scene.EventsAsync(_child);
        (await _scene.AccessesAsync(_child)).GetProperty("total").GetInt32().ShouldBe(1);

        var again = await _scene.AccessesAsync(_child);

        again.GetProperty("total").GetInt32().ShouldBe(2);
        again.GetProperty("items")[0].GetProperty("who").GetProperty("role").GetString().ShouldBe("auditor");
        again.GetProperty("items")[0].GetProperty("what")[0].GetString().ShouldBe("Accesses");
        (await _scene.AccessesAsync(_child, "?page=2&pageSize=2")).GetProperty("items")[0].GetProperty("who").GetProperty("role").GetString().ShouldBe("prosecutor");
    }

    [Fact]
    public async Task What_one_request_saw_of_another_child_is_not_told()
    {
        await _scene.LookAsync(new Look(SubjectId.Child(_other), ["Identity"]), new Look(SubjectId.Child(_child), ["Measures"]));

        var access = (await _scene.AccessesAsync(_child)).GetProperty("items")[0];

        access.GetProperty("what").EnumerateArray().Select(what => what.GetString()).ShouldBe(["Measures"]);
        access.GetRawText().ShouldNotContain(_other.ToString());
    }

    [Fact]
    public async Task Looks_are_found_by_time_organisation_and_role()
    {
        const string Police = "00000000000099900001";
        const string Prosecution = "00000000000099900006";
        await LookAsync(0, Roles.Prosecutor, Prosecution);
        await LookAsync(1, Roles.Interviewer, Police);
        await LookAsync(2, Roles.Interviewer, Police);

        (await TotalAsync($"?organisation={Police}")).ShouldBe(2);
        (await TotalAsync("?role=prosecutor")).ShouldBe(1);
        (await TotalAsync($"?from={Hour(1)}")).ShouldBe(2);
        (await TotalAsync($"?from={Hour(1)}&to={Hour(2)}&role=interviewer&organisation={Police}")).ShouldBe(1);
        (await TotalAsync($"?role=interviewer&organisation={Prosecution}")).ShouldBe(0);
        await _scene.AccessesAsync(_child, "?from=yesterday", status: 400);
        var second = await _scene.AccessesAsync(_child, $"?organisation={Police}&page=2&pageSize=1");
        second.GetProperty("items").GetArrayLength().ShouldBe(1);
        second.GetProperty("items")[0].GetProperty("at").GetDateTimeOffset().ShouldBe(TimelineScene.Start.AddHours(1));

        Task LookAsync(int hour, string role, string organisation) =>
            _scene.LookAsync(TimelineScene.Start.AddHours(hour), role, organisation, new Look(SubjectId.Child(_child), ["File"]));
        // The auditor's own looks are of weeks later: an end leaves them out.
        static string Hour(int hour) => Uri.EscapeDataString(TimelineScene.Start.AddHours(hour).ToString("O"));
        async Task<int> TotalAsync(string query) => (await _scene.AccessesAsync(_child, query + (query.Contains("to=", StringComparison.Ordinal) ? "" : $"&to={Hour(24)}"))).GetProperty("total").GetInt32();
    }

    [Fact]
    public async Task Each_look_says_from_which_session_or_that_its_token_named_none()
    {
        var session = Guid.CreateVersion7();
        await LookAsync(session);
        await LookAsync(null);

        var items = (await _scene.AccessesAsync(_child)).GetProperty("items");

        items[1].GetProperty("sessionId").GetGuid().ShouldBe(session);
        items[0].Lacks("sessionId").ShouldBeTrue();
        items[0].GetProperty("who").GetProperty("client").GetString().ShouldBe("gateway");

        Task LookAsync(Guid? from) =>
            _scene.LookAsync(TimelineScene.Start, Roles.Prosecutor, "00000000000099900006", from, new Look(SubjectId.Child(_child), ["File"]));
    }

    [Fact]
    public async Task A_look_at_the_referral_of_a_child_is_a_look_at_the_child()
    {
        await _scene.LookAsync(new Look(SubjectId.Referral(_referral), ["referral"]));

        (await _scene.AccessesAsync(_child)).GetProperty("items")[0].GetProperty("what")[0].GetString().ShouldBe("referral");
    }

    [Fact]
    public async Task Only_an_auditor_reads_accesses_and_sees_a_pseudonym()
    {
        (await _scene.AccessesAsync(_child)).GetRawText().ShouldNotContain(_child.ToString());
        await _scene.AccessesAsync(_child, role: Roles.Prosecutor, status: 403);
        await _scene.AccessesAsync(Guid.CreateVersion7(), status: 404);
    }

    [Fact]
    public async Task An_auditor_sees_every_search_for_a_child_by_account_and_no_file_it_found()
    {
        var account = SubjectId.Account(_scene.Prosecutor);
        await _scene.LookAsync(new Look(account, [AccessLog.ChildSearch, "own-files", "by:given-name"]));
        await _scene.LookAsync(new Look(account, [AccessLog.ChildSearch, "for-referral", "by:bsn", "by:birth-date"]), new Look(SubjectId.Child(_child), ["match"]));

        var searches = await _scene.SearchesAsync($"?accountId={_scene.Prosecutor}");

        searches.GetProperty("total").GetInt32().ShouldBe(2);
        var latest = searches.GetProperty("items")[0];
        latest.GetProperty("forReferral").GetBoolean().ShouldBeTrue();
        latest.GetProperty("by").EnumerateArray().Select(kind => kind.GetString()).ShouldBe(["bsn", "birth-date"]);
        latest.GetProperty("found").GetInt32().ShouldBe(1);
        latest.GetProperty("who").GetProperty("name").GetString().ShouldBe("mr. A. de Wit");
        searches.GetProperty("items")[1].GetProperty("found").GetInt32().ShouldBe(0);
        searches.GetRawText().ShouldNotContain(_child.ToString());
        (await _scene.SearchesAsync()).GetProperty("total").GetInt32().ShouldBe(2, "the auditor's own looks are no searches");
        (await _scene.SearchesAsync($"?accountId={Guid.CreateVersion7()}")).GetProperty("total").GetInt32().ShouldBe(0);
        await _scene.SearchesAsync(role: Roles.Prosecutor, status: 403);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_stops_the_index_visibly_and_nothing_else()
    {
        (await _scene.HealthAsync()).GetProperty("status").GetString().ShouldBe("ready");
        var accesses = _scene.Services.GetRequiredService<AccessLog>().Log;
        var poison = new EventToAppend(
            Guid.CreateVersion7(), "accesses.looked.v9", "{}"u8.ToArray(), "{\"subject\":\"none:00000000-0000-0000-0000-000000000000\"}"u8.ToArray());
        await accesses.AppendAsync("accesses.process-of-tomorrow", StreamRevision.None, [poison], default);

        await _scene.AccessesAsync(_child, status: 503);

        var health = await _scene.HealthAsync();
        health.GetProperty("status").GetString().ShouldBe("degraded");
        var stopped = health.GetProperty("followersStopped").EnumerateArray().Single();
        stopped.GetProperty("follower").GetString().ShouldBe("timeline.accesses");
        stopped.GetProperty("why").GetString()!.ShouldContain(poison.Id.ToString());
        await _scene.EventsAsync(_child);
    }
}
