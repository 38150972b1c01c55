using System.Collections.Concurrent;
using Barnahus.Interviews.Interviews;
using Barnahus.Platform.Views;

namespace Barnahus.Interviews.Views;

/// <summary>The interviews of every child as they stand now, personal parts sealed; with the revision of the stream, for the ETag.</summary>
public sealed class InterviewsByChild : View
{
    private readonly ConcurrentDictionary<Guid, Row> _rows = new();

    public InterviewsByChild()
    {
        Fold<ChildLearned>();
        Fold<ChildTimesRecorded>();
        Fold<SuspectStatusDecided>();
        Fold<InterviewRequested>();
        Fold<InterviewDecided>();
        Fold<PsychologistAssigned>();
        Fold<AdviceGiven>();
        Fold<AdviceAcknowledged>();
        Fold<PreVisitDone>();
        Fold<WaiverGranted>();
        Fold<InterviewBooked>();
        Fold<InterviewRescheduled>();
        Fold<BookingLapsed>();
        Fold<InterviewCancelled>();
        Fold<InterviewStarted>();
        Fold<InterviewPhaseEntered>();
        Fold<InterviewCompleted>();
        Fold<ExaminationPlanned>();
        Fold<ExaminationDone>();
        Fold<InterviewCarriedOver>();
    }

    /// <summary>Null for a child this service has not heard of.</summary>
    public Row? Of(Guid childId) => _rows.GetValueOrDefault(childId);

    private void Fold<TEvent>()
        where TEvent : InterviewsEvent => OnLogged<TEvent>((e, logged) =>
        {
            var before = _rows.GetValueOrDefault(e.ChildId)?.State ?? ChildInterviews.Initial;
            _rows[e.ChildId] = new(ChildInterviews.Evolve(before, e), logged.Revision);
        });

    public sealed record Row(ChildInterviews State, long Revision);
}
