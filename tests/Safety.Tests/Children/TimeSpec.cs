using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Risk;

namespace Barnahus.Safety.Tests.Children;

/// <summary>What time itself does: once, and only when it still matters.</summary>
public sealed class TimeSpec : SafetySpec
{
    private static readonly Guid AlarmId = Guid.Parse("01990000-0000-7000-8000-0000000000e1");

    private static RaiseAlarm Alarm(string kind, Guid item, DateTimeOffset due) => new(Child, Now, AlarmId, kind, item, due, "due");

    private static AlarmRaised Raised(string kind, Guid item, DateTimeOffset due) => new(Child, AlarmId, Personal.Of(new AlarmContent(kind, item, due, "due")), Now);

    [Fact]
    public Task An_unconfirmed_measure_raises_an_alarm() => Given(Proposed(), Activated)
        .When(Alarm(ItemKind.MeasureUnconfirmed, MeasureId, Now)).Then(Raised(ItemKind.MeasureUnconfirmed, MeasureId, Now));

    [Fact]
    public Task An_alarm_is_raised_once() => Given(Proposed(), Raised(ItemKind.MeasureUnconfirmed, MeasureId, Now))
        .When(Alarm(ItemKind.MeasureUnconfirmed, MeasureId, Now)).Then();

    [Fact]
    public Task A_measure_confirmed_meanwhile_raises_none() => Given(Proposed(), Activated, Confirmed)
        .When(Alarm(ItemKind.MeasureUnconfirmed, MeasureId, Now)).Then();

    [Fact]
    public Task A_lapsing_measure_raises_an_alarm() => Given(Proposed(Now + Day), Activated)
        .When(Alarm(ItemKind.MeasureLapsing, MeasureId, Now + Day)).Then(Raised(ItemKind.MeasureLapsing, MeasureId, Now + Day));

    [Fact]
    public Task A_measure_extended_meanwhile_raises_none_for_its_old_end() =>
        Given(Proposed(Now + Day), new MeasureExtended(Child, MeasureId, Now + (9 * Day), Now, Personal.Of("x")))
            .When(Alarm(ItemKind.MeasureLapsing, MeasureId, Now + Day)).Then();

    [Fact]
    public Task An_overdue_reassessment_raises_an_alarm() => Given(Opened())
        .When(Alarm(ItemKind.Reassessment, ReassessmentId, Now)).Then(Raised(ItemKind.Reassessment, ReassessmentId, Now));

    [Fact]
    public Task A_child_without_assessment_raises_an_alarm() => Given(Learned(File()))
        .When(Alarm(ItemKind.FirstAssessment, Child, Now)).Then(Raised(ItemKind.FirstAssessment, Child, Now));

    [Fact]
    public Task A_child_that_was_assessed_raises_none() => Given(Learned(File()), Assessed).When(Alarm(ItemKind.FirstAssessment, Child, Now)).Then();

    [Fact]
    public Task A_measure_lapses_at_its_end_and_the_risk_is_looked_at_again() => Given(Proposed(Now), Activated)
        .When(new LapseMeasure(Child, Now, MeasureId, Now, ReassessmentId, Day))
        .Then(
            new MeasureLapsed(Child, MeasureId, Now),
            new ReassessmentOpened(Child, ReassessmentId, Now, Personal.Of(Now + Day), Personal.Of(new TriggerContent("measure-lapsed", null, null, null))));

    [Fact]
    public Task A_measure_that_was_ended_does_not_lapse() => Given(Proposed(Now), Activated, new MeasureEnded(Child, MeasureId, Now, Personal.Of("x")))
        .When(new LapseMeasure(Child, Now, MeasureId, Now, ReassessmentId, Day)).Then();

    [Fact]
    public Task A_measure_does_not_lapse_before_its_end() => Given(Proposed(Now + Day))
        .When(new LapseMeasure(Child, Now, MeasureId, Now + Day, ReassessmentId, Day)).Then();

    [Fact]
    public Task The_18th_birthday_opens_a_reassessment() => Given(Learned(File()))
        .When(new OpenByTime(Child, Now, ReassessmentId, "eighteenth-birthday", Day))
        .Then(new ReassessmentOpened(Child, ReassessmentId, Now, Personal.Of(Now + Day), Personal.Of(new TriggerContent("eighteenth-birthday", null, null, null))));

    [Fact]
    public Task It_opens_once() => Given(Opened()).When(new OpenByTime(Child, Now, ReassessmentId, "eighteenth-birthday", Day)).Then();

    [Fact]
    public Task Nothing_happens_by_time_in_a_merged_file() => Given(Proposed(Now), Learned(File(status: "merged", mergedInto: OtherChild)))
        .When(new LapseMeasure(Child, Now, MeasureId, Now, ReassessmentId, Day)).Then();
}
