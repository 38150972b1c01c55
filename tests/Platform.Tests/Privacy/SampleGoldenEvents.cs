using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>The golden files of the imagined service; they also show that the check can fail.</summary>
public sealed class SampleGoldenEvents() : GoldenEventSpec([Sample.Source])
{
    [Fact]
    public void A_member_more_is_noticed() => Broken(typeof(ChildToldMore)).ShouldContain("sample.child-told.v1");

    [Fact]
    public void Another_regime_is_noticed() => Broken(typeof(ChildToldToCare)).ShouldContain("sample.child-told.v1");

    [Fact]
    public void A_forgotten_version_is_noticed() =>
        Should.Throw<ShouldAssertException>(() => new Changed(new EventSource("sample", [typeof(ChildTold)])).No_version_that_was_written_is_forgotten())
            .Message.ShouldContain("sample.called.v1");

    private static string Broken(Type type) =>
        Should.Throw<ShouldAssertException>(
            () => new Changed(new EventSource("sample", [type])).Every_event_version_is_written_as_its_golden_file_shows()).Message;

    [EventType("sample.child-told.v1")]
    internal sealed record ChildToldMore(Guid ChildId, [property: Personal(Regime.Police)] Personal<string>? What, string? More) : IEvent
    {
        public SubjectId Subject => SubjectId.Child(ChildId);
    }

    [EventType("sample.child-told.v1")]
    internal sealed record ChildToldToCare(Guid ChildId, [property: Personal(Regime.Care)] Personal<string>? What) : IEvent
    {
        public SubjectId Subject => SubjectId.Child(ChildId);
    }

    private sealed class Changed(EventSource source) : GoldenEventSpec([source])
    {
        protected override bool MayWrite => false;
    }
}
