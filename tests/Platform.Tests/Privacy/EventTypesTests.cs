using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>Whatever is wrong with the event records is said at start, all of it at once.</summary>
public sealed class EventTypesTests
{
    [Fact]
    public void Names_and_records_lead_to_each_other()
    {
        var types = new EventTypes([Sample.Source]);

        types.NameOf(typeof(Called)).ShouldBe("sample.called.v3");
        types.TypeOf("sample.called.v3").ShouldBe(typeof(Called));
        types.IsRetired(typeof(CalledV1)).ShouldBeTrue();
        types.Owns("sample.anything").ShouldBeTrue();
        types.Owns("samples.anything").ShouldBeFalse();
        types.Names.ShouldContain("sample.called.v1");
        types.TypeOf("sample.unknown.v1").ShouldBeNull();
        Should.Throw<EventTypesException>(() => types.NameOf(typeof(Unnamed)));
    }

    [Theory]
    [InlineData("is given to", typeof(ChildTold), typeof(ToldAgain))]
    [InlineData("without [EventType]", typeof(Unnamed))]
    [InlineData("is no IEvent", typeof(NoEvent))]
    [InlineData("a name is", typeof(BadlyNamed))]
    [InlineData("a name is", typeof(OthersName))]
    [InlineData("has no [Personal(regime)]", typeof(WithoutRegime))]
    [InlineData("has no [Personal(regime)]", typeof(DeepWithoutRegime))]
    [InlineData("is a dictionary", typeof(InDictionary))]
    [InlineData("itself holds personal fields", typeof(SealedTwice))]
    [InlineData("could not be found", typeof(Anything))]
    [InlineData("do not lead to a current version", typeof(CalledV1))]
    [InlineData("do not lead to a current version", typeof(CalledV1), typeof(CalledV2), typeof(CalledOnce))]
    [InlineData("more than one upcaster", typeof(CalledV1), typeof(CalledV2), typeof(Called), typeof(CalledOnce), typeof(CalledTwice), typeof(CalledOnceMore))]
    [InlineData("is not retired", typeof(Called), typeof(Backwards))]
    public void What_is_wrong_is_said_at_start(string error, params Type[] types) =>
        Should.Throw<EventTypesException>(() => new EventTypes([new EventSource("sample", types)])).Message.ShouldContain(error);

    [Fact]
    public void What_happens_no_longer_is_read_as_it_is_and_not_appended()
    {
        var known = new EventTypes([new EventSource("sample", [typeof(Telegraphed)])]).Of(typeof(Telegraphed));
        (known.Retired, known.Current, known.Upcasts.Count).ShouldBe((true, typeof(Telegraphed), 0));
    }

    [Fact]
    public void A_record_that_contains_itself_is_walked_to_its_end() =>
        new EventTypes([new EventSource("sample", [typeof(Tree)])]).Of(typeof(Tree)).Walk.ShouldNotBeNull();

    [Fact]
    public void An_event_without_personal_fields_is_not_walked() =>
        new EventTypes([new EventSource("sample", [typeof(PlainNoted), typeof(PlainTree)])]).Of(typeof(PlainTree)).Walk.ShouldBeNull();

    [Fact]
    public void Modules_add_their_assembly_and_the_process_owns_their_prefixes()
    {
        using var services = new ServiceCollection()
            .AddEvents(typeof(EventTypes).Assembly, "access")
            .AddEvents(typeof(EventTypes).Assembly, "accesses")
            .AddEvents(typeof(EventTypes).Assembly, "bus")
            .AddEvents(typeof(EventTypes).Assembly, "platform")
            .AddEvents(typeof(EventTypes).Assembly, "vault")
            .AddSingleton(Sample.Source)
            .BuildServiceProvider();

        var types = services.GetRequiredService<EventTypes>();

        types.Owns("access.anything").ShouldBeTrue();
        types.NameOf(typeof(Platform.Access.MemberAdded)).ShouldBe("access.member-added.v1");
        types.TypeOf("sample.called.v3").ShouldBe(typeof(Called));
    }

    internal abstract record AboutChild : IEvent
    {
        public SubjectId Subject => SubjectId.Child(Sample.ChildId);
    }

    [EventType("sample.child-told.v1")]
    internal sealed record ToldAgain : AboutChild;

    internal sealed record Unnamed : AboutChild;

    [EventType("sample.no-event.v1")]
    internal sealed record NoEvent;

    [EventType("sample.BadlyNamed")]
    internal sealed record BadlyNamed : AboutChild;

    [EventType("others.name-taken.v1")]
    internal sealed record OthersName : AboutChild;

    [EventType("sample.without-regime.v1")]
    internal sealed record WithoutRegime(Personal<string> Name) : AboutChild;

    [EventType("sample.deep-without-regime.v1")]
    internal sealed record DeepWithoutRegime(IReadOnlyList<Unsealed> Deep) : AboutChild;

    internal sealed record Unsealed(Personal<int>? Age);

    [EventType("sample.in-dictionary.v1")]
    internal sealed record InDictionary([property: Personal(Regime.Care)] IReadOnlyDictionary<string, Personal<string>> Names) : AboutChild;

    [EventType("sample.sealed-twice.v1")]
    internal sealed record SealedTwice([property: Personal(Regime.Care)] Personal<Note> Note) : AboutChild;

    [EventType("sample.anything-noted.v1")]
    internal sealed record Anything(object What) : AboutChild;

    [EventType("sample.tree-noted.v1")]
    internal sealed record Tree([property: Personal(Regime.Care)] Personal<string> Name, IReadOnlyList<Tree> Branches, IReadOnlyList<PlainTree> Roots) : AboutChild;

    [EventType("sample.plain-tree-noted.v1")]
    internal sealed record PlainTree(string Name, IReadOnlyList<PlainTree> Branches) : AboutChild;

    internal sealed class CalledOnceMore : IUpcaster<CalledV1, Called>
    {
        public Called Upcast(CalledV1 old) => new(old.ChildId, old.Number, Times: 1, "unknown");
    }

    internal sealed class Backwards : IUpcaster<Called, CalledV2>
    {
        public CalledV2 Upcast(Called old) => new(old.ChildId, old.PhoneNumber, old.Times);
    }
}
