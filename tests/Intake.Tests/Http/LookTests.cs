using System.Globalization;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Tests.Http;

/// <summary>What an answer shows of somebody is on the access log, whichever address it came by.</summary>
public sealed class LookTests
{
    [Fact]
    public async Task What_commands_lists_and_short_forms_show_is_on_the_record()
    {
        await using var intake = await IntakeFixture.StartAsync(Cases.Time(9));
        var (_, child) = await intake.AcceptAsync(1);
        await ShowsAsync(() => intake.DoAsync($"/children/{child}/access/conflicts", new { accountId = IntakeFixture.Interviewer, lift = true }), SubjectId.Child(child), "command");
        await ShowsAsync(() => intake.DoAsync($"/children/{child}/wishes", new { words = "Niet met de trein" }), SubjectId.Child(child), "command");
        var referral = await intake.SubmitAsync(9);
        await ShowsAsync(() => intake.DoAsync($"/referrals/{referral}/triage", new { }), SubjectId.Referral(referral), "referral");
        await ShowsAsync(
            () => intake.DoAsync($"/referrals/{referral}/investigation", new { until = Cases.Time(9).AddDays(3).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), why = "Wie is dit?" }),
            SubjectId.Referral(referral),
            "command");
        await ShowsAsync(() => intake.GetAsync("/tasks?pageSize=100"), SubjectId.Referral(referral), "tasks");

        async Task ShowsAsync(Func<Task> ask, SubjectId about, string what)
        {
            var before = (await intake.LooksAsync()).Count;
            await ask();
            (await intake.LooksAsync()).Skip(before).ShouldHaveSingleItem().Looks
                .ShouldContain(look => look.About == about && look.What.Contains(what));
        }
    }
}
