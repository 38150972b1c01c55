using Barnahus.Platform.Access;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Interviews.Tests.Http;

/// <summary>What Intake tells over the bus, in any order and more than once.</summary>
public sealed class MergeHttpTests : IAsyncLifetime
{
    private InterviewHouse _house = null!;
    private Guid _old;
    private Guid _new;

    public async Task InitializeAsync()
    {
        _house = await InterviewHouse.OpenAsync();
        _old = await _house.ChildAsync(Steps.Jason);
        _new = await _house.ChildAsync(Steps.Jason);
    }

    public async Task DisposeAsync() => await _house.DisposeAsync();

    [Fact]
    public async Task After_a_merge_the_guard_covers_both_files_and_the_old_one_refuses()
    {
        var interview = await _house.DecidedAsync(_old);
        await _house.BookAsync(_old, interview, Steps.Soon).JsonAsync(200);
        await _house.PrepareAsync(_old, interview);
        await _house.TellAsync(_old, 1, "merged", _new);
        await _house.UntilAsync(async () => (await _house.StateAsync(_new)).Find(interview) is not null, "the interview to be carried over");

        (await _house.BookAsync(_old, interview).RuleAsync()).ShouldBe("file-merged");
        var request = new { kind = "forensic", question = "again" };
        (await _house.As(Roles.Interviewer).PostAsync(Steps.PathOf(_new), request).RuleAsync()).ShouldBe("one-interview");
        await _house.HoldAsync(_new, interview);
        await _house.SettledAsync();
        var read = await _house.As(Roles.Interviewer).GetAsync(Steps.PathOf(_new, interview)).JsonAsync(200);
        read.GetProperty("carriedFrom").GetGuid().ShouldBe(_old);
        read.GetProperty("advice")[0].GetProperty("content").GetProperty("setting").GetString().ShouldBe("His own cap on");
        read.GetProperty("decision").GetProperty("reasoning").GetString().ShouldBe("He told his teacher");
    }

    [Fact]
    public async Task What_comes_to_a_merged_file_is_passed_on()
    {
        var third = await _house.ChildAsync(Steps.Jason);
        var interview = await _house.DecidedAsync(_old);
        await _house.TellAsync(_new, 1, "merged", third);
        await _house.TellAsync(_old, 1, "merged", _new);
        await _house.UntilAsync(async () => (await _house.StateAsync(third)).Find(interview) is not null, "the interview to reach the third file");
    }

    [Fact]
    public async Task The_forensic_appointment_of_the_file_that_goes_on_stays_and_the_times_of_both_hold()
    {
        await PlanAsync(_new, new { at = "2026-09-03T10:00:00Z", forensic = true });
        await PlanAsync(_old, new { at = "2026-09-07T10:00:00Z", forensic = false });
        await TimesAsync(_new, new { ownTimes = new[] { new { day = "friday", from = "13:00", to = "15:00" } }, travelMinutes = 10 });
        await TimesAsync(_old, new { ownTimes = new[] { new { from = "12:00", to = "14:00" } }, travelMinutes = 30 });
        var interview = await _house.DecidedAsync(_old);
        await _house.TellAsync(_old, 1, "merged", _new);
        await _house.UntilAsync(async () => (await _house.StateAsync(_new)).Find(interview) is not null, "the file to be carried over");
        await _house.SettledAsync();

        var medical = (await _house.As(Roles.Medical).GetAsync(Steps.PathOf(_new)).JsonAsync(200)).GetProperty("medical");
        medical.GetProperty("appointmentAt").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 9, 3, 10, 0, 0, TimeSpan.Zero));
        var times = (await _house.As(Roles.Interviewer).GetAsync(Steps.PathOf(_new)).JsonAsync(200)).GetProperty("times");
        times.GetProperty("ownTimes").EnumerateArray().Select(one => one.GetProperty("from").GetString()).ShouldBe(["13:00:00", "12:00:00"]);
        times.GetProperty("travelMinutes").GetInt32().ShouldBe(10);

        // The nap is taken back, and the old file is told of once more: it does not return.
        await TimesAsync(_new, new { ownTimes = new[] { new { day = "friday", from = "13:00", to = "15:00" } }, travelMinutes = 10 });
        await _house.TellAsync(_old, 2, "merged", _new);
        await _house.SettledAsync();
        await Task.Delay(500);
        var after = (await _house.As(Roles.Interviewer).GetAsync(Steps.PathOf(_new)).JsonAsync(200)).GetProperty("times");
        after.GetProperty("ownTimes").GetArrayLength().ShouldBe(1);
    }

    private Task<System.Text.Json.JsonElement> PlanAsync(Guid child, object appointment) =>
        _house.As(Roles.Medical).PostAsync($"/interviews/v1/children/{child:D}/medical-appointments", appointment).JsonAsync(201);

    private Task<System.Text.Json.JsonElement> TimesAsync(Guid child, object times) =>
        _house.As(Roles.Interviewer).PostAsync($"/interviews/v1/children/{child:D}/own-times", times).JsonAsync(200);

    [Fact]
    public async Task The_key_of_the_old_file_can_go_and_what_was_carried_over_stays_readable()
    {
        var interview = await _house.DecidedAsync(_old);
        await _house.TellAsync(_old, 1, "merged", _new);
        await _house.UntilAsync(async () => (await _house.StateAsync(_new)).Find(interview) is not null, "the interview to be carried over");
        var vault = _house.Services.GetRequiredService<IKeyVault>();
        await vault.DestroyAsync(new KeyName(SubjectId.Child(_old), Regime.Police), InterviewHouse.Start, default);
        var read = await _house.As(Roles.Interviewer).GetAsync(Steps.PathOf(_new, interview)).JsonAsync(200);
        read.GetProperty("request").GetProperty("question").GetString().ShouldBe("What happened online");
        var old = await _house.As(Roles.Interviewer).GetAsync(Steps.PathOf(_old, interview)).JsonAsync(200);
        old.GetProperty("request").GetProperty("question").GetProperty("destroyed").GetString().ShouldBe("police");
    }

    [Fact]
    public async Task An_older_message_does_not_open_a_closed_file_again()
    {
        await _house.TellAsync(_new, 5, "closed");
        await _house.TellAsync(_new, 4, "open");
        (await _house.StateAsync(_new)).File!.Status.ShouldBe("closed");
        (await _house.As(Roles.Interviewer).PostAsync(Steps.PathOf(_new), new { kind = "forensic", question = "?" }).RuleAsync()).ShouldBe("file-closed");
        await _house.TellAsync(_new, 6, "open");
        await _house.As(Roles.Interviewer).PostAsync(Steps.PathOf(_new), new { kind = "forensic", question = "?" }).JsonAsync(201);
    }
}
