using Barnahus.Turnaround.Cases;
using FsCheck;
using FsCheck.Fluent;
using static Barnahus.Turnaround.Tests.Some;

namespace Barnahus.Turnaround.Tests.Cases;

/// <summary>Messages come shuffled, twice, late, or not all: as long as the last of each source is among them, the clocks are the same.</summary>
public sealed class OrderProperties
{
    /// <summary>A story with corrections: the child turns out younger and calmer, is assessed, examined, interviewed; a second interview is cancelled.</summary>
    private static readonly CaseCommand[] Story =
    [
        File(0, Calm),
        File(1, Eva),
        File(4, Eva with { BirthDate = new DateOnly(2021, 5, 1), AcuteUnsafety = false, DisclosureByChild = false }),
        File(7, Calm with { BirthDate = new DateOnly(2021, 5, 1), LastEventAt = At("2026-09-01T10:00:00Z"), Suspicions = ["sexual-abuse"] }, assessedAt: At("2026-09-08T10:00:00Z")),
        Interviews(2, "requested"),
        Interviews(3, "booked", examinedAt: At("2026-09-06T09:00:00Z")),
        Interviews(9, "completed", At("2026-09-12T12:00:00Z"), At("2026-09-06T09:00:00Z")),
        Second(11, "requested"),
        Second(14, "cancelled"),
    ];

    private static readonly Gen<CaseCommand[]> Arrivals =
        from twice in Gen.Elements(Story).ArrayOf(5)
        from shuffled in Gen.Shuffle([.. Story, .. twice])
        select shuffled;

    [Fact]
    public void Shuffled_and_repeated_messages_give_the_same_clocks()
    {
        var inOrder = Printed(Arrive(Story));
        inOrder.Count.ShouldBe(4, "file, assessment, forensic window, interview");
        Prop.ForAll(Arrivals.ToArbitrary(), arrivals => Printed(Arrive(arrivals)).ShouldBe(inOrder)).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
    }

    [Fact]
    public void A_message_again_is_without_effect() => Prop.ForAll(Arrivals.ToArbitrary(), arrivals =>
    {
        var state = Arrive(arrivals);
        foreach (var command in arrivals)
        {
            Decide(state, Knowing(state, command)).ShouldBeEmpty();
        }
    }).QuickCheckThrowOnFailure();

    /// <summary>As the consumer does: what is known of the child is what the case last learned, not what the sender of the interviews knew.</summary>
    private static Case Arrive(IEnumerable<CaseCommand> commands) =>
        commands.Aggregate(Case.Initial, (state, command) => Decide(state, Knowing(state, command)).Aggregate(state, Some.Evolve));

    private static CaseCommand Knowing(Case state, CaseCommand command) =>
        command is CaseCommand.LearnInterviews learn ? learn with { Facts = Known(state) } : command;

    private static ClockFacts? Known(Case state) => state.File is { } file
        ? Story.OfType<CaseCommand.LearnChildFile>().Single(command => command.SourceRevision == file.SourceRevision).Facts
        : null;

    private static CaseCommand.LearnInterviews Second(long revision, string status)
    {
        var first = Interviews(revision, "completed", At("2026-09-12T12:00:00Z"), At("2026-09-06T09:00:00Z"));
        return first with
        {
            Interviews = [.. first.Interviews, new(OtherChild, "supplementary", status, At("2026-10-01T10:00:00Z"), null)],
        };
    }

    private static List<string> Printed(Case state) =>
    [
        .. state.Clocks.Values
            .Where(clock => clock.WithdrawnFor is null)
            .OrderBy(clock => clock.ClockId)
            .Select(clock => $"{clock.ClockId} {clock.Norm.Key} {clock.Norm.Version} {clock.ChildId} {clock.About} {clock.StartedAt:O} {clock.StoppedAt:O}"),
    ];
}
