using Barnahus.Contracts;
using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Slots;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Interviews.Tests.Interviews;

/// <summary>Words for stories about one child's interviews: Jason, 8, and who works for him.</summary>
public abstract class InterviewSpec() : DeciderSpec<InterviewsCommand, ChildInterviews>(InterviewDecider.Decider)
{
    protected static readonly Guid ChildId = Guid.Parse("0198f000-0000-7000-8000-000000000001");
    protected static readonly Guid OtherChildId = Guid.Parse("0198f000-0000-7000-8000-000000000002");
    protected static readonly Guid First = Guid.Parse("0198f000-0000-7000-8000-000000000011");
    protected static readonly Guid Second = Guid.Parse("0198f000-0000-7000-8000-000000000012");
    protected static readonly Guid Appointment = Guid.Parse("0198f000-0000-7000-8000-000000000021");
    protected static readonly Guid Interviewer = Guid.Parse("0198f000-0000-7000-8000-000000000031");
    protected static readonly Guid Prosecutor = Guid.Parse("0198f000-0000-7000-8000-000000000032");
    protected static readonly Guid Judge = Guid.Parse("0198f000-0000-7000-8000-000000000033");
    protected static readonly Guid Psychologist = Guid.Parse("0198f000-0000-7000-8000-000000000034");
    protected static readonly Guid Mother = Guid.Parse("0198f000-0000-7000-8000-000000000041");
    protected static readonly Guid Stepfather = Guid.Parse("0198f000-0000-7000-8000-000000000042");
    protected static readonly Guid Father = Guid.Parse("0198f000-0000-7000-8000-000000000043");
    protected static readonly Guid Companion = Guid.Parse("0198f000-0000-7000-8000-000000000044");

    protected static readonly ChildFacts Facts = new(
        new DateOnly(2018, 3, 11), null, null, "m", AlsoSuspect: false, Now.AddDays(-3), DisclosureByChild: true, AcuteUnsafety: false, ["online"], new(),
        [new(Mother, "mother", Suspected: false, MayBeInformed: true), new(Stepfather, "stepfather", true, false), new(Father, "father", false, false)]);

    protected static KnownChild Child { get; } = new(0, Facts);

    protected static ChildLearned Learned { get; } =
        new(ChildId, 0, "open", null, "Midden-Nederland", Personal.Of(Facts), null);

    protected static InterviewsEvent Requested(Guid id, string kind = InterviewKind.Forensic, bool second = false) =>
        new InterviewRequested(ChildId, id, kind, Request(second));

    protected static InterviewRequest Request(bool second = false) =>
        new(Now.AddDays(-1), Interviewer, second, [], Personal.Of("What happened online"), second ? Personal.Of("New images were found") : null);

    protected static InterviewsEvent Approved(Guid id, bool groundApproved = false, string role = "prosecutor") =>
        new InterviewDecided(ChildId, id, Decision(role: role, groundApproved: groundApproved));

    protected static InterviewDecision Decision(bool approved = true, bool groundApproved = false, string role = "prosecutor") =>
        new(Now, Prosecutor, role, approved, groundApproved, Personal.Of("The child told his teacher"), Personal.Of<IReadOnlyList<string>>(["afraid of the dark"]));

    protected static InterviewsEvent Assigned(Guid id) => new PsychologistAssigned(ChildId, id, "p-meijer");

    protected static InterviewsEvent Advised(Guid id, int version = 1) => new AdviceGiven(ChildId, id, new(version, Now, Psychologist, Personal.Of(Advice), []));

    protected static Advice Advice { get; } = new("own cap on", "slow", "night fear", ["camera"], ["short sentences"], "every 15 minutes", []);

    protected static InterviewsEvent Acknowledged(Guid id, int version = 1) => new AdviceAcknowledged(ChildId, id, version, Interviewer);

    protected static InterviewsEvent Visited(Guid id) => new PreVisitDone(ChildId, id, Visit(works: true));

    protected static PreVisit Visit(bool works) => new(Now, Interviewer, Personal.Of(new PreVisitFinding(works, "Talks easily about trains")));

    protected static InterviewsEvent Waived(Guid id, string rule) => new WaiverGranted(ChildId, id, Waiver(rule));

    /// <summary>The same child, as who opened the file knows it: these rules are set aside for the first interview.</summary>
    protected static KnownChild Waiving(params IReadOnlyList<string> rules) => Child with { Waived = [.. rules.Select(rule => new WaivedRule(First, rule))] };

    protected static InterviewsCommand.GrantWaiver Waive(string rule) => new(First, Waiver(rule), rule, Child);

    protected static Waiver Waiver(string rule) => new(Personal.Of(rule), Now, Prosecutor, "prosecutor", Personal.Of("The evidence would be lost"));

    protected static InterviewsEvent Booked(Guid id, Booking? booking = null) => new InterviewBooked(ChildId, id, booking ?? Slot());

    protected static Booking Slot(int days = 7, int hour = 9, IReadOnlyList<Attendance>? attendance = null, HearingArrangement? hearing = null, int minutes = 60)
    {
        var start = new DateTimeOffset(2026, 9, 2, hour, 0, 0, TimeSpan.Zero).AddDays(days);
        return new(
            new Guid(days, (short)hour, 0, [1, 2, 3, 4, 5, 6, 7, 8]), DateOnly.FromDateTime(start.DateTime), "utr-1", start, start.AddMinutes(minutes),
            "i-brouwer", "p-meijer", null, null, attendance ?? [], hearing, null);
    }

    protected static Booking Warned(Booking booking, params IReadOnlyList<string> warnings) => booking with { Warnings = Personal.Of(warnings) };

    protected static InterviewsEvent Started(Guid id) => new InterviewStarted(ChildId, id, Slot().Start, Interviewer);

    protected static InterviewsEvent InPhase(Guid id, string phase) => new InterviewPhaseEntered(ChildId, id, new(phase, Now));

    protected static Completion Done(bool brokenOff = false) => new(
        Now, Interviewer, Personal.Of(brokenOff), new string('a', 64), Personal.Of("vault/2026/118"),
        Personal.Of<IReadOnlyList<Presence>>([new("interviewer", StudioPlace.InterviewRoom)]), Personal.Of<IReadOnlyList<string>>([]), Personal.Of("I was brave"));

    protected static InterviewsEvent Completed(Guid id) => new InterviewCompleted(ChildId, id, Done());

    protected static InterviewsEvent Cancelled(Guid id) => new InterviewCancelled(ChildId, id, Cancellation(), null);

    protected static Cancellation Cancellation() => new(Now, Interviewer, Personal.Of(new CancellationGround(CancellationReason.ChildUnwell, "Fever")));

    /// <summary>The story up to an interview that may start.</summary>
    protected static IEvent[] Ready(Guid id) =>
        [Learned, Requested(id), Approved(id), Assigned(id), Advised(id), Acknowledged(id), Visited(id), Booked(id)];

    protected static InterviewsCommand Asking(Guid id, string kind = InterviewKind.Forensic, bool ground = false, KnownChild? child = null) =>
        new InterviewsCommand.RequestInterview(id, kind, Request(ground) with { Second = false }, child ?? Child);

    protected static InterviewsCommand.Book Booking(Guid id, Booking booking, KnownChild? child = null) =>
        new(id, booking, [], Now, child ?? Child, Lengths);

    protected static InterviewLengths Lengths { get; } = InterviewLengths.Shipped();

    protected static KnownChild With(Func<ChildFacts, ChildFacts> change) => new(0, change(Facts));
}
