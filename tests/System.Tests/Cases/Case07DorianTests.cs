namespace Barnahus.SystemTests.Cases;

/// <summary>Case 07: Dorian, 17, mild intellectual disability: recruits girls, and will be killed if he stops. Victim and suspect at once.</summary>
public abstract class Case07DorianTests(IShape shape)
{
    private const string Question = "Wie dwingt je, en waarmee?";
    private const string Request = "dorian-request";
    private const string Decision = "dorian-status";
    private const string Booking = "dorian-booking";

    private static readonly object Status = new
    {
        heardAs = "both",
        caution = "Voor het begin, in eenvoudige taal, en hij herhaalt het in eigen woorden.",
        lawyer = "Mr. A. Visser, voor en tijdens het gesprek.",
        reasoning = "Hij werft onder dwang: eerst slachtoffer, met de rechten van een verdachte.",
    };

    [SkippableFact]
    public async Task Dorian_is_heard_by_Okafor_once_the_prosecutor_decided_on_status_caution_and_lawyer_and_his_suspect_data_stand_apart()
    {
        await using var story = await Story.BeginAsync(shape, 7);
        var referral = await story.SubmitAsync(7);
        await TriagedAsync(story, referral);
        await story.SearchAsync(referral);
        var childId = await story.AcceptAsync(referral, key: "dorian-acceptance", others: Story.Member("lawyer"));
        await HandoverAsync(story, childId);
        await story.KnownEverywhereAsync(childId);
        await NothingIsAskedAsync(story, childId);

        // In the middle: refused, and nobody has decided on his status.
        await story.RestartAsync();
        (await story.SubmitAsync(7, expected: 200)).ShouldBe(referral);
        (await story.AcceptAsync(referral, key: "dorian-acceptance", others: Story.Member("lawyer"))).ShouldBe(childId);
        await HandoverAsync(story, childId);
        await NothingIsAskedAsync(story, childId);
        await DecidedAsync(story, childId);
        var before = await story.TimelineAsync(childId);

        // Decided, and again the power fails: what was decided holds, and does not have to be decided again.
        await story.RestartAsync();
        await DecidedAsync(story, childId);
        var interviewId = await story.RequestAsync(childId, Question, Request);
        (await story.RequestAsync(childId, Question, Request)).ShouldBe(interviewId);
        await story.PrepareAsync(childId, interviewId, "p-meijer", new { setting = "Korte zinnen, plaatjes bij de tijd", pace = "langzaam", breaks = "elke 20 minuten" });
        var (slot, booked) = await BookedAsync(story, childId, interviewId);

        await story.RestartAsync();
        (await story.DoAsync("interviewer", $"{Story.Interviews(childId)}/{interviewId}/booking", slot, key: Booking)).ToString().ShouldBe(booked);
        await AtTheEndAsync(story, referral, childId, interviewId);
        (await story.TimelineAsync(childId)).ShouldGoOnFrom(before);
    }

    private static async Task TriagedAsync(Story story, Guid referral)
    {
        var advice = (await story.SeeAsync("intake-officer", $"/intake/v1/referrals/{referral}")).GetProperty("advice");
        advice.GetProperty("reportObligatory").GetBoolean().ShouldBeTrue();
        advice.GetProperty("proposed").Texts("route").ShouldBe(["112", "avim"]);
        await story.TriageAsync(referral);
    }

    /// <summary>18 on 14 February 2027, five months on: the task is there as soon as the file is, and once.</summary>
    private static async Task HandoverAsync(Story story, Guid childId)
    {
        var file = await story.SeeAsync("intake-officer", $"/intake/v1/children/{childId}");
        file.OpenTasks().ShouldBe(["handover", "individual-assessment"], ignoreOrder: true);
        file.GetProperty("tasks").EnumerateArray().Single(task => task.Text("kind") == "handover").Text("dueOn").ShouldBe("2027-02-14");
    }

    /// <summary>Whatever kind of interview; and only the prosecutor can change that.</summary>
    private static async Task NothingIsAskedAsync(Story story, Guid childId)
    {
        foreach (var kind in new[] { "forensic", "informative-talk" })
        {
            await story.RefusedAsync("interviewer", Story.Interviews(childId), new { kind, question = Question }, "suspect-status-first");
        }

        await story.DoAsync("interviewer", StatusOf(childId), Status, 403);
        await story.DoAsync("prosecutor", StatusOf(childId), new { heardAs = "both", caution = "Voor het begin.", reasoning = "Zonder advocaat." }, 400);
        var known = await story.SeeAsync("prosecutor", Story.Interviews(childId));
        known.GetProperty("items").GetArrayLength().ShouldBe(0, "a refused request leaves nothing behind");
        known.Lacks("suspectStatus").ShouldBeTrue();
    }

    private static async Task DecidedAsync(Story story, Guid childId)
    {
        await story.DoAsync("prosecutor", StatusOf(childId), Status, key: Decision);
        var decided = (await story.SeeAsync("interviewer", Story.Interviews(childId))).GetProperty("suspectStatus");
        decided.Id("by").ShouldBe(Story.IdOf("prosecutor"));
        decided.GetProperty("status").Text("heardAs").ShouldBe("both");
        decided.GetProperty("status").Text("caution").ShouldNotBeEmpty();
        decided.GetProperty("status").Text("lawyer").ShouldContain("Visser");
    }

