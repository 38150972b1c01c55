using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Deciding;
using Barnahus.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Barnahus.Interviews.Tests.Interviews;

/// <summary>What Intake tells of a file comes late, twice and in any order; what is known of the child in the end is the same.</summary>
public sealed class MessageOrderTests
{
    private static readonly Guid Child = Guid.Parse("01890000-0000-7000-8000-000000000001");
    private static readonly Guid Other = Guid.Parse("01890000-0000-7000-8000-000000000002");

    private static readonly Gen<ChildLearned> Told =
        from status in Gen.Elements("open", "closed", "merged")
        from region in Gen.Elements("Amsterdam", "Limburg")
        select new ChildLearned(Child, 0, status, status == "merged" ? Other : null, region, null, null);

    /// <summary>A history of messages and a delivery of it: every one at least once, in any order.</summary>
    private static readonly Gen<(List<ChildLearned> History, List<ChildLearned> Delivery)> Deliveries =
        from count in Gen.Choose(1, 8)
        from told in Gen.ListOf(Told, count)
        let history = told.Select((one, revision) => one with { SourceRevision = revision }).ToArray()
        from again in Gen.SubListOf(history)
        from delivery in Gen.Shuffle<ChildLearned>([.. history, .. again])
        select (history.ToList(), delivery.ToList());

    [Fact]
    public void Shuffled_and_repeated_messages_end_in_the_same_file() => Prop.ForAll(Deliveries.ToArbitrary(), pair =>
        PlainJson.Print(Heard(pair.Delivery).File!) == PlainJson.Print(Heard(pair.History).File!)).QuickCheckThrowOnFailure();

    private static ChildInterviews Heard(IEnumerable<ChildLearned> messages)
    {
        var decider = InterviewDecider.Decider;
        return messages.Aggregate(decider.Initial, (state, message) =>
            decider.Decide(new InterviewsCommand.LearnChild(message), state).ShouldBeOfType<Decision.Accepted>().Events.Aggregate(state, decider.Evolve));
    }
}
