using System.Text.Json;
using Barnahus.Platform.Access;
using Barnahus.Platform.Privacy;
using static Barnahus.Timeline.Tests.SampleServices;
using static Barnahus.Timeline.Tests.TimelineScene;

namespace Barnahus.Timeline.Tests;

/// <summary>The timeline of a child as a prosecutor and an auditor read it.</summary>
public sealed class EventsTests : IAsyncLifetime
{
    private readonly Guid _child = Guid.CreateVersion7();
    private readonly Guid _other = Guid.CreateVersion7();
    private readonly Guid _referral = Guid.CreateVersion7();
    private TimelineScene _scene = null!;

    private string Referral => $"intake.referral-{_referral:D}";

    private string ChildStream => $"interviews.child-{_child:D}";

    public async Task InitializeAsync()
    {
        _scene = await StartAsync();
        await _scene.WriteAsync($"identity.account-{_scene.Prosecutor:D}", new AccountInvited(_scene.Prosecutor, Personal.Of("mr. A. de Wit")));
        await _scene.WriteAsync(Referral, new Received(_referral, "Midden-Nederland", Personal.Of("a girl in room 12")));
        await _scene.OnTeamAsync(_child);
        await _scene.WriteAsync(Referral, new Accepted(_child, NewFile: true), "00000000000099900001");
        await _scene.WriteAsync(ChildStream, new Booked(_child, new DateTimeOffset(2026, 9, 14, 11, 30, 0, TimeSpan.Zero)));
        await _scene.WriteAsync($"safety.child-{_child:D}", new Stays(_child, Personal.Of("shelter in Zwolle")));
    }

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public async Task Every_event_of_every_service_stands_in_order_with_who_when_and_why()
    {
        var timeline = await _scene.EventsAsync(_child);

        TypesOf(timeline).ShouldBe(
            ["intake.referral-received.v1", "access.member-added.v1", "intake.referral-accepted.v1", "interviews.interview-booked.v1", "safety.whereabouts-recorded.v1"]);
        timeline.GetProperty("total").GetInt32().ShouldBe(5);
        var first = timeline.GetProperty("items")[0];
        Sentence(first).ShouldBe(("Melding ontvangen uit Midden-Nederland: a girl in room 12.", "Referral received from Midden-Nederland: a girl in room 12."));
        first.GetProperty("occurredAt").GetDateTimeOffset().ShouldBe(Start.AddHours(2));
        first.GetProperty("service").GetString().ShouldBe("intake");
        var who = first.GetProperty("who");
        (who.GetProperty("name").GetString(), who.GetProperty("role").GetString(), who.GetProperty("organisation").GetString())
            .ShouldBe(("mr. A. de Wit", "prosecutor", "00000000000099900006"));
        first.GetProperty("purpose").GetProperty("nl").GetString().ShouldBe("Opsporing en vervolging");
        Sentence(timeline.GetProperty("items")[2]).Nl.ShouldBe("De melding werd een nieuw dossier.");
        Sentence(timeline.GetProperty("items")[3]).ShouldBe(("Verhoor geboekt op 14 september 2026 13:30.", "Interview booked for 14 September 2026 13:30."));
    }

    [Theory]
    [InlineData("?kind=intake", 2)]
    [InlineData("?kind=intake.referral-accepted", 1)]
    [InlineData("?kind=intake.referral-accepted.v1", 1)]
    [InlineData("?kind=nothing", 0)]
    [InlineData("?organisation=00000000000099900001", 1)]
    [InlineData("?from=2026-09-01T13:00:00Z", 2)]
    [InlineData("?to=2026-09-01T11:00:00Z", 1)]
    [InlineData("?from=2026-09-01T11:00:00Z&kind=intake&organisation=00000000000099900006", 0)]
    public async Task It_is_filtered_by_organisation_kind_and_time(string query, int expected) =>
        (await _scene.EventsAsync(_child, query)).GetProperty("total").GetInt32().ShouldBe(expected);

    [Fact]
    public async Task It_comes_in_pages()
    {
        TypesOf(await _scene.EventsAsync(_child, "?page=2&pageSize=2")).ShouldBe(["intake.referral-accepted.v1", "interviews.interview-booked.v1"]);
        (await _scene.EventsAsync(_child, "?pageSize=101", status: 400)).GetProperty("errors").TryGetProperty("pageSize", out _).ShouldBeTrue();
        await _scene.EventsAsync(_child, "?from=yesterday", status: 400);
    }

    [Fact]
    public async Task What_is_not_this_readers_to_see_is_withheld_in_the_sentence() =>
        Sentence((await _scene.EventsAsync(_child)).GetProperty("items")[4])
            .ShouldBe(("Verblijfplaats vastgelegd: [afgeschermd].", "Whereabouts recorded: [withheld]."));

