using Barnahus.Intake.Children;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Tests.Children;

public sealed class RestrictionSpec : ChildSpec
{
    private static readonly PartRestricted Restricted =
        new(Now, FileParts.Referrals, RestrictionKinds.UntilInterviewed, Personal.Of("Onbevangen horen")) { ChildId = Child };

    private static readonly ChildInterviewed Interviewed = new(Now, 7) { ChildId = Child };

    [Fact]
    public async Task A_part_is_restricted_once()
    {
        var command = new RestrictPart(FileParts.Referrals, RestrictionKinds.UntilInterviewed, "Onbevangen horen") { Now = Now };
        await Given(Opened).When(command).Then(Restricted);
        await Given(Opened, Restricted).When(command).Then();
    }

    [Fact]
    public void Restricting_takes_a_reason_and_comes_before_the_interview()
    {
        Given(Opened).When(new RestrictPart(FileParts.Needs, RestrictionKinds.Processing, " ") { Now = Now }).ThenRefused("ground-required");
        Given(Opened, Interviewed).When(new RestrictPart(FileParts.Needs, RestrictionKinds.UntilInterviewed, "Te laat") { Now = Now })
            .ThenRefused("already-interviewed");
    }

    [Fact]
    public Task A_restriction_is_lifted_with_a_reason() => Given(Opened, Restricted)
        .When(new LiftRestriction(FileParts.Referrals, "Niet meer nodig") { Now = Now })
        .Then(new RestrictionLifted(Now, FileParts.Referrals, Personal.Of("Niet meer nodig")) { ChildId = Child });

    [Fact]
    public async Task The_interview_opens_what_was_kept_for_it_and_nothing_else()
    {
        var processing = new PartRestricted(Now, FileParts.Needs, RestrictionKinds.Processing, Personal.Of("Bezwaar")) { ChildId = Child };
        await Given(Opened, Restricted, processing).When(new LearnOfInterview(Now, 7) { Now = Now }).Then(
            Interviewed,
            new RestrictionLifted(Now, FileParts.Referrals, Personal.Of("The interview was completed.")) { ChildId = Child });
        await Given(Opened, Interviewed).When(new LearnOfInterview(Now, 9) { Now = Now }).Then();
        await Given(Opened, Merged).When(new LearnOfInterview(Now, 7) { Now = Now }).Then();
    }
}
