using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Messages;

/// <summary>
/// A file was merged into another one of the same child: its interviews are learned by the stream that goes on, so that the one-interview guard
/// covers both, and what the agenda holds for it is held for the file that goes on. What arrives in a file that was itself merged is passed on, whatever the order of the messages.
/// </summary>
public sealed class CarryOverOnMerge : IReaction
{
    private readonly CommandHandler _handler;
    private readonly Reservations _reservations;
    private readonly PersonalData _personal;

    /// <summary>The decider, which stays pure: what it compares of the file that goes on was opened before.</summary>
    private readonly Decider<InterviewsCommand, ChildInterviews> _decider;

    public CarryOverOnMerge(CommandHandler handler, Reservations reservations, PersonalData personal)
    {
        _handler = handler;
        _reservations = reservations;
        _personal = personal;
        _decider = InterviewDecider.Decider with
        {
            Decide = (command, state) => InterviewDecider.Decide(
                command is InterviewsCommand.CarryOver carryOver ? carryOver with { Here = Compared(state) } : command, state),
        };
    }

    public string Name => "interviews.carry-over-on-merge";

    // A lapse too: the agenda may give up a reservation after the booking was carried over. What is planned comes late only from a merge into this file.
    public IReadOnlyCollection<Type> To { get; } =
    [
        typeof(ChildLearned), typeof(ChildTimesRecorded), typeof(InterviewCarriedOver), typeof(SuspectStatusDecided), typeof(ExaminationPlanned),
        typeof(ExaminationDone),
        typeof(BookingLapsed),
    ];

    public async Task ReactAsync(Recorded recorded, CommandContext context, CancellationToken cancellationToken)
    {
        var childId = ((InterviewsEvent)recorded.Event).ChildId;
        var (state, _) = await _handler.StateAsync(InterviewDecider.Decider, ChildInterviews.StreamOf(childId), cancellationToken);
        if (state.File is not { Status: "merged", MergedInto: { } into } || into == childId)
        {
            return;
        }

        InterviewsCommand command = recorded.Event is BookingLapsed lapsed
            ? new InterviewsCommand.LetBookingLapse(lapsed.InterviewId, lapsed.BookingId)
            : new InterviewsCommand.CarryOver(
                into,
                childId,
                [.. state.Interviews.Select(interview => Fresh(interview))],
                state.Medical is { } medical
                    ? medical with
                    {
                        AppointmentAt = FreshValue(medical.AppointmentAt),
                        Forensic = FreshValue(medical.Forensic),
                        Place = Fresh(medical.Place),
                        ExaminedAt = FreshValue(medical.ExaminedAt),
                        ExaminedBefore = FreshValue(medical.ExaminedBefore),
                    }
                    : null,
                state.SuspectDecision is { } decision ? decision with { Status = Fresh(decision.Status) } : null)
            {
                There = Compared(state),
            };
        await _handler.HandleAsync(
            _decider, ChildInterviews.StreamOf(into), command, context.Then($"carry-over/{into:D}"), cancellationToken);
        foreach (var booking in state.Interviews.Select(interview => interview.Booking).OfType<Booking>())
        {
            await _reservations.CarryOverAsync(
                new(booking.AgendaDay, booking.BookingId), into, context.Then($"carry-over/{booking.BookingId:D}"), cancellationToken);
        }
    }

    /// <summary>Everything opened, to be sealed under the other key. Of the advice the latest version comes along whole; older ones stay with the old file.</summary>
    private Interview Fresh(Interview interview) => interview with
    {
        Request = interview.Request with { Question = Fresh(interview.Request.Question), Ground = Fresh(interview.Request.Ground) },
        Decision = interview.Decision is { } decision
            ? decision with { Reasoning = Fresh(decision.Reasoning), ContraIndications = Fresh(decision.ContraIndications) }
            : null,
        Advice = [.. interview.Advice.Select(version => version with
        {
            Content = version.Version == interview.Advice.Count ? Fresh(version.Content) : null,
        })],
        PreVisit = interview.PreVisit is { } visit ? visit with { Finding = Fresh(visit.Finding) } : null,
        Waivers = [.. interview.Waivers.Select(waiver => waiver with { Rule = Fresh(waiver.Rule), Why = Fresh(waiver.Why) })],
        Booking = interview.Booking is { } booking ? booking with { Warnings = Fresh(booking.Warnings) } : null,
        Cancellation = interview.Cancellation is { } cancellation ? cancellation with { Ground = Fresh(cancellation.Ground) } : null,
        Completion = interview.Completion is { } completion
            ? completion with
            {
                BrokenOff = FreshValue(completion.BrokenOff),
                Recording = Fresh(completion.Recording),
                Present = Fresh(completion.Present),
                Deviations = Fresh(completion.Deviations),
                Remark = Fresh(completion.Remark),
            }
            : null,
    };

    private ComparedParts Compared(ChildInterviews state) => new(
        Value(state.Medical?.AppointmentAt),
        Value(state.Medical?.Forensic) ?? false,
        state.Times is { } times ? _personal.Open(times).ValueOrDefault : null,
        [.. state.TimesRecorded.SelectMany(recorded => _personal.Open(recorded).ValueOrDefault?.OwnTimes ?? [])]);

    private Personal<T>? Fresh<T>(Personal<T>? value)
        where T : class => value is null ? null : Personal.OfNullable(_personal.Open(value).ValueOrDefault);

    private Personal<T>? FreshValue<T>(Personal<T>? value)
        where T : struct => Value(value) is { } plain ? Personal.Of(plain) : null;

    private T? Value<T>(Personal<T>? value)
        where T : struct => value is not null && _personal.Open(value) is { DestroyedRegime: null, ValueOrDefault: var plain } ? plain : null;
}
