using Barnahus.Contracts;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Messages;

/// <summary>
/// Tells the other services how the interviews and the medical appointment of a child stand, as of the event that changed them.
/// Times, kinds and statuses only, that of the examination sealed: nothing of what a child tells leaves this service.
/// </summary>
public sealed class PublishInterviewsChanged(IEventLog log, EventCodec codec, PersonalData personal) : IPublication
{
    private const int PageSize = 500;

    // What is learned of the child's file is Intake's to tell; the child's own times are nobody else's to know.
    public IReadOnlyCollection<Type> Of { get; } = [.. ChildInterviews.EventTypes.Except([typeof(ChildLearned), typeof(ChildTimesRecorded)])];

    public async ValueTask<object?> MessageAsync(Recorded recorded, CancellationToken cancellationToken)
    {
        var changed = (InterviewsEvent)recorded.Event;
        var state = await StateAtAsync(recorded.Envelope.Stream, recorded.Envelope.Revision, cancellationToken);
        return new InterviewsChanged(
            recorded.Source(),
            changed.ChildId,
            [.. state.Interviews.Select(Tell)],
            state.Medical is { } medical ? new(await ExaminedAsync(medical, changed, recorded.Envelope.EventId, cancellationToken)) : null);
    }

    private async ValueTask<SealedField?> ExaminedAsync(
        MedicalExamination medical, InterviewsEvent told, Guid eventId, CancellationToken cancellationToken) => medical.FirstExaminedAt is { } at
        ? await personal.ToSealedFieldAsync(at, new(eventId, "examined", told.Subject, Regime.Medical), cancellationToken)
        : null;

    /// <summary>Up to the event and no further, so that the message is the same whenever it is made.</summary>
    private async Task<ChildInterviews> StateAtAsync(string stream, long revision, CancellationToken cancellationToken)
    {
        var state = ChildInterviews.Initial;
        for (long next = 0; next <= revision;)
        {
            var count = (int)Math.Min(PageSize, revision - next + 1);
            var page = await log.ReadStreamAsync(stream, next, count, ReadDirection.Forwards, cancellationToken);
            state = page.Aggregate(state, (before, logged) => ChildInterviews.Evolve(before, codec.Decode(logged).Event));
            next += count;
        }

        return state;
    }

    private static InterviewState Tell(Interview interview) => new(
        interview.InterviewId,
        interview.Kind,
        interview.Status,
        interview.Request.At,
        interview.Booking?.Start,
        interview.StartedAt,
        interview.Completion?.At,
        interview.Cancellation?.At);
}
