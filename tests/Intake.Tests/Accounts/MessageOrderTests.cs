using Barnahus.Intake.Accounts;
using Barnahus.Platform.Deciding;
using Barnahus.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Barnahus.Intake.Tests.Accounts;

/// <summary>What Identity tells comes late, twice and in any order; what is known of an account in the end is the same.</summary>
public sealed class MessageOrderTests
{
    private static readonly Guid Id = Guid.Parse("01890000-0000-7000-8000-000000000001");

    private static readonly Gen<LearnAccount> Told =
        from roles in Gen.SubListOf("interviewer", "prosecutor", "safety-coordinator")
        from regions in Gen.SubListOf("Amsterdam", "Limburg")
        from disabled in ArbMap.Default.GeneratorFor<bool>()
        select new LearnAccount(Id, 0, [.. roles], "00000000000099900101", [.. regions], disabled, "T. Vos");

    /// <summary>A history of messages and a delivery of it: every one at least once, in any order.</summary>
    private static readonly Gen<(List<LearnAccount> History, List<LearnAccount> Delivery)> Deliveries =
        from count in Gen.Choose(1, 8)
        from told in Gen.ListOf(Told, count)
        let history = told.Select((one, revision) => one with { SourceRevision = revision }).ToArray()
        from again in Gen.SubListOf(history)
        from delivery in Gen.Shuffle<LearnAccount>([.. history, .. again])
        select (history.ToList(), delivery.ToList());

    [Fact]
    public void Shuffled_and_repeated_messages_end_in_the_same_account() => Prop.ForAll(Deliveries.ToArbitrary(), pair =>
        PlainJson.Print(Heard(pair.Delivery)) == PlainJson.Print(Heard(pair.History))).QuickCheckThrowOnFailure();

    [Fact]
    public void A_role_that_was_taken_is_not_held_again_because_an_older_message_comes_late()
    {
        var granted = new LearnAccount(Id, 1, ["prosecutor"], null, [], false, null);
        var taken = granted with { SourceRevision = 2, Roles = [] };
        Heard([taken, granted, granted]).Holds("prosecutor").ShouldBeFalse();
    }

    private static Account Heard(IEnumerable<LearnAccount> messages) => messages.Aggregate(Account.Initial, (state, message) =>
        AccountDecider.Decide(message, state).ShouldBeOfType<Decision.Accepted>().Events.Aggregate(state, Account.Evolve));
}
