using Barnahus.Interviews.Interviews;

namespace Barnahus.Interviews.Tests.Interviews;

/// <summary>Who was booked starts, at the booked time: nobody else, and on no other day, unless that was waived.</summary>
public sealed class StartTests : InterviewSpec
{
    private static readonly DateTimeOffset Start = Slot().Start;

    [Fact]
    public void Another_interviewer_does_not_start_what_somebody_else_is_booked_for() =>
        Given(Ready(First)).When(Starting(booked: Companion)).ThenRefused("booked-interviewer");

    [Fact]
    public void A_booked_interviewer_without_an_account_on_the_roster_cannot_be_known() =>
        Given(Ready(First)).When(Starting(booked: null)).ThenRefused("booked-interviewer");

    [Fact]
    public async Task With_a_waiver_another_interviewer_who_read_the_advice_does()
    {
        await Given([.. Ready(First), Waived(First, "booked-interviewer")]).When(Starting(booked: Companion) with { Child = Waiving("booked-interviewer") }).Then(Started(First));
        await Given([.. Ready(First), Waived(First, "booked-interviewer")]).When(Starting(booked: null) with { Child = Waiving("booked-interviewer") }).Then(Started(First));
    }

    [Theory]
    [InlineData(-60)]
    [InlineData(0)]
    [InlineData(59)]
    public Task It_starts_from_an_hour_before_until_the_booked_end(int minutes) =>
        Given(Ready(First)).When(Starting(minutes: minutes)).Then(new InterviewStarted(ChildId, First, Start.AddMinutes(minutes), Interviewer));

    [Theory]
    [InlineData(-61)]
    [InlineData(60)]
    [InlineData(24 * 60)]
    [InlineData(-7 * 24 * 60)]
    public async Task At_any_other_time_it_does_not_start_unless_waived(int minutes)
    {
        Given(Ready(First)).When(Starting(minutes: minutes)).ThenRefused("booked-time");
        await Given([.. Ready(First), Waived(First, "booked-time")]).When(Starting(minutes: minutes) with { Child = Waiving("booked-time") })
            .Then(new InterviewStarted(ChildId, First, Start.AddMinutes(minutes), Interviewer));
    }

    [Fact]
    public void An_installation_may_let_it_start_no_earlier_than_booked() =>
        Given(Ready(First)).When(Starting(minutes: -1) with { Settings = new InterviewSettings { StartsEarlyByMinutes = 0 } }).ThenRefused("booked-time");

    private static InterviewsCommand.Start Starting(int minutes = 0) => Starting(Interviewer, minutes);

    private static InterviewsCommand.Start Starting(Guid? booked, int minutes = 0) =>
        new(First, Start.AddMinutes(minutes), Interviewer, "interviewer", booked, Child, new InterviewSettings());
}