    private static async Task<(object Slot, string Booked)> BookedAsync(Story story, Guid childId, Guid interviewId)
    {
        var path = $"{Story.Interviews(childId)}/{interviewId}/booking";
        var slots = (await story.SlotsAsync(childId, interviewId, "2026-09-15T00:00:00+02:00", "2026-09-16T00:00:00+02:00")).GetProperty("slots");
        slots.Texts("roomId").Distinct().ShouldBe(["ams-2"]);
        slots[0].Text("interviewerId").ShouldBe("i-okafor", "of those certified for LVB the one for his age goes first");
        var start = slots[0].Text("start");
        await story.RefusedAsync("interviewer", path, Slot(start, "ams-1", "i-okafor"), "room-age");
        await story.RefusedAsync("interviewer", path, Slot(start, "ams-2", "i-brouwer"), "interviewer-region");
        await story.RefusedAsync("interviewer", path, Slot(start, "mst-1", "i-claessen", "Limburg"), "interviewer-certified-lvb");
        var slot = Slot(start, "ams-2", "i-okafor");
        var booked = await story.DoAsync("interviewer", path, slot, key: Booking);
        booked.Text("status").ShouldBe("booked");
        return (slot, booked.ToString());
    }

    private static async Task AtTheEndAsync(Story story, Guid referral, Guid childId, Guid interviewId)
    {
        var shown = await story.SeeAsync("intake-officer", $"/intake/v1/referrals/{referral}");
        shown.GetProperty("referral").Text("status").ShouldBe("accepted");
        await HandoverAsync(story, childId);
        await SuspectApartAsync(story, childId);

        var interview = (await story.SeeAsync("interviewer", Story.Interviews(childId))).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        interview.Id("interviewId").ShouldBe(interviewId);
        interview.Text("status").ShouldBe("booked");
        interview.GetProperty("booking").Text("roomId").ShouldBe("ams-2");
        interview.GetProperty("booking").Text("interviewerId").ShouldBe("i-okafor");
        var agenda = (await story.SeeAsync("planner", "/interviews/v1/agenda?from=2026-09-14T00:00:00Z&to=2026-10-01T00:00:00Z")).GetProperty("items");
        agenda.EnumerateArray().ShouldHaveSingleItem().Text("status").ShouldBe("confirmed");

        var clocks = await story.ClocksAsync(childId);
        clocks.Keys.ShouldBe(["report-to-file", "referral-to-assessment", "request-to-interview"], ignoreOrder: true);
        clocks.Values.ShouldAllBe(clock => clock.Text("state") == "running");
        var timeline = await story.TimelineAsync(childId);
        foreach (var once in new[]
        {
            "intake.referral-accepted.v1", "intake.child-file-opened.v1", "interviews.suspect-status-decided.v1",
            "interviews.interview-requested.v1", "interviews.interview-booked.v2", "turnaround.case-opened.v1",
        })
        {
            timeline.Of(once).ShouldBe(1, once);
        }

        timeline.Of("intake.child-involvement-recorded.v1").ShouldBe(2, "victim and suspect");
        timeline.Of("turnaround.clock-started.v2").ShouldBe(3);
    }

    /// <summary>The file points to the suspect by an id that is not the child's; the data stand in a stream of their own (Wpg art. 6b).</summary>
    private static async Task SuspectApartAsync(Story story, Guid childId)
    {
        var file = await story.SeeAsync("intake-officer", $"/intake/v1/children/{childId}");
        file.GetProperty("alsoSuspect").GetBoolean().ShouldBeTrue();
        var parts = file.GetProperty("involvements").EnumerateArray().ToDictionary(one => one.Text("category"), StringComparer.Ordinal);
        parts.Keys.ShouldBe(["victim", "suspect"], ignoreOrder: true);
        parts["victim"].Id("personId").ShouldBe(childId);
        var suspectId = parts["suspect"].Id("personId");
        suspectId.ShouldNotBe(childId);
        parts["suspect"].GetProperty("isTheChild").GetBoolean().ShouldBeTrue();
        parts["suspect"].Lacks("name").ShouldBeTrue();

        var path = $"/intake/v1/children/{childId}/suspects";
        var suspect = (await story.SeeAsync("prosecutor", path)).EnumerateArray().ShouldHaveSingleItem();
        suspect.Id("suspectId").ShouldBe(suspectId);
        suspect.GetProperty("isTheChild").GetBoolean().ShouldBeTrue();
        suspect.GetProperty("details").Text("name").ShouldBe("Dorian Smit");
        await story.SeeAsync("safety-coordinator", path, 403);
        await story.SeeAsync("lawyer", path, 403);

        (await story.TimelineAsync(childId)).Of("intake.suspect-recorded.v2").ShouldBe(0, "what is known of the suspect is not on the victim's timeline");
        (await StreamsAsync(story, "intake.suspect-recorded.v2")).ShouldBe([$"intake.suspect-{suspectId:D}"]);
    }

    /// <summary>The stream of each event of a type, as the log holds them.</summary>
    private static async Task<IReadOnlyList<string>> StreamsAsync(Story story, string type)
    {
        await using var log = story.House.LogTable();
        await log.OpenAsync();
        await using var command = log.CreateCommand();
        command.CommandText = "SELECT stream FROM events WHERE type = @type ORDER BY position";
        var named = command.CreateParameter();
        (named.ParameterName, named.Value) = ("@type", type);
        command.Parameters.Add(named);
        await using var row = await command.ExecuteReaderAsync();
        var streams = new List<string>();
        while (await row.ReadAsync())
        {
            streams.Add(row.GetString(0));
        }

        return streams;
    }

    private static string StatusOf(Guid childId) => $"/interviews/v1/children/{childId}/suspect-status";

    private static object Slot(string start, string roomId, string interviewerId, params string[] otherRegions) => new { start, roomId, interviewerId, otherRegions };
}
