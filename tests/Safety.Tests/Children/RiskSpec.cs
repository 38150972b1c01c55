using Barnahus.Platform.Privacy;
using Barnahus.Safety.Risk;

namespace Barnahus.Safety.Tests.Children;

public sealed class RiskSpec : SafetySpec
{
    private static readonly Guid Second = Guid.Parse("01990000-0000-7000-8000-0000000000b2");
    private static readonly PlanContent Plan = new(["She sleeps safely."], [new PlanAgreement("Call every evening", "coordinator", null)], null);

    private static AssessRisk Assess(DateTimeOffset? review = null, params Guid[] answers) =>
        new(Child, Now, AssessmentId, Risk, review, answers.Length == 0 ? null : [.. answers]);

    [Fact]
    public Task The_first_assessment_is_version_1() => Given().When(Assess(Now + Day))
        .Then(new RiskAssessed(Child, AssessmentId, 1, Now, Now + Day, Personal.Of(Risk)));

    [Fact]
    public Task A_new_assessment_is_the_next_version_and_answers_what_is_open() =>
        Given(new RiskAssessed(Child, Second, 1, Now - Day, null, Personal.Of(Risk)), Opened(), Opened(Second, "leave"))
            .When(Assess())
            .Then(
                new RiskAssessed(Child, AssessmentId, 2, Now, null, Personal.Of(Risk)),
                new ReassessmentClosed(Child, ReassessmentId, AssessmentId, Now),
                new ReassessmentClosed(Child, Second, AssessmentId, Now));

    [Fact]
    public Task It_answers_only_what_it_names() => Given(Opened(), Opened(Second, "leave")).When(Assess(null, Second))
        .Then(new RiskAssessed(Child, AssessmentId, 1, Now, null, Personal.Of(Risk)), new ReassessmentClosed(Child, Second, AssessmentId, Now));

    [Fact]
    public void It_cannot_answer_what_is_not_open() => Given(Opened()).When(Assess(null, Second)).ThenRefused("no-such-reassessment");

    [Fact]
    public void A_review_lies_ahead() => Given().When(Assess(Now - Day)).ThenRefused("review-in-the-past");

    [Fact]
    public Task A_trigger_opens_a_reassessment_within_the_term_of_its_type() => Given()
        .When(new OpenReassessment(Child, Now, ReassessmentId, Trigger("runaway"), TimeSpan.FromHours(4)))
        .Then(new ReassessmentOpened(Child, ReassessmentId, Now, Personal.Of(Now + TimeSpan.FromHours(4)), Personal.Of(Trigger("runaway"))));

    [Fact]
    public Task A_reassessment_for_a_hearing_is_due_before_the_hearing() => Given()
        .When(new OpenReassessment(Child, Now, ReassessmentId, Trigger("hearing-date", Now + (2 * Day)), 7 * Day))
        .Then(new ReassessmentOpened(Child, ReassessmentId, Now, Personal.Of(Now + (2 * Day)), Personal.Of(Trigger("hearing-date", Now + (2 * Day)))));

    [Fact]
    public Task A_trigger_that_lies_behind_gets_its_whole_term() => Given()
        .When(new OpenReassessment(Child, Now, ReassessmentId, Trigger("suspect-released", Now - Day), Day))
        .Then(new ReassessmentOpened(Child, ReassessmentId, Now, Personal.Of(Now + Day), Personal.Of(Trigger("suspect-released", Now - Day))));

    [Fact]
    public Task A_plan_answers_an_assessment() => Given(Assessed).When(new AdoptPlan(Child, Now, Second, Plan))
        .Then(new PlanAdopted(Child, Second, 1, Now, Personal.Of(Plan)));

    [Fact]
    public void There_is_no_plan_without_an_assessment() => Given().When(new AdoptPlan(Child, Now, Second, Plan)).ThenRefused("assess-first");
}
