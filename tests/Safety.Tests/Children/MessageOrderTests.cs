using Barnahus.Contracts;
using Barnahus.Platform.Deciding;
using Barnahus.Safety.Children;
using Barnahus.Safety.Messages;
using Barnahus.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Barnahus.Safety.Tests.Children;

/// <summary>Messages come late, twice and in any order; what is known in the end is the same.</summary>
public sealed class MessageOrderTests : SafetySpec
{
    private static readonly Guid[] People = [.. Enumerable.Range(1, 3).Select(n => DerivedId.From($"person/{n}"))];

    private static readonly Gen<RepresentativeFacts> Representative =
        from person in Gen.Elements(People)
        from suspected in ArbMap.Default.GeneratorFor<bool>()
        from informed in ArbMap.Default.GeneratorFor<bool>()
        select new RepresentativeFacts(person, "father", suspected, informed);

    private static readonly Gen<Said> Message =
        from status in Gen.Elements("open", "closed", "merged")
        from coordinator in Gen.Elements(People)
        from representatives in Gen.ListOf(Representative)
        from known in ArbMap.Default.GeneratorFor<bool>()
        select new Said(status, coordinator, known ? [.. representatives.DistinctBy(one => one.PersonId)] : null);

    /// <summary>A history of messages and a delivery of it: every one at least once, in any order.</summary>
    private static readonly Gen<(List<(int Revision, Said Said)> History, List<(int Revision, Said Said)> Delivery)> Deliveries =
        from count in Gen.Choose(1, 8)
        from said in Gen.ListOf(Message, count)
        let history = Numbered(said)
        from again in Gen.SubListOf(history.ToArray())
        from delivery in Gen.Shuffle<(int Revision, Said Said)>([.. history, .. again])
        select (history, delivery.ToList());

    [Fact]
    public void Shuffled_and_repeated_messages_end_in_the_same_state() => Prop.ForAll(Deliveries.ToArbitrary(), pair =>
        PlainJson.Print(Heard(pair.Delivery)) == PlainJson.Print(Heard(pair.History))).QuickCheckThrowOnFailure();

    [Fact]
    public void Whoever_was_ever_suspected_opened_one_reassessment() => Prop.ForAll(Deliveries.ToArbitrary(), pair =>
        Heard(pair.Delivery).Reassessments.Count == pair.History
            .SelectMany(message => message.Said.Representatives ?? [])
            .Where(representative => representative.Suspected)
            .DistinctBy(representative => representative.PersonId)
            .Count()).QuickCheckThrowOnFailure();

    private static List<(int Revision, Said Said)> Numbered(IEnumerable<Said> said) => [.. said.Select((one, revision) => (revision, one))];

    private static ChildSafety Heard(IEnumerable<(int Revision, Said Said)> messages) => messages.Aggregate(ChildSafety.Initial, (state, message) =>
    {
        var (revision, said) = message;
        var source = new Source(DerivedId.From($"event/{revision}"), $"intake.child-{Child:D}", revision, Now, Child);
        var changed = new ChildFileChanged(
            source, Child, said.Status, said.Status == "merged" ? OtherChild : null, "Amsterdam", Now - Day, Now - Day, null, said.Coordinator, null);
        var facts = said.Representatives is { } representatives
            ? new ChildFacts(null, 15, null, null, false, null, false, false, [], new StructuredNeeds(), representatives)
            : null;
        var decision = ChildSafetyDecider.Decide(OnChildFileChanged.Command(changed, facts, Terms, Now), state);
        return decision.ShouldBeOfType<Decision.Accepted>().Events.Aggregate(state, ChildSafety.Evolve);
    });

    private sealed record Said(string Status, Guid Coordinator, IReadOnlyList<RepresentativeFacts>? Representatives);
}
