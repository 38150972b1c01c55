using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Tests.Interviews;

public sealed class RequestTests : InterviewSpec
{
    [Fact]
    public Task A_first_interview_is_requested() =>
        Given(Learned).When(Asking(First)).Then(new InterviewRequested(ChildId, First, InterviewKind.Forensic, Request()));

    [Fact]
    public void An_unknown_child_has_no_interview() => Given().When(Asking(First)).ThenRefused("unknown-child");

    [Fact]
    public void A_closed_file_takes_no_interview() => Given(Learned with { Status = "closed" }).When(Asking(First)).ThenRefused("file-closed");

    [Fact]
    public void A_merged_file_takes_no_interview() =>
        Given(Learned with { Status = "merged", MergedInto = OtherChildId }).When(Asking(First)).ThenRefused("file-merged");

    [Fact]
    public void A_decision_on_an_older_version_of_the_file_is_made_again() =>
        Given(Learned with { SourceRevision = 4 }).When(Asking(First)).ThenRefused("child-file-changed");

    [Theory]
    [InlineData(InterviewKind.Forensic)]
    [InlineData(InterviewKind.Supplementary)]
    [InlineData(InterviewKind.InformativeTalk)]
    public void A_second_interview_is_refused_without_a_ground(string kind) =>
        Given([.. Ready(First), Started(First), Completed(First)]).When(Asking(Second, kind)).ThenRefused("one-interview");

    [Fact]
    public Task A_second_interview_with_a_ground_is_put_before_the_prosecutor() =>
        Given([.. Ready(First), Started(First), Completed(First)])
            .When(Asking(Second, InterviewKind.Supplementary, ground: true))
            .Then(new InterviewRequested(ChildId, Second, InterviewKind.Supplementary, Request(second: true)));

    [Fact]
    public void A_ground_does_not_open_a_second_interview_beside_one_that_is_under_way() =>
        Given(Learned, Requested(First)).When(Asking(Second, ground: true)).ThenRefused("one-interview");

    [Fact]
    public void The_informative_talk_counts_since_in_it_the_child_already_tells() =>
        Given(Learned, Requested(First, InterviewKind.InformativeTalk), Approved(First), Booked(First), Started(First), Completed(First))
            .When(Asking(Second)).ThenRefused("one-interview");

    [Fact]
    public Task An_RC_hearing_is_no_second_interview() =>
        Given([.. Ready(First), Started(First), Completed(First)])
            .When(Asking(Second, InterviewKind.RcHearing))
            .Then(new InterviewRequested(ChildId, Second, InterviewKind.RcHearing, Request()));

    [Fact]
    public void After_an_RC_hearing_the_child_has_told() =>
        Given(Learned, Requested(First, InterviewKind.RcHearing), Approved(First, role: "examining-judge"), Booked(First), Started(First))
            .When(Asking(Second)).ThenRefused("one-interview");

    [Fact]
    public Task An_interview_that_was_called_off_does_not_count() =>
        Given(Learned, Requested(First), Cancelled(First)).When(Asking(Second)).Then(new InterviewRequested(ChildId, Second, InterviewKind.Forensic, Request()));

    [Fact]
    public Task An_interview_that_was_refused_does_not_count() =>
        Given(Learned, Requested(First), new InterviewDecided(ChildId, First, Decision(approved: false)))
            .When(Asking(Second)).Then(new InterviewRequested(ChildId, Second, InterviewKind.Forensic, Request()));

    [Fact]
    public void A_child_who_is_also_suspect_is_not_asked_before_the_prosecutor_decided_on_its_status() =>
        Given(Learned).When(Asking(First, child: With(facts => facts with { AlsoSuspect = true }))).ThenRefused("suspect-status-first");

    [Fact]
    public Task Once_the_status_is_decided_the_interview_is_requested() =>
        Given(Learned, StatusDecided)
            .When(Asking(First, child: With(facts => facts with { AlsoSuspect = true })))
            .Then(new InterviewRequested(ChildId, First, InterviewKind.Forensic, Request()));

