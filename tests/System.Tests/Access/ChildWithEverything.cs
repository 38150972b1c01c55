namespace Barnahus.SystemTests.Access;

/// <summary>
/// Dorian (case 07) with something in every group of data, each with a word of its own by which it is known again wherever it turns up.
/// </summary>
/// <param name="Id">The child.</param>
public sealed record ChildWithEverything(Guid Id, Guid ReferralId, Guid InterviewId, Guid CaseId)
{
    public const string Place = "Wilgenhof";
    public const string Shelter = "Kastanjelaan";
    public const string Trauma = "nachtmerries";
    public const string Setting = "Muisstil";
    public const string Remark = "Opgelucht";
    public const string Hospital = "Zuiderkliniek";
    public const string Ground = "Stiltecoupé";
    public const string Fact = "Recruits girls";
    public const string Name = "Dorian";
    public const string Told = "Herfstvakantie";

    private const string Until = "2026-09-20T10:00:00Z";

    public static async Task<ChildWithEverything> BuildAsync(Story story)
    {
        var referral = await story.SubmitAsync(7);
        await story.SearchAsync(referral);
        await story.TriageAsync(referral);
        var child = await story.AcceptAsync(referral);
        await story.KnownEverywhereAsync(child);
        await FileAsync(story, child);
        await SafetyAsync(story, child);
        var interview = await InterviewAsync(story, child);
        var board = await story.EventuallyAsync("prosecutor", "/turnaround/v1/board?pageSize=100", rows => rows.OfChild(child).Any(), "the case is on the board");
        var caseId = board.OfChild(child).First().Id("caseId");
        await ClocksAsync(story, caseId);
        return new(child, referral, interview, caseId);
    }

    /// <summary>The interview is held: earlier than booked, and by another than booked, as the prosecutor allowed.</summary>
    public async Task HearAsync(Cast cast)
    {
        var path = $"{Story.Interviews(Id)}/{InterviewId}";
        var (prosecutor, interviewer) = (await cast.KeeperAsync("prosecutor"), await cast.KeeperAsync("interviewer"));
        foreach (var rule in new[] { "booked-time", "booked-interviewer" })
        {
            await cast.DoAsync(prosecutor, $"{path}/waivers", new { rule, why = "Hij kan niet wachten." });
        }

        await cast.DoAsync(interviewer, $"{path}/advice-acknowledgement", new { version = 1 });
        await cast.DoAsync(interviewer, $"{path}/start", new { });
        foreach (var phase in new[] { "introduction", "free-recall", "closure" })
        {
            await cast.DoAsync(interviewer, $"{path}/phases", new { phase });
        }

        await cast.DoAsync(interviewer, $"{path}/completion", new
        {
            recording = "kluis/2026/118",
            recordingSha256 = new string('a', 64),
            present = new[] { new { who = "interviewer", place = "interview-room" } },
            deviations = new[] { "Een pauze extra." },
            remark = Remark,
        });
    }

    private static async Task FileAsync(Story story, Guid child)
    {
        var path = $"/intake/v1/children/{child}";
        await story.DoAsync("intake-officer", $"{path}/representatives", new { name = "A. Smit", relation = "mother", custody = true, suspected = false, contact = "schoolplein" });
        await story.DoAsync("intake-officer", $"{path}/needs", new { lvb = true, extraBreaks = true, text = new[] { "prikkelarm" } });
        await story.DoAsync("intake-officer", $"{path}/wishes", new { words = Told });
        await story.DoAsync("intake-officer", $"{path}/individual-assessments", new { circumstances = "Bedreigd door ronselaars.", wishes = "Rust." });
        await story.DoAsync("intake-officer", $"{path}/involvements", new { category = "suspect", name = "R. Kuiper", relation = "ronselaar", note = "Rijdt rode auto." });
        await story.DoAsync("psychologist", $"{path}/restrictions", new { part = "wishes", kind = "until-interviewed", reason = "Zijn woorden kleuren het verhoor." });
    }

