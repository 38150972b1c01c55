using Barnahus.Intake.Accounts;
using Barnahus.Intake.Suspects;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Intake.Tests;

public sealed class AccountSpec() : DeciderSpec<LearnAccount, Account>(AccountDecider.Decider)
{
    private static readonly Guid Id = DerivedId.From("account");

    [Fact]
    public Task What_Identity_tells_is_learned() => Given().When(Learn(3)).Then(Learned(3));

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    public Task What_is_not_newer_is_ignored(long revision) => Given(Learned(3)).When(Learn(revision)).Then();

    [Fact]
    public void A_disabled_account_holds_no_role()
    {
        Fold(Learned(1)).Holds("interviewer").ShouldBeTrue();
        Fold(Learned(1)).Holds("prosecutor").ShouldBeFalse();
        Fold(Learned(1), Learned(2) with { Disabled = true }).Holds("interviewer").ShouldBeFalse();
    }

    private static LearnAccount Learn(long revision) => new(Id, revision, ["interviewer"], "00000000000099900006", ["Limburg"], false, "T. Vos");

    private static AccountLearned Learned(long revision) =>
        new(Id, revision, ["interviewer"], "00000000000099900006", ["Limburg"], false, Personal.Of("T. Vos"));
}

public sealed class SuspectSpec() : DeciderSpec<RecordSuspect, Suspect>(SuspectDecider.Decider)
{
    private static readonly Guid Id = DerivedId.From("suspect");
    private static readonly Guid Child = DerivedId.From("child");
    private static readonly SuspectDetails Details = new("D. Man", null, "buurman", "rode auto", null);
    private static readonly SuspectRecorded Recorded = new(Id, Now, Child, Personal.Of(false), Personal.Of(Details));

    [Fact]
    public Task A_suspect_is_recorded_under_a_key_of_its_own()
    {
        Recorded.Subject.ShouldBe(SubjectId.Person(Id));
        return Given().When(new(Id, Now, Child, false, Details)).Then(Recorded);
    }

    [Fact]
    public Task Once_per_file() => Given(Recorded).When(new(Id, Now, Child, false, Details)).Then();
}