    [Fact]
    public Task The_prosecutor_decides_on_status_caution_and_lawyer() =>
        Given(Learned).When(new InterviewsCommand.DecideSuspectStatus(StatusDecided.Decision)).Then(StatusDecided);

    [Fact]
    public Task The_prosecutor_approves() =>
        Given(Learned, Requested(First)).When(new InterviewsCommand.Decide(First, Decision())).Then(new InterviewDecided(ChildId, First, Decision()));

    [Fact]
    public Task The_prosecutor_refuses() => Given(Learned, Requested(First))
        .When(new InterviewsCommand.Decide(First, Decision(approved: false))).Then(new InterviewDecided(ChildId, First, Decision(approved: false)));

    [Fact]
    public void A_second_interview_is_not_approved_in_passing() =>
        Given(Learned, Requested(First, second: true)).When(new InterviewsCommand.Decide(First, Decision())).ThenRefused("one-interview");

    [Fact]
    public Task A_second_interview_is_approved_with_its_ground() => Given(Learned, Requested(First, second: true))
        .When(new InterviewsCommand.Decide(First, Decision(groundApproved: true))).Then(new InterviewDecided(ChildId, First, Decision(groundApproved: true)));

    [Fact]
    public void Nobody_but_the_prosecutor_decides() => Given(Learned, Requested(First))
        .When(new InterviewsCommand.Decide(First, Decision(role: "examining-judge"))).ThenRefused("prosecutor-decides");

    [Fact]
    public void On_an_RC_hearing_the_examining_judge_decides() => Given(Learned, Requested(First, InterviewKind.RcHearing))
        .When(new InterviewsCommand.Decide(First, Decision())).ThenRefused("examining-judge-decides");

    [Fact]
    public void A_decision_stands() =>
        Given(Learned, Requested(First), Approved(First)).When(new InterviewsCommand.Decide(First, Decision(approved: false))).ThenRefused("already-decided");

    [Fact]
    public void Of_an_unknown_interview_nothing_is_decided() =>
        Given(Learned).When(new InterviewsCommand.Decide(Second, Decision())).ThenRefused("unknown-interview");

    [Fact]
    public Task A_default_is_waived_with_a_reason() => Given(Learned, Requested(First))
        .When(Waive("pre-visit-first")).Then(new WaiverGranted(ChildId, First, Waiver("pre-visit-first")));

    [Fact]
    public Task What_is_waived_is_waived() => Given(Learned, Requested(First), Waived(First, "pre-visit-first"))
        .When(Waive("pre-visit-first") with { Child = Waiving("pre-visit-first") }).Then();

    [Theory]
    [InlineData("one-interview")]
    [InlineData("advice-not-acknowledged")]
    [InlineData("suspect-status-first")]
    [InlineData("no-parent-in-observation-room")]
    [InlineData("room-taken")]
    public void What_protects_the_child_most_is_not_waived(string rule) =>
        Given(Learned, Requested(First)).When(Waive(rule)).ThenRefused("rule-not-waivable");

    [Fact]
    public void Nothing_is_waived_in_hindsight() => Given([.. Ready(First), Started(First)])
        .When(Waive("pre-visit-first")).ThenRefused("already-started");

    [Fact]
    public void The_interviewer_of_the_first_interview_is_proposed_for_the_second() =>
        OneInterview.PeopleBefore(Fold([.. Ready(First), Started(First), Completed(First), Requested(Second, second: true)]), Second)
            .ShouldBe(["i-brouwer", "p-meijer"]);

    private static SuspectStatusDecided StatusDecided { get; } =
        new(ChildId, new(Now, Prosecutor, Personal.Of(new SuspectStatus("both", "given before the start", "assigned", "Victim first"))));
}
