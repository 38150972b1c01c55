using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Safety.Terms;
using Barnahus.Testing;

namespace Barnahus.Safety.Tests.Http;

/// <summary>The service over HTTP: who sees and may do what.</summary>
public sealed class SafetyHttpTests : IAsyncLifetime
{
    private SafetyHouse _house = null!;
    private readonly Guid _colleague = Guid.CreateVersion7();

    public async Task InitializeAsync()
    {
        _house = await SafetyHouse.StartedAsync();
        await _house.AcceptAsync();
    }

    public Task DisposeAsync() => _house.DisposeAsync().AsTask();

    private Task<System.Text.Json.JsonElement> ProposeAsync() => _house.PostAsync("measures", new
    {
        type = "phone-swap", ground = "A tracking app was found.", ownerOrganisation = "Politie", ownerPerson = "J. de Boer",
    });

    private async Task<HttpClient> MemberAsync(string role)
    {
        await _house.OnTeamAsync(_house.Child, _colleague, role);
        return _house.As(_colleague, role);
    }

    [Fact]
    public async Task The_phone_swap_of_case_05_becomes_active_and_confirmed()
    {
        var id = (await ProposeAsync()).GetProperty("measureId").GetGuid();
        await _house.PostAsync($"measures/{id:D}/confirmation", new { }, 409);
        await _house.PostAsync($"measures/{id:D}/activation", new { }, 200);
        (await _house.PostAsync($"measures/{id:D}/confirmation", new { note = "Done." }, 200)).GetProperty("status").GetString().ShouldBe("confirmed");
        var plan = await _house.PlanAsync();
        plan.GetProperty("coordinatorId").GetGuid().ShouldBe(_house.Coordinator);
        plan.GetProperty("measures")[0].GetProperty("content").GetProperty("type").GetString().ShouldBe("phone-swap");
    }

    [Fact]
    public async Task Whoever_sees_names_only_sees_names_only()
    {
        var id = (await ProposeAsync()).GetProperty("measureId").GetGuid();
        var interviewer = await MemberAsync(Roles.Interviewer);
        (await _house.PlanAsync(interviewer)).GetProperty("measures").GetArrayLength().ShouldBe(0, "a proposed measure is not in force");
        await _house.PostAsync($"measures/{id:D}/activation", new { }, 200);
        var plan = await _house.PlanAsync(interviewer);
        plan.EnumerateObject().Select(property => property.Name).ShouldBe(["childId", "measures"]);
        plan.GetProperty("measures")[0].EnumerateObject().Select(property => property.Name).ShouldBe(["type", "nl", "en"]);
    }

    [Fact]
    public async Task Where_the_child_stays_is_absent_for_whom_it_was_not_granted()
    {
        await _house.PostAsync("whereabouts", new { place = "Aunt in Zwolle" });
        (await _house.PlanAsync()).GetProperty("whereabouts").GetProperty("content").GetProperty("place").GetString().ShouldBe("Aunt in Zwolle");
        (await _house.PlanAsync(await MemberAsync(Roles.Prosecutor))).GetRawText().ShouldNotContain("whereabouts");
        var care = await MemberAsync(Roles.YouthCare);
        (await _house.PlanAsync(care)).TryGetProperty("whereabouts", out _).ShouldBeFalse();
        await _house.AppendAsync(AccessStream.Of(_house.Child), new GrantGiven(_house.Child, Guid.CreateVersion7(), _colleague, DataGroup.Whereabouts, SafetyHouse.Opened.AddDays(1)));
        (await _house.PlanAsync(care)).GetProperty("whereabouts").GetProperty("known").GetBoolean().ShouldBeTrue();
    }

    /// <summary>A shelter's name and an incident's place lead to the child: they are whereabouts, and a measure of an unknown type might be.</summary>
    [Fact]
    public async Task What_tells_where_the_child_stays_is_for_who_may_know_that()
    {
        object Measure(string type) => new { type, ground = "Dreiging", ownerOrganisation = "Huis de Linde", ownerPerson = "M. Vos", details = "Lindelaan 4", end = SafetyHouse.Opened.AddDays(20) };
        foreach (var type in new[] { "shelter-place", "undisclosed-address", "police-address-alert" })
        {
            await _house.PostAsync("measures", Measure(type));
        }

        await ProposeAsync();
        await _house.PostAsync("incidents", new { happenedAt = SafetyHouse.Opened.AddHours(-1), what = "A red car.", where = "Lindelaan 4" });
        (await _house.PlanAsync()).GetRawText().ShouldContain("Huis de Linde");

        var prosecutor = await MemberAsync(Roles.Prosecutor);
        var care = await MemberAsync(Roles.YouthCare);
        foreach (var member in new[] { prosecutor, care })
        {
            var plan = await _house.PlanAsync(member);
            plan.GetRawText().ShouldNotContain("Linde");
            plan.GetRawText().ShouldNotContain("M. Vos");
            plan.GetProperty("incidents")[0].GetProperty("content").EnumerateObject().Select(field => field.Name).ShouldBe(["happenedAt", "what"]);
            var contents = plan.GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("content")).ToList();
            contents.Where(content => content.GetProperty("type").GetString() != "phone-swap")
                .ShouldAllBe(content => content.EnumerateObject().Count() == 1);
            contents.Single(content => content.GetProperty("type").GetString() == "phone-swap").TryGetProperty("ground", out _).ShouldBeTrue();
        }

