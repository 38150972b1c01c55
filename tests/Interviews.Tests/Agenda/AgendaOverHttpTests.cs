using System.Net.Http.Json;
using System.Text.Json;
using Barnahus.Interviews.Slots;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Interviews.Agenda;

/// <summary>Roster and agenda as a planner has them, and as the lifecycle reserves: reserve, confirm, release, expire.</summary>
public sealed class AgendaOverHttpTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 9, 7, 7, 0, 0, TimeSpan.Zero);
    private static readonly Guid Child = Guid.Parse("0199f000-0000-7000-8000-00000000c41d");
    private static readonly ServiceModule Module = new(
        "interviews",
        services => services.AddEvents(typeof(AgendaModule).Assembly, "interviews").AddAgenda(),
        _ => { },
        routes => routes.MapService("interviews").MapAgenda());

    private ServiceFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await ServiceFixture.StartAsync([Module], Start);

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task A_roster_is_loaded_and_loading_it_again_changes_nothing()
    {
        var first = await LoadAsync();
        first.GetProperty("rooms").GetInt32().ShouldBe(6);
        var events = await CountAsync();
        await LoadAsync();
        (await CountAsync()).ShouldBe(events);

        var roster = await Planner().GetAsync("/interviews/v1/roster?region=Limburg").JsonAsync(200);
        roster.GetProperty("people").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["J. Claessen", "Dr. W. Hoekstra", "T. Pham"]);
        roster.GetProperty("studios")[0].GetProperty("rooms")[0].GetProperty("id").GetString().ShouldBe("mst-1");
    }

    [Fact]
    public async Task Who_is_no_planner_does_not_see_who_is_away_and_changes_nothing()
    {
        await LoadAsync();
        var interviewer = _fixture.As(Guid.NewGuid(), Roles.Interviewer);
        var roster = await interviewer.GetAsync("/interviews/v1/roster").JsonAsync(200);
        roster.GetProperty("people").EnumerateArray().ShouldAllBe(p => p.Lacks("absences"));
        await interviewer.PostAsync("/interviews/v1/rooms", new { id = "x", studioId = "utrecht", ageFrom = 1, ageTo = 2, hasSeparateEntrance = true }).JsonAsync(403);
    }

    [Fact]
    public async Task A_planner_adds_a_studio_a_room_a_person_and_an_absence()
    {
        var planner = Planner();
        await planner.PostAsync("/interviews/v1/studios", new { id = "zwolle", region = "Oost-Nederland", name = "Barnahus Zwolle" }).JsonAsync(201);
        await planner.PostAsync("/interviews/v1/rooms", new { id = "zwo-1", studioId = "zwolle", ageFrom = 4, ageTo = 18, hasSeparateEntrance = true, isAccessible = true }).JsonAsync(201);
        await planner.PostAsync("/interviews/v1/people", new { id = "u-1", role = "support", name = "A. de Jong", regions = new[] { "Oost-Nederland" } }).JsonAsync(201);
        await planner.PostAsync("/interviews/v1/availabilities", new { kind = "absence", personId = "u-1", from = Start, to = Start.AddDays(2) }).JsonAsync(201);
        var closing = await planner.PostAsync("/interviews/v1/availabilities", new { kind = "closing", roomId = "zwo-1", from = Start, to = Start.AddDays(1) }).JsonAsync(201);
        await planner.PostAsync("/interviews/v1/availabilities", new { kind = "withdrawal", availabilityId = closing.GetProperty("availabilityId").GetGuid() }).JsonAsync(201);
        await planner.PostAsync("/interviews/v1/availabilities", new { kind = "working-hours", personId = "u-1", hours = new[] { new { day = "monday", from = "09:00", to = "12:30" } } }).JsonAsync(201);
        await _fixture.CaughtUpAsync();
        var roster = await planner.GetAsync("/interviews/v1/roster?region=Oost-Nederland").JsonAsync(200);
        roster.GetProperty("people")[0].GetProperty("absences").GetArrayLength().ShouldBe(1);
        roster.GetProperty("people")[0].GetProperty("workingHours").GetArrayLength().ShouldBe(1);
        roster.GetProperty("closings").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("/interviews/v1/studios", """{"id":"a b","region":"","name":"x"}""")]
    [InlineData("/interviews/v1/studios", """{"id":null,"region":null,"name":null,"openingHours":{"days":["Zo"],"from":"09:00","to":"10:00"}}""")]
    [InlineData("/interviews/v1/rooms", """{"id":"x","studioId":null,"ageFrom":9,"ageTo":2,"hasSeparateEntrance":true}""")]
    [InlineData("/interviews/v1/people", """{"id":"x","role":"king","name":"","regions":[null]}""")]
    [InlineData("/interviews/v1/people", """{}""")]
    [InlineData("/interviews/v1/availabilities", """{"kind":"absence"}""")]
    [InlineData("/interviews/v1/availabilities", """{"kind":"working-hours","personId":"x","hours":[null]}""")]
    [InlineData("/interviews/v1/rosters", """{"studios":[null],"people":[]}""")]
    [InlineData("/interviews/v1/rosters", """{"studios":[{"id":"s","region":"r","name":"n","rooms":[null]}],"people":[{}],"absences":[null]}""")]
    public async Task What_cannot_be_understood_is_answered_field_by_field(string path, string body)
    {
        var problem = await Planner().PostAsync(path, new StringContent(body, null, "application/json")).JsonAsync(400);
        problem.GetProperty("errors").EnumerateObject().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_slot_is_reserved_confirmed_and_shown_by_a_number_and_the_loser_is_told_the_rule()
    {
        await LoadAsync();
        var reservations = _fixture.Services.GetRequiredService<Reservations>();
        var question = Question(Child);
        var slot = _fixture.Services.GetRequiredService<SlotFinder>().Find(question).Slots[0];
        var choice = new SlotChoice(slot.Start, slot.RoomId, slot.InterviewerId, slot.PsychologistId);
        var context = Context();
        var held = await reservations.ReserveAsync(DerivedId.From(context.CommandId, "slot"), question, choice, context, default);
        (await reservations.ReserveAsync(held.Id, question, choice, context, default)).ShouldBe(held);
        await reservations.ConfirmAsync(Reservations.KeyOf(held), Context(), default);
        await _fixture.CaughtUpAsync();

        var other = await Should.ThrowAsync<RefusedException>(() => reservations.ReserveAsync(Guid.NewGuid(), Question(Guid.NewGuid()), choice, Context(), default));
        other.Rule.ShouldBe("room-taken");
        other.Message.ShouldNotContain(Child.ToString());

        var agenda = await Planner().GetStringAsync("/interviews/v1/agenda?region=Midden-Nederland");
        agenda.ShouldContain(held.Number);
        agenda.ShouldNotContain(Child.ToString());
        agenda.ShouldNotContain(held.Id.ToString());
        (await Planner().GetStringAsync("/interviews/v1/agenda?region=Limburg")).ShouldNotContain(held.Number);
        await Planner().GetAsync("/interviews/v1/agenda?from=2026-09-07T00:00:00Z&to=2027-09-07T00:00:00Z").JsonAsync(400);

        await reservations.ReleaseAsync(Reservations.KeyOf(held), "cancelled", Context(), default);
        await _fixture.CaughtUpAsync();
        (await Planner().GetStringAsync("/interviews/v1/agenda")).ShouldNotContain(held.Number);
    }

    [Fact]
    public async Task A_reservation_that_nobody_confirms_expires_by_itself()
    {
        await LoadAsync();
        var reservations = _fixture.Services.GetRequiredService<Reservations>();
        var slot = _fixture.Services.GetRequiredService<SlotFinder>().Find(Question(Child)).Slots[0];
        var early = Context() with { Now = Start.AddMinutes(-11) };
        var held = await reservations.ReserveAsync(
            Guid.NewGuid(), Question(Child), new SlotChoice(slot.Start, slot.RoomId, slot.InterviewerId, slot.PsychologistId), early, default);

        var view = _fixture.Services.GetRequiredService<AgendaDays>();
        for (var i = 0; i < 100 && Status(view, held) != ReservationStatus.Expired; i++)
        {
            await Task.Delay(100);
        }

        Status(view, held).ShouldBe(ReservationStatus.Expired);
        view.Waiting.ShouldBeEmpty();
    }

    private static ReservationStatus? Status(AgendaDays view, Reservation held) =>
        view.Image.GetValueOrDefault(held.From.DutchDate())?.Reservations.GetValueOrDefault(held.Id)?.Status;

    private static SlotQuestion Question(Guid child) =>
        new(child, "Midden-Nederland", Start, Start, Start.AddDays(5), Start) { BirthDate = new DateOnly(2018, 3, 11) };

    private static CommandContext Context() => new(Guid.CreateVersion7(), Actor.System("test"), null, Start, Guid.CreateVersion7());

    private HttpClient Planner() => _fixture.As(Guid.NewGuid(), Roles.Planner);

    private async Task<JsonElement> LoadAsync()
    {
        var loaded = await Planner().PostAsJsonAsync("/interviews/v1/rosters", TestRoster.Document, JsonSerializerOptions.Web).JsonAsync(200);
        await _fixture.CaughtUpAsync();
        return loaded;
    }

    private async Task<int> CountAsync() =>
        (await _fixture.Services.GetRequiredService<IEventLog>().ReadAllAsync(LogPosition.Start, 1000, default)).Count;
}