    private static async Task SafetyAsync(Story story, Guid child)
    {
        var path = $"/safety/v1/children/{child}";
        const string Who = "safety-coordinator";
        await story.DoAsync(Who, $"{path}/risk-assessments", new { level = "high", factors = new[] { "ronselaars" }, reasoning = "Hij wordt gezocht.", reviewAt = Until }, 201);
        await story.DoAsync(Who, $"{path}/safety-plans", new { goals = new[] { "Veilig slapen" }, agreements = new[] { new { what = "Belt elke avond", who = "coördinator", when = "20:00" } } }, 201);
        foreach (var (type, ground) in new[] { ("phone-swap", Ground), ("shelter-place", Shelter) })
        {
            var measure = await story.DoAsync(
                Who, $"{path}/measures", new { type, ground, ownerOrganisation = "Politie", ownerPerson = "J. de Boer", details = "Direct", end = Until }, 201);
            await story.DoAsync(Who, $"{path}/measures/{measure.Id("measureId")}/activation", new { });
        }

        await story.DoAsync(Who, $"{path}/incidents", new { happenedAt = "2026-09-14T09:00:00Z", what = "Rode auto voor de deur.", where = Place, taken = "112 gebeld" }, 201);
        await story.DoAsync(Who, $"{path}/triggers", new { type = "runaway", what = "Weggelopen sinds gisteravond." }, 201);
        await story.DoAsync(Who, $"{path}/contacts", new { name = "Mentor Bos", relation = "school", phone = "+31000000033", mayBeTold = new[] { "contact" } }, 201);
        await story.DoAsync(Who, $"{path}/report-route", new { steps = new[] { new { when = "altijd", who = "AVIM", phone = "+31000000044" } } });
        await story.DoAsync(Who, $"{path}/willingness", new { standing = "undecided", explained = new[] { "aangifte" } }, 201);
        await story.DoAsync(Who, $"{path}/whereabouts", new { place = Place, with = "tante", reachable = "via de coördinator" }, 201);
    }

    private static async Task<Guid> InterviewAsync(Story story, Guid child)
    {
        var status = new { heardAs = "both", caution = "In eenvoudige taal.", lawyer = "Mr. A. Visser", reasoning = "Eerst slachtoffer." };
        await story.DoAsync("prosecutor", $"/interviews/v1/children/{child}/suspect-status", status);
        await story.DoAsync("intake-officer", $"/interviews/v1/children/{child}/own-times", new { travelMinutes = 10 });
        var interview = await story.RequestAsync(child, "Wie dwingt je?");
        await story.PrepareAsync(child, interview, "p-meijer", new { setting = Setting, pace = "langzaam", trauma = Trauma, triggers = new[] { "sirene" }, breaks = "elke 20 minuten" });
        var slots = await story.SlotsAsync(child, interview, "2026-09-15T00:00:00+02:00", "2026-09-17T00:00:00+02:00");
        var best = slots.GetProperty("slots")[0];
        await story.DoAsync("interviewer", $"{Story.Interviews(child)}/{interview}/booking", new
        {
            start = best.Text("start"),
            roomId = best.Text("roomId"),
            interviewerId = best.Text("interviewerId"),
        });
        await story.DoAsync("intake-officer", $"/interviews/v1/children/{child}/medical-appointments", new { at = "2026-09-16T12:00:00Z", place = Hospital, forensic = true }, 201);
        return interview;
    }

    private static async Task ClocksAsync(Story story, Guid caseId)
    {
        var shown = await story.SeeAsync("prosecutor", $"/turnaround/v1/cases/{caseId}");
        await story.DoAsync(
            "prosecutor",
            $"/turnaround/v1/cases/{caseId}/milestones",
            new { milestone = "veilig-thuis-report", at = shown.GetProperty("reportedAt").GetDateTimeOffset(), parketnummer = "13/123456-26" });
        var clock = shown.GetProperty("clocks").EnumerateArray().First(one => one.Text("state") == "running");
        await story.DoAsync("prosecutor", $"/turnaround/v1/cases/{caseId}/suspensions", new { reason = "Wacht op de tolk.", clockId = clock.Id("clockId") });
    }
}