        await _house.AppendAsync(AccessStream.Of(_house.Child), new GrantGiven(_house.Child, Guid.CreateVersion7(), _colleague, DataGroup.Whereabouts, SafetyHouse.Opened.AddDays(1)));
        (await _house.PlanAsync(care)).GetRawText().ShouldContain("Lindelaan 4");
        SafetyTerms.Shipped().TellsPlace("no-longer-known").ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_outside_the_team_sees_or_does_anything()
    {
        var stranger = _house.As(Guid.CreateVersion7());
        await stranger.GetAsync(new Uri(_house.At("plan"), UriKind.Relative)).JsonAsync(404);
        await stranger.PostAsync(_house.At("whereabouts"), new { place = "x" }).JsonAsync(404);
        var board = await stranger.GetAsync(new Uri("/safety/v1/board?due=2030-01-01T00:00:00Z", UriKind.Relative)).JsonAsync(200);
        board.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_board_shows_what_is_due_and_loses_it_when_it_is_done()
    {
        await _house.PostAsync("triggers", new { type = "runaway", what = "Gone since last night." });
        await ProposeAsync();
        (await KindsAsync()).ShouldBe(["reassessment:runaway", "measure-unconfirmed:phone-swap", "first-assessment:"], ignoreOrder: true);
        await _house.PostAsync("risk-assessments", new { level = "acute", factors = new[] { "ran away" }, reasoning = "She is not found." });
        (await KindsAsync()).ShouldBe(["measure-unconfirmed:phone-swap"]);
    }

    [Fact]
    public async Task A_parent_who_becomes_a_suspect_is_told_nothing_and_the_risk_is_assessed_anew()
    {
        object Told(string[] told) => new { name = "F. El Amrani", relation = "father", personId = _house.Father, mayBeTold = told };
        await _house.PostAsync("contacts", Told(["interview"]));
        await _house.TellAsync(_house.Child, 2, suspected: true);
        var plan = await _house.PlanAsync();
        plan.GetProperty("contacts")[0].GetProperty("mayBeTold").GetArrayLength().ShouldBe(0);
        plan.GetProperty("contacts")[0].GetProperty("barred").GetString().ShouldBe("may-not-be-informed");
        plan.GetProperty("reassessments")[0].GetProperty("trigger").GetProperty("type").GetString().ShouldBe("parent-suspect");
        (await _house.PostAsync("contacts", Told(["interview"]), 409)).GetProperty("rule").GetString().ShouldBe("may-not-be-informed");
    }

    [Fact]
    public async Task A_merged_file_refuses_and_the_other_takes_its_open_matters_over()
    {
        var into = Guid.CreateVersion7();
        var id = (await ProposeAsync()).GetProperty("measureId").GetGuid();
        await _house.PostAsync($"measures/{id:D}/activation", new { }, 200);
        await _house.PostAsync("incidents", new { happenedAt = SafetyHouse.Opened.AddHours(-1), what = "A red car." });
        await _house.OnTeamAsync(into, _house.Coordinator, Roles.SafetyCoordinator);
        await _house.TellAsync(_house.Child, 5, status: "merged", mergedInto: into);
        await _house.TellAsync(into, 1);
        (await _house.PostAsync("whereabouts", new { place = "x" }, 409)).GetProperty("rule").GetString().ShouldBe("file-merged");
        for (var attempt = 0; attempt < 100 && !(await _house.TypesAsync(into)).Contains("safety.file-taken-over.v1"); attempt++)
        {
            await Task.Delay(100);
        }

        await _house.Fixture.CaughtUpAsync();
        var plan = await _house.As(_house.Coordinator).GetAsync(new Uri($"/safety/v1/children/{into:D}/plan", UriKind.Relative)).JsonAsync(200);
        plan.GetProperty("measures")[0].GetProperty("measureId").GetGuid().ShouldBe(id);
        plan.GetProperty("measures")[0].GetProperty("status").GetString().ShouldBe("active");
        plan.GetProperty("incidents").GetArrayLength().ShouldBe(1, "what happened before the merge is part of the picture");
        var old = await _house.PlanAsync();
        old.EnumerateObject().Select(property => property.Name).ShouldBe(["childId", "fileStatus", "mergedInto"], "the frozen plan protects nobody any more");
        old.GetProperty("mergedInto").GetGuid().ShouldBe(into);
    }

    [Fact]
    public async Task What_was_due_in_a_file_that_is_merged_is_due_when_it_was()
    {
        var runaway = await _house.PostAsync("triggers", new { type = "runaway", what = "She left." });
        var into = await MergedAsync();
        var due = await DueAsync(into);
        due.ShouldContain((runaway.GetProperty("reassessmentId").GetGuid(), runaway.GetProperty("dueAt").GetDateTimeOffset()), "a re-assessment keeps its own time");
        due.ShouldContain((DerivedId.From(into, $"files-merged/{_house.Child:D}"), SafetyHouse.Opened.AddDays(1)), "she was acutely unsafe and never assessed");
        due.ShouldContain((into, SafetyHouse.Opened.AddDays(1)), "the other file was never assessed either");
    }

    [Fact]
    public async Task A_review_that_lay_ahead_is_due_in_the_other_file()
    {
        var review = SafetyHouse.Opened.AddDays(30);
        var assessment = (await _house.PostAsync(
            "risk-assessments", new { level = "high", reasoning = "x", factors = new[] { "x" }, reviewAt = review })).GetProperty("assessmentId").GetGuid();
        var into = await MergedAsync();
        var due = await DueAsync(into);
        due.ShouldContain((DerivedId.From(assessment, "review-date"), review.AddDays(7)));
        due.Single(item => item.ItemId == DerivedId.From(into, $"files-merged/{_house.Child:D}")).DueAt
            .ShouldBeGreaterThan(SafetyHouse.Opened.AddDays(2), "she was assessed, so nothing makes it more urgent");
    }

    [Fact]
    public async Task What_cannot_be_understood_is_400_with_the_fields()
    {
        (await _house.PostAsync("measures", new { type = "magic", ground = "x", ownerOrganisation = "x", ownerPerson = "x" }, 400))
            .GetProperty("errors").TryGetProperty("type", out _).ShouldBeTrue();
        await _house.PostAsync("triggers", new { type = "eighteenth-birthday", what = "x" }, 400);
        await _house.PostAsync("whereabouts", new { place = new string('x', 501) }, 400);
        await _house.PostAsync("incidents", new { happenedAt = "9999-12-31T23:59:59Z", what = "x" }, 400);
        await _house.PostAsync("risk-assessments", new { level = "high", reasoning = "x", factors = Enumerable.Repeat("x", 51) }, 400);
        await _house.PostAsync("contacts", new { name = "x", relation = "school", mayBeTold = new[] { "everything" } }, 400);
    }

    /// <summary>The file that the child's goes on in, once it took its matters over.</summary>
    private async Task<Guid> MergedAsync()
    {
        var into = Guid.CreateVersion7();
        await _house.OnTeamAsync(into, _house.Coordinator, Roles.SafetyCoordinator);
        await _house.TellAsync(into, 1);
        await _house.TellAsync(_house.Child, 5, status: "merged", mergedInto: into);
        for (var attempt = 0; attempt < 100 && !(await _house.TypesAsync(into)).Contains("safety.file-taken-over.v1"); attempt++)
        {
            await Task.Delay(100);
        }

        await _house.Fixture.CaughtUpAsync();
        return into;
    }

    private async Task<List<(Guid ItemId, DateTimeOffset DueAt)>> DueAsync(Guid child)
    {
        var until = Uri.EscapeDataString(SafetyHouse.Opened.AddYears(1).ToString("O"));
        var board = await _house.As(_house.Coordinator).GetAsync(new Uri($"/safety/v1/board?due={until}", UriKind.Relative)).JsonAsync(200);
        return [.. board.GetProperty("items").EnumerateArray()
            .Where(item => item.GetProperty("childId").GetGuid() == child)
            .Select(item => (item.GetProperty("itemId").GetGuid(), item.GetProperty("dueAt").GetDateTimeOffset()))];
    }

    private async Task<List<string>> KindsAsync()
    {
        await _house.Fixture.CaughtUpAsync();
        var board = await _house.As(_house.Coordinator).GetAsync(new Uri("/safety/v1/board", UriKind.Relative)).JsonAsync(200);
        return [.. board.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("kind").GetString()}:{(item.TryGetProperty("type", out var type) ? type.GetString() : "")}")];
    }
}