    [Fact]
    public async Task An_auditor_sees_a_pseudonym_and_nothing_personal()
    {
        var timeline = await _scene.EventsAsync(_child, account: _scene.Auditor, role: Roles.Auditor);

        timeline.GetProperty("child").GetString()!.ShouldStartWith("kind-");
        timeline.GetRawText().ShouldNotContain(_child.ToString());
        timeline.GetRawText().ShouldNotContain("room 12");
        Sentence(timeline.GetProperty("items")[0]).Nl.ShouldBe("Melding ontvangen uit Midden-Nederland: [afgeschermd].");
        (await _scene.EventsAsync(_child, account: _scene.Auditor, role: Roles.Auditor)).GetProperty("child").GetString()
            .ShouldBe(timeline.GetProperty("child").GetString());
    }

    [Fact]
    public async Task A_destroyed_key_gives_the_mark_and_the_rest_stays()
    {
        await _scene.Vault.DestroyAsync(new KeyName(SubjectId.Referral(_referral), Regime.Police), Start, CancellationToken.None);

        var timeline = await _scene.EventsAsync(_child);

        Sentence(timeline.GetProperty("items")[0]).ShouldBe(
            ("Melding ontvangen uit Midden-Nederland: [vernietigd].", "Referral received from Midden-Nederland: [destroyed]."));
        timeline.GetProperty("total").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task A_line_points_to_the_line_of_the_event_that_led_to_it()
    {
        var accepted = (await _scene.EventsAsync(_child)).GetProperty("items")[2];
        accepted.TryGetProperty("causeEventId", out _).ShouldBeFalse("somebody did it");

        await _scene.WriteAsync($"safety.child-{_child:D}", new Stays(_child, Personal.Of("home")), because: accepted.GetProperty("eventId").GetGuid());

        var led = (await _scene.EventsAsync(_child)).GetProperty("items")[5];
        led.GetProperty("causeEventId").GetGuid().ShouldBe(accepted.GetProperty("eventId").GetGuid());
    }

    [Fact]
    public async Task Another_childs_booking_on_the_same_day_is_not_shown()
    {
        const string day = "interviews.agenda-2026-09-14";
        await _scene.WriteAsync(day, new Booked(_child, Start));
        await _scene.WriteAsync(day, new SuspectExpected("utrecht"));
        await _scene.WriteAsync(day, new Booked(_other, Start));
        await _scene.WriteAsync(day, new SuspectExpected("utrecht"));
        await _scene.WriteAsync(day, new Booked(_child, Start));

        TypesOf(await _scene.EventsAsync(_child)).Skip(5).ShouldBe(["interviews.interview-booked.v1", "interviews.interview-booked.v1"]);
    }

    [Fact]
    public async Task A_referral_that_was_joined_to_the_wrong_child_goes_with_the_right_one()
    {
        await _scene.OnTeamAsync(_other);
        await _scene.WriteAsync(Referral, new JoinCorrected(_referral, _child));
        TypesOf(await _scene.EventsAsync(_child)).ShouldNotContain("intake.referral-received.v1");

        await _scene.WriteAsync(Referral, new Accepted(_other, NewFile: true));

        TypesOf(await _scene.EventsAsync(_child)).ShouldNotContain("intake.referral-received.v1");
        TypesOf(await _scene.EventsAsync(_other)).ShouldBe(
            ["intake.referral-received.v1", "access.member-added.v1", "intake.referral-join-corrected.v1", "intake.referral-accepted.v1"]);
    }

    [Fact]
    public async Task Files_that_were_merged_have_one_timeline_under_both_ids()
    {
        await _scene.OnTeamAsync(_other);
        await _scene.WriteAsync($"interviews.child-{_other:D}", new Booked(_other, Start));
        await _scene.WriteAsync(AccessStream.Of(_other), new ChildMerged(_other, _child));

        var types = TypesOf(await _scene.EventsAsync(_child));

        types.Count.ShouldBe(8);
        TypesOf(await _scene.EventsAsync(_other)).ShouldBe(types);
    }

    [Fact]
    public async Task Who_is_not_on_the_team_is_told_nothing_and_who_has_no_right_role_neither()
    {
        await _scene.EventsAsync(_child, account: Guid.CreateVersion7(), status: 404);
        await _scene.EventsAsync(Guid.CreateVersion7(), status: 404);
        await _scene.EventsAsync(Guid.CreateVersion7(), account: _scene.Auditor, role: Roles.Auditor, status: 404);
        await _scene.EventsAsync(_child, role: Roles.Planner, status: 403);
        await _scene.WriteAsync(AccessStream.Of(_child), new MemberRemoved(_child, _scene.Prosecutor, Roles.Prosecutor));
        await _scene.EventsAsync(_child, status: 404);
    }

    private static (string Nl, string En) Sentence(JsonElement item) =>
        (item.GetProperty("sentence").GetProperty("nl").GetString()!, item.GetProperty("sentence").GetProperty("en").GetString()!);
}
