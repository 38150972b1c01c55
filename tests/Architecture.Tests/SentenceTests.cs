using Barnahus.Testing;
using Barnahus.Timeline.Sentences;

namespace Barnahus.Architecture.Tests;

/// <summary>Every event of every service is said on the timeline, in Dutch and in English.</summary>
public sealed class SentenceTests
{
    private readonly EventCatalogue _events = new(EventCatalogue.AllAssemblies());

    [Fact]
    public void Every_event_has_its_sentence_and_every_place_its_field() =>
        SentenceRules.Broken(_events, SentenceBook.Shipped()).ShouldBeEmpty();

    [Theory]
    [InlineData("""{"access.member-added.v1":{"nl":"{accountId}","en":"{colour}"}}""", "access.member-added.v1: there is no colour")]
    [InlineData("""{"access.member-added.v1":{"nl":"{role?{colour}|}","en":"x"}}""", "access.member-added.v1: there is no colour")]
    [InlineData("""{"access.member-added.v1":{"nl":"{role>}","en":"x","group":"file"}}""", "access.member-added.v1: role is no sealed field")]
    [InlineData("""{"access.never-was.v1":{"nl":"x","en":"x"}}""", "access.never-was.v1 has a sentence and is no event")]
    [InlineData("""{"access.member-added.v1":{"nl":"x","en":"x","parts":["weather"]}}""", "access.member-added.v1: the file has no part weather")]
    [InlineData("""{"intake.child-file-closed.v1":{"nl":"{ground>}","en":"x","group":"file"}}""", "intake.child-file-closed.v1 opens personal fields of the file: say of which parts, or none")]
    [InlineData("{}", "access.member-added.v1 has no sentence")]
    public void What_breaks_the_rule_is_found(string sentences, string broken) =>
        SentenceRules.Broken(_events, SentenceBook.Of([sentences], "{}")).ShouldContain(broken);
}
