using System.Globalization;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Tests;

/// <summary>Values that tests start from.</summary>
internal static class Some
{
    public static readonly Guid Child = Guid.Parse("01990000-0000-7000-8000-000000000001");
    public static readonly Guid OtherChild = Guid.Parse("01990000-0000-7000-8000-000000000002");
    public static readonly Guid CaseId = Case.OwnOf(Child);
    public static readonly Guid Interview = Guid.Parse("01990000-0000-7000-8000-000000000011");
    public static readonly DateTimeOffset Reported = At("2026-09-05T08:00:00Z");

    internal static readonly IKeyVault Vault = new MemoryKeyVault();
    internal static readonly CaseOpener Opener = new(new PersonalData(Vault));
    internal static readonly Decider<CaseCommand, Case> Decider = new(Case.Initial, Opener.Decider.Decide, Evolve);

    /// <summary>The shipped norms, as a book.</summary>
    public static readonly NormBook Book = ((Decision.Accepted)NormsDecider.Decider.Decide(
        new NormCommand.LoadShipped(ShippedNorms.Read(), new DateOnly(2026, 9, 1)), NormBook.Initial)).Events.Aggregate(NormBook.Initial, NormBook.Evolve);

    public static readonly string InterviewStream = $"interviews.child-{Child:D}";

    /// <summary>Case 03: Eva, 16, a recent rape, acute.</summary>
    public static readonly ClockFacts Eva =
        new(new DateOnly(2010, 1, 20), null, null, At("2026-09-03T20:00:00Z"), true, true, ["sexual-abuse", "online"]);

    /// <summary>Eight, long ago, told by somebody else, safe at home.</summary>
    public static readonly ClockFacts Calm = new(new DateOnly(2018, 3, 11), null, null, At("2026-01-30T19:00:00Z"), false, false, ["online"]);

    public static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>What a clock of a shipped norm goes by.</summary>
    public static Personal<ClockBasis> Basis(string norm, DateTimeOffset startedAt) => Personal.Of(new ClockBasis(Norm(norm), startedAt));

    public static PinnedNorm Norm(string key) => Book.Of(key)[^1].Pin();

    public static Guid ClockId(string clock) => ClockId(CaseId, clock);

    public static Guid ClockId(Guid caseId, string clock) => DerivedId.From(caseId, $"clock/{clock}");

    public static Clock Clock(int length, TermUnit unit, DateTimeOffset start, HolidayRule? holidays = null) =>
        new(Child, null, null, new("norm", 1, new("clock", "police", Moment.Report, Milestone.FileToOm, new Term(length, unit), Holidays: holidays)), start);

    public static CaseCommand.LearnChildFile File(
        long revision = 0, ClockFacts? facts = null, string status = "open", Guid? mergedInto = null, DateTimeOffset? assessedAt = null, Guid? child = null) =>
        new(
            Case.OwnOf(child ?? Child), child ?? Child, revision, status, mergedInto, "Noord-Nederland", Reported, assessedAt, facts ?? Eva, Book);

    public static CaseCommand.LearnInterviews Interviews(long revision, string status, DateTimeOffset? completedAt = null, DateTimeOffset? examinedAt = null, ClockFacts? facts = null) =>
        new(
            CaseId,
            Child,
            InterviewStream,
            revision,
            [new LearnedInterview(Interview, "forensic", status, At("2026-09-05T10:00:00Z"), completedAt)],
            examinedAt,
            facts ?? Eva,
            Book);

    public static IReadOnlyList<IEvent> Decide(Case state, CaseCommand command) => Decider.Decide(command, state) switch
    {
        Decision.Accepted accepted => accepted.Events,
        Decision.Refused refused => throw new InvalidOperationException($"Refused: {refused.Rule}"),
        var other => throw new InvalidOperationException(other.ToString()),
    };

    public static Case Play(params IEnumerable<CaseCommand> commands) =>
        commands.Aggregate(Case.Initial, (state, command) => Decide(state, command).Aggregate(state, Evolve));

    /// <summary>The case after an event, with its clocks open.</summary>
    public static Case Evolve(Case state, IEvent happened) => Opener.Open(Case.Evolve(state, happened));
}
