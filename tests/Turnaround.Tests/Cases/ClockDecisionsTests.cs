using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Clocks;
using static Barnahus.Turnaround.Tests.Some;

namespace Barnahus.Turnaround.Tests.Cases;

public sealed class ClockDecisionsTests : CaseSpec
{
    private static readonly Guid FileClock = ClockId("report-to-file");
    private static readonly Guid AssessmentClock = ClockId("referral-to-assessment");
    private static readonly Guid WindowClock = ClockId("forensic-window");
    private static readonly DateTimeOffset Today = At("2026-09-08T10:00:00Z");
    private static readonly DateTimeOffset Yesterday = At("2026-09-07T10:00:00Z");

    /// <summary>Due 5 March 2027, 11 in the morning in the Netherlands.</summary>
    private static readonly DateTimeOffset FileDue = At("2027-03-05T09:00:00Z");

    private static IReadOnlyList<IEvent> Opened { get; } = Some.Decide(Case.Initial, File(0, Eva));

    [Fact]
    public Task A_clock_is_suspended() => Given([.. Opened]).When(new CaseCommand.Suspend(FileClock, Yesterday, "suspect is abroad", Today))
        .Then(new ClockSuspended(CaseId, Child, FileClock, Yesterday, Personal.Of("suspect is abroad")));

    [Fact]
    public void All_clocks_are_suspended_but_the_one_that_nature_runs() =>
        Given([.. Opened]).When(new CaseCommand.Suspend(null, Today, "suspect is abroad", Today)).State()
            .Clocks.Values.Where(clock => clock.IsSuspended).Select(clock => clock.ClockId).ShouldBe([FileClock, AssessmentClock], ignoreOrder: true);

    [Fact]
    public Task A_suspended_clock_is_resumed() => Given([.. Opened, Suspended(Yesterday)]).When(new CaseCommand.Resume(FileClock, Today, Today))
        .Then(new ClockResumed(CaseId, Child, FileClock, Today));

    [Fact]
    public void A_suspension_moves_the_date() =>
        Reckoning.Read(Fold([.. Opened, Suspended(Yesterday), new ClockResumed(CaseId, Child, FileClock, Today)]).Clocks[FileClock], Today)
            .Due.ShouldBe(FileDue.AddDays(1));

    [Theory]
    [InlineData("2026-09-08T10:00:01Z", "in-the-future")]
    [InlineData("2026-09-05T07:59:59Z", "before-the-clock-ran")]
    public void A_suspension_from_a_moment_that_cannot_be_is_refused(string from, string rule) =>
        Given([.. Opened]).When(new CaseCommand.Suspend(FileClock, At(from), "why", Today)).ThenRefused(rule);

    [Fact]
    public void A_suspension_does_not_reach_back_over_the_last_one() =>
        Given([.. Opened, Suspended(Yesterday), new ClockResumed(CaseId, Child, FileClock, Today)])
            .When(new CaseCommand.Suspend(FileClock, Yesterday.AddHours(1), "why", Today)).ThenRefused("before-the-clock-ran");

    [Fact]
    public void Nature_s_term_is_not_suspended() =>
        Given([.. Opened]).When(new CaseCommand.Suspend(WindowClock, Today, "why", Today)).ThenRefused("clock-cannot-wait");

    [Fact]
    public void Nature_s_term_is_not_extended() =>
        Given([.. Opened]).When(new CaseCommand.Extend(WindowClock, Today.AddDays(30), "why", Today)).ThenRefused("clock-cannot-wait");

    [Fact]
    public void Nature_s_term_gets_no_other_target() =>
        Given([.. Opened]).When(new CaseCommand.SetTarget(WindowClock, Today.AddDays(30), "plan", Today)).ThenRefused("clock-cannot-wait");

    [Fact]
    public void A_clock_that_stands_still_is_not_suspended_again() =>
        Given([.. Opened, Suspended(Yesterday)]).When(new CaseCommand.Suspend(FileClock, Today, "why", Today)).ThenRefused("clock-suspended");

    [Fact]
    public void A_term_that_was_over_is_not_suspended() =>
        Given([.. Opened]).When(new CaseCommand.Suspend(FileClock, FileDue.AddDays(1), "why", FileDue.AddDays(2))).ThenRefused("clock-breached");

    [Fact]
    public void When_nothing_can_be_suspended_that_is_said() =>
        Given([.. Opened]).When(new CaseCommand.Suspend(null, FileDue.AddDays(1), "why", FileDue.AddDays(2))).ThenRefused("no-clock-to-suspend");

    [Fact]
    public void A_clock_that_runs_is_not_resumed() =>
        Given([.. Opened]).When(new CaseCommand.Resume(FileClock, Today, Today)).ThenRefused("clock-not-suspended");

    [Fact]
    public void A_clock_is_not_resumed_before_it_was_suspended() =>
        Given([.. Opened, Suspended(Yesterday)]).When(new CaseCommand.Resume(null, Yesterday.AddHours(-1), Today)).ThenRefused("before-the-suspension");

    [Fact]
    public Task A_clock_is_extended() => Given([.. Opened]).When(new CaseCommand.Extend(FileClock, FileDue.AddDays(30), "digital traces", Today))
        .Then(new ClockExtended(CaseId, Child, FileClock, FileDue.AddDays(30), Today, Personal.Of("digital traces")));

    [Theory]
    [InlineData(0, "2026-09-08T10:00:00Z", "extension-not-later")]
    [InlineData(30, "2027-03-05T09:00:01Z", "clock-breached")]
    public void An_extension_that_gives_no_time_or_comes_too_late_is_refused(int days, string now, string rule) =>
        Given([.. Opened]).When(new CaseCommand.Extend(FileClock, FileDue.AddDays(days), "why", At(now))).ThenRefused(rule);

    [Fact]
    public Task The_prosecutor_s_date_may_be_earlier_than_the_norm() =>
        Given([.. Opened]).When(new CaseCommand.SetTarget(FileClock, At("2026-12-01T11:00:00Z"), "two detectives", Today))
            .Then(new TargetSet(CaseId, Child, FileClock, At("2026-12-01T11:00:00Z"), Today, Personal.Of("two detectives")));

    [Fact]
    public void A_target_in_the_past_is_refused() =>
        Given([.. Opened]).When(new CaseCommand.SetTarget(FileClock, Today, "plan", Today)).ThenRefused("target-in-the-past");

    [Fact]
    public void A_clock_that_stands_still_gets_no_target_and_no_extension()
    {
        Given([.. Opened, Suspended(Yesterday)]).When(new CaseCommand.SetTarget(FileClock, FileDue, "plan", Today)).ThenRefused("clock-suspended");
        Given([.. Opened, Suspended(Yesterday)]).When(new CaseCommand.Extend(FileClock, FileDue.AddDays(9), "why", Today)).ThenRefused("clock-suspended");
    }

    [Fact]
    public void A_clock_that_is_not_there_cannot_be_decided_about()
    {
        var nowhere = ClockId("nowhere");
        Given([.. Opened]).When(new CaseCommand.SetTarget(nowhere, FileDue, "plan", Today)).ThenRefused("clock-not-running");
        Given([.. Opened]).When(new CaseCommand.Extend(nowhere, FileDue, "why", Today)).ThenRefused("clock-not-running");
        Given([.. Opened]).When(new CaseCommand.Suspend(nowhere, Today, "why", Today)).ThenRefused("clock-not-running");
    }

    private static ClockSuspended Suspended(DateTimeOffset from) => new(CaseId, Child, FileClock, from, Personal.Of("suspect is abroad"));
}
