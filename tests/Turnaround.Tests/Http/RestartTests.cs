using Barnahus.Platform.Access;
using Barnahus.Testing;
using Barnahus.Turnaround.Cases;
using static Barnahus.Turnaround.Tests.Http.TurnaroundRunning;
using static Barnahus.Turnaround.Tests.Some;

namespace Barnahus.Turnaround.Tests.Http;

/// <summary>Alerts once each across restarts, and a merge, on the running service.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("barnahus-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Alerts_are_given_once_each_whatever_restarts()
    {
        // Before half of the window; then after half; again; then after its end.
        foreach (var (now, alerts) in new[] { ("2026-09-05T09:00:00Z", 0), ("2026-09-07T08:30:00Z", 1), ("2026-09-07T09:00:00Z", 1), ("2026-09-10T21:00:00Z", 3) })
        {
            await using var running = await StartAsync(now, _folder);
            if (alerts == 0)
            {
                await running.FileAsync(Child, 0);
            }

            await UntilAsync(running, alerts);
            await Task.Delay(TimeSpan.FromSeconds(0.5));
            (await AlertsAsync(running)).Count.ShouldBe(alerts, now);
        }
    }

    [Fact]
    public async Task A_new_date_is_alerted_of_too()
    {
        var clockId = ClockId("report-to-file");
        await using (var running = await StartAsync("2027-03-04T09:00:00Z", _folder))
        {
            await running.JoinTeamAsync(Child, Prosecutor, Roles.Prosecutor);
            await running.FileAsync(Child, 0);
            await UntilAsync(running, 2, clockId);
            (await AlertsAsync(running, clockId)).Select(alert => alert.Threshold).ShouldBe([50, 80]);
            await running.AsProsecutor()
                .PostAsync($"/turnaround/v1/cases/{CaseId}/extensions", new { clockId, due = At("2028-01-01T11:00:00Z"), reason = "Digitale sporen" }).JsonAsync(200);
        }

        await using var later = await StartAsync("2027-06-01T09:00:00Z", _folder);
        await UntilAsync(later, 3, clockId);
        (await AlertsAsync(later, clockId)).Select(alert => alert.Threshold).ShouldBe([50, 80, 50], "half of the new term is used");
    }

    [Fact]
    public async Task A_merged_child_s_case_goes_on_in_the_other_child_s_and_follows_its_interviews()
    {
        await using var running = await StartAsync(folder: _folder);
        await running.JoinTeamAsync(Child, Prosecutor, Roles.Prosecutor);
        await running.JoinTeamAsync(OtherChild, Prosecutor, Roles.Prosecutor);
        await running.FileAsync(Child, 0);
        await running.FileAsync(OtherChild, 0, reportedAt: "2026-09-05T08:55:00Z");
        await running.MergeAccessAsync(Child, OtherChild);
        await running.FileAsync(Child, 1, status: "merged", mergedInto: OtherChild);
        await running.InterviewsAsync(Child, 3, "requested");

        var merged = await running.CaseAsync(CaseId);
        merged.GetProperty("mergedInto").GetGuid().ShouldBe(Case.OwnOf(OtherChild));
        merged.GetProperty("clocks").GetArrayLength().ShouldBe(0);
        var into = await running.ClockAsync(Case.OwnOf(OtherChild), "report-to-file");
        into.GetProperty("startedAt").GetDateTimeOffset().ShouldBe(Reported);
        (await running.ClockAsync(Case.OwnOf(OtherChild), "request-to-interview")).GetProperty("state").GetString().ShouldBe("running");
    }

    /// <summary>Longer than the lease that the process before may still hold.</summary>
    private static async Task UntilAsync(TurnaroundRunning running, int alerts, Guid? clockId = null)
    {
        for (var tries = 0; tries < 400 && (await AlertsAsync(running, clockId)).Count < alerts; tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }
    }

    private static async Task<List<ClockAlerted>> AlertsAsync(TurnaroundRunning running, Guid? clockId = null) =>
        [.. (await running.StreamAsync(Case.Stream(CaseId))).Select(recorded => recorded.Event).OfType<ClockAlerted>().Where(e => e.ClockId == (clockId ?? ClockId("forensic-window")))];
}
