namespace Barnahus.SystemTests.Cases;

/// <summary>
/// Kayleigh once more, and this time nobody saw that the referrals of cases 02 and 12 are of one child: each got a file of its own, and on each people went
/// to work. When it is seen one file takes over the other, and nothing that protected her on either side is less for it.
/// </summary>
public abstract class TwoFilesOfOneChildTests(IShape shape)
{
    private static readonly DateTimeOffset Examination = DateTimeOffset.Parse("2026-09-24T09:00:00Z");

    [SkippableFact]
    public async Task After_two_files_became_one_every_protection_of_either_still_holds()
    {
        await using var story = await Story.BeginAsync(shape, 12);
        var heir = await FileAsync(story, 12, "veilig-thuis");
        var other = await FileAsync(story, 2, "hotel");
        await WorkedOnTheHeirAsync(story, heir);
        var motherId = await WorkedOnTheOtherAsync(story, other);

        await story.DoAsync("intake-officer", $"/intake/v1/children/{heir}/merge", new { from = other, reason = "Hetzelfde meisje." });

        // While it is still on its way to the other services.
        await story.RestartAsync();
        await NothingIsDueLaterAsync(story, heir);
        await KeptFromTheInterviewerAsync(story, heir);
        await MotherIsNotInformedAsync(story, heir, motherId);
        var needs = (await story.SeeAsync("intake-officer", $"/intake/v1/children/{heir}")).GetProperty("needs").GetProperty("structured");
        needs.GetProperty("extraBreaks").GetBoolean().ShouldBeTrue();
        needs.GetProperty("medicalFirst").GetBoolean().ShouldBeTrue();
        needs.GetProperty("lvb").GetBoolean().ShouldBeTrue();
        var shown = await story.SeeAsync("medical", Story.Interviews(heir));
        shown.GetProperty("medical").GetProperty("appointmentAt").GetDateTimeOffset().ShouldBe(Examination, "the forensic examination stands, not the later visit");
        await story.SeeAsync("interviewer", $"/intake/v1/children/{other}");
    }

    private static async Task<Guid> FileAsync(Story story, int number, string reporter)
    {
        var referral = await story.SubmitAsync(number);
        await story.TriageAsync(referral);
        await story.SearchAsync(referral);
        var child = await story.AcceptAsync(referral, null, $"two-files-{reporter}", Story.Member("medical"));
        await story.KnownEverywhereAsync(child);
        return child;
    }

    private static async Task WorkedOnTheHeirAsync(Story story, Guid child)
    {
        await story.DoAsync("intake-officer", $"/intake/v1/children/{child}/needs", new { extraBreaks = true });
        await story.DoAsync("medical", $"/interviews/v1/children/{child}/medical-appointments", new { at = Examination, place = "CSG", forensic = true }, 201);
    }

    /// <returns>The mother, as the file knows her.</returns>
    private static async Task<Guid> WorkedOnTheOtherAsync(Story story, Guid child)
    {
        var path = $"/intake/v1/children/{child}";
        await story.DoAsync("intake-officer", $"{path}/needs", new { medicalFirst = true, lvb = true });
        await story.DoAsync("intake-officer", $"{path}/wishes", new { words = "Ik wil dat niemand dit hoort." });
        await story.DoAsync("psychologist", $"{path}/restrictions", new { part = "wishes", kind = "until-interviewed", reason = "Haar woorden kleuren het verhoor." });
        var recorded = await story.DoAsync("intake-officer", $"{path}/representatives", new { name = "S. van Dam", relation = "mother", custody = true, suspected = true });
        await story.DoAsync("medical", $"/interviews/v1/children/{child}/medical-appointments", new { at = Examination.AddDays(4), place = "huisarts", forensic = false }, 201);
        await story.DoAsync("safety-coordinator", $"/safety/v1/children/{child}/triggers", new { type = "runaway", what = "Weggelopen sinds gisteravond." }, 201);
        return recorded.TryGetProperty("personId", out var id) ? id.GetGuid()
            : (await story.SeeAsync("intake-officer", path)).GetProperty("representatives").EnumerateArray().Single(one => one.GetProperty("suspected").GetBoolean()).Id("personId");
    }

    /// <summary>A child who ran away is looked for within hours, whichever file it stood in.</summary>
    private static async Task NothingIsDueLaterAsync(Story story, Guid heir)
    {
        var board = await story.EventuallyAsync(
            "safety-coordinator",
            $"/safety/v1/board?pageSize=100&due={Uri.EscapeDataString($"{story.Now.AddDays(30):O}")}",
            due => due.GetProperty("items").EnumerateArray().Any(one => one.Id("childId") == heir && one.Text("type") == "runaway"),
            "the search for her goes on in the file that is left");
        var runaway = board.GetProperty("items").EnumerateArray().Single(one => one.Id("childId") == heir && one.Text("type") == "runaway");
        runaway.GetProperty("dueAt").GetDateTimeOffset().ShouldBeLessThan(story.Now.AddHours(5));
        board.GetProperty("items").EnumerateArray().ShouldContain(one => one.Id("childId") == heir && one.Text("kind") == "first-assessment");
    }

    private static async Task KeptFromTheInterviewerAsync(Story story, Guid heir)
    {
        var file = await story.SeeAsync("interviewer", $"/intake/v1/children/{heir}");
        file.ToString().ShouldNotContain("niemand dit hoort");
        (await story.SeeAsync("psychologist", $"/intake/v1/children/{heir}")).GetProperty("restrictions").ToString().ShouldContain("until-interviewed");
    }

    private static async Task MotherIsNotInformedAsync(Story story, Guid heir, Guid motherId)
    {
        var representatives = (await story.SeeAsync("intake-officer", $"/intake/v1/children/{heir}")).GetProperty("representatives").EnumerateArray().ToList();
        representatives.Where(one => one.Text("relation") == "mother").ShouldAllBe(one => !one.GetProperty("mayBeInformed").GetBoolean());
        representatives.ShouldContain(one => one.Id("personId") == motherId);
        await story.RefusedAsync(
            "intake-officer", $"/intake/v1/children/{heir}/informing", new { personId = motherId, what = "Er komt een gesprek.", means = "phone" }, "person-suspected");
    }
}
