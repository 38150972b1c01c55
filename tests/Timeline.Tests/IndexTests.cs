using System.Text;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Timeline.Index;
using FsCheck;
using FsCheck.Fluent;

namespace Barnahus.Timeline.Tests;

/// <summary>Whatever is written in whatever order, the index finds the same events as a reading of the whole log by the rule.</summary>
public sealed class IndexTests
{
    private static readonly Guid[] Children = [.. Enumerable.Range(1, 4).Select(i => new Guid(i, 0, 0, new byte[8]))];

    private static readonly Gen<Written> Events =
        from stream in Gen.Choose(0, 4)
        from about in Gen.Choose(0, 6)
        from corrected in Gen.Frequency((9, Gen.Constant(false)), (1, Gen.Constant(true)))
        select new Written($"stream-{stream}", about < 4 ? SubjectId.Child(Children[about]) : about == 4 ? SubjectId.None : SubjectId.Referral(new Guid(about * 10 + stream, 0, 0, new byte[8])), corrected);

    [Fact]
    public void It_finds_what_a_reading_of_the_whole_log_finds() =>
        Prop.ForAll(Events.ListOf().ToArbitrary(), written =>
        {
            var log = Logged(written);
            var index = new TimelineIndex();
            log.ForEach(index.Apply);
            foreach (var child in Children)
            {
                Found(index, log, child).ShouldBe(Naive(log, child));
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void Merges_are_followed_over_any_number_of_steps()
    {
        var index = new TimelineIndex();
        Written[] written = [.. Children.Select(child => new Written($"of-{child:D}", SubjectId.Child(child), false))];
        Logged(written).ForEach(index.Apply);
        Merge(index, Children[0], Children[1]);
        Merge(index, Children[1], Children[2]);

        index.StreamsOf(Children[2]).Children.ShouldBe([Children[2], Children[1], Children[0]], ignoreOrder: true);
        index.StreamsOf(Children[2]).Spans.Count.ShouldBe(3 + 2);
    }

    private static void Merge(TimelineIndex index, Guid from, Guid into) => index.Apply(
        Event(new Written($"access.child-{from:D}", SubjectId.Child(from), false), 1, 0) with
        {
            Type = "access.child-merged.v1",
            Data = Encoding.UTF8.GetBytes($$"""{"childId":"{{from:D}}","intoChildId":"{{into:D}}"}"""),
        });

    private static List<LoggedEvent> Logged(IEnumerable<Written> written)
    {
        var revisions = new Dictionary<string, long>(StringComparer.Ordinal);
        var log = new List<LoggedEvent>();
        foreach (var one in written)
        {
            var revision = revisions[one.Stream] = revisions.GetValueOrDefault(one.Stream, -1) + 1;
            log.Add(Event(one, log.Count + 1, revision));
        }

        return log;
    }

    private static LoggedEvent Event(Written one, long position, long revision) => new(
        new LogPosition(position),
        one.Stream,
        revision,
        Guid.NewGuid(),
        one.JoinCorrected ? "intake.referral-join-corrected.v1" : "sample.thing-done.v1",
        "{}"u8.ToArray(),
        Encoding.UTF8.GetBytes($$$"""{"subject":"{{{one.About}}}","actor":{"role":"system","client":"test"}}"""),
        default);

    private static List<long> Found(TimelineIndex index, List<LoggedEvent> log, Guid child)
    {
        var streams = index.StreamsOf(child);
        return
        [
            .. log.Where(e => streams.Spans.Any(span => span.Stream == e.Stream && span.First <= e.Revision && e.Revision <= span.Last))
                .Where(e => streams.Covers(Envelope.SubjectOf(e)))
                .Select(e => e.Position.Value),
        ];
    }

    private static List<long> Naive(List<LoggedEvent> log, Guid child)
    {
        Guid? LastNamed(string stream) => log.Where(e => e.Stream == stream).Aggregate((Guid?)null, (named, e) =>
            e.Type == "intake.referral-join-corrected.v1" ? null : Envelope.SubjectOf(e) is { Kind: "child" } about ? about.Id : named);
        return
        [
            .. log.Where(e => Envelope.SubjectOf(e) is var about
                    && (about == SubjectId.Child(child) || (about.Kind == "referral" && LastNamed(e.Stream) == child)))
                .Select(e => e.Position.Value),
        ];
    }

    internal sealed record Written(string Stream, SubjectId About, bool JoinCorrected);
}
