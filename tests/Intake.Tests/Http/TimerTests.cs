using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.EventLog;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Intake.Tests.Http;

/// <summary>What becomes due, and once only, whatever restarts.</summary>
public sealed class TimerTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("barnahus-");

    [Fact]
    public async Task A_review_day_reminds_once()
    {
        Guid referral;
        await using (var intake = await IntakeFixture.StartAsync(Cases.Time(11), _folder.FullName))
        {
            referral = await intake.SubmitAsync(11);
            await intake.DoAsync($"/referrals/{referral}/triage", new { });
            await intake.DoAsync($"/referrals/{referral}/investigation", new { until = "2026-09-28", why = "Hotel onbekend" });
        }

        // 28 September begins at 22:00 UTC on the day before.
        await PlayAsync(new DateTimeOffset(2026, 9, 27, 21, 50, 0, TimeSpan.Zero), Referral.Stream(referral), nameof(ReferralReviewDue), 0);
        await PlayAsync(new DateTimeOffset(2026, 9, 27, 22, 0, 1, TimeSpan.Zero), Referral.Stream(referral), nameof(ReferralReviewDue), 1);
        await PlayAsync(new DateTimeOffset(2026, 9, 30, 8, 0, 0, TimeSpan.Zero), Referral.Stream(referral), nameof(ReferralReviewDue), 1);
    }

    [Fact]
    public async Task The_handover_arises_six_months_before_the_eighteenth_birthday_once()
    {
        Guid child;
        await using (var intake = await IntakeFixture.StartAsync(Cases.Time(6), _folder.FullName))
        {
            (_, child) = await intake.AcceptAsync(6);
        }

        // John is eighteen on 7 July 2030; the task arises on the first of January, which does not tell the day.
        await PlayAsync(new DateTimeOffset(2029, 12, 31, 20, 0, 0, TimeSpan.Zero), ChildFile.Stream(child), nameof(TaskArisen), 1);
        await PlayAsync(new DateTimeOffset(2030, 1, 1, 8, 0, 0, TimeSpan.Zero), ChildFile.Stream(child), nameof(TaskArisen), 2);
        await PlayAsync(new DateTimeOffset(2030, 3, 7, 8, 0, 0, TimeSpan.Zero), ChildFile.Stream(child), nameof(TaskArisen), 2);
    }

    [Fact]
    public async Task And_again_when_the_birth_date_turns_out_to_be_in_another_month()
    {
        Guid child;
        await using (var intake = await IntakeFixture.StartAsync(Cases.Time(6), _folder.FullName))
        {
            (_, child) = await intake.AcceptAsync(6);
        }

        await PlayAsync(new DateTimeOffset(2030, 1, 1, 8, 0, 0, TimeSpan.Zero), ChildFile.Stream(child), nameof(TaskArisen), 2);
        await using (var intake = await IntakeFixture.StartAsync(new DateTimeOffset(2030, 1, 2, 8, 0, 0, TimeSpan.Zero), _folder.FullName))
        {
            await intake.DoAsync($"/children/{child}/tasks/completion", new { kind = "handover", note = "Geregeld" });
            await intake.DoAsync($"/children/{child}/corrections", new { field = "birthDate", value = "2012-09-07", reason = "Verschreven" });
        }

        await PlayAsync(new DateTimeOffset(2030, 2, 27, 8, 0, 0, TimeSpan.Zero), ChildFile.Stream(child), nameof(TaskArisen), 2);
        await PlayAsync(new DateTimeOffset(2030, 3, 1, 8, 0, 0, TimeSpan.Zero), ChildFile.Stream(child), nameof(TaskArisen), 3);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Starts at a moment, lets the timers look some times, and counts the events of a type in a stream.</summary>
    private async Task PlayAsync(DateTimeOffset clock, string stream, string type, int expected)
    {
        await using var intake = await IntakeFixture.StartAsync(clock, _folder.FullName);
        var count = 0;
        for (var look = 0; look < (expected == count ? 15 : 100); look++)
        {
            await Task.Delay(100);
            count = await CountAsync(intake, stream, type);
        }

        count.ShouldBe(expected, $"at {clock:O}");
    }

    private static async Task<int> CountAsync(IntakeFixture intake, string stream, string type)
    {
        var codec = intake.Service.Services.GetRequiredService<EventCodec>();
        var page = await intake.Service.Services.GetRequiredService<IEventLog>().ReadStreamAsync(stream, 0, 500, ReadDirection.Forwards, default);
        return page.Count(logged => codec.Decode(logged).Event.GetType().Name == type);
    }
}
