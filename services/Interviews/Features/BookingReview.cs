using Barnahus.Contracts;
using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Slots;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>
/// Judges a booking at every read by what is known of the child now: who was invited may have become a suspect since, the child may turn out to need
/// an interpreter, and to be part of a case of which a suspect is expected in the building. What was recorded when it was booked stays beside it. Who is invited is judged by the part of the file about representatives: while a
/// part is restricted until the interview, whoever is to hear the child is told nothing that follows from it.
/// </summary>
public sealed class BookingReview(PersonalData personal, CurrentRoster roster, AgendaDays agenda, ChildrenByCase cases, Caller caller)
{
    /// <summary>
    /// Whether a part of the file is restricted until the interview and kept from this caller, who would hear the child. Of which part it is, this service
    /// is not told; the physician, who must be in time for traces, is kept from none of it.
    /// </summary>
    public static bool IsBlind(AccessGate gate, ChildInterviews state) =>
        state.File is { RestrictedSince: not null } file && gate.SightOf(file.ChildId, DataGroup.File) == Sight.UntilInterview;

    /// <summary>Codes of what warned when it was booked, and of what warns now; null when nothing does.</summary>
    public Opened<IReadOnlyList<string>>? Warnings(ChildInterviews state, Interview interview, AccessGate gate)
    {
        IEnumerable<string> known = KnownOf(state) is { } child ? BookingRules.WarningsNow(interview, child, roster.Image) : [];
        List<string> now = [.. known.Where(code => code != SlotReasons.AttendanceBarred || !IsBlind(gate, state)), .. Met(interview)];
        var recorded = interview.Booking?.Warnings ?? (now.Count > 0 ? Personal.Of<IReadOnlyList<string>>([]) : null);
        return recorded is null ? null : personal.Open(recorded).Map<IReadOnlyList<string>>(before => [.. before.Union(now)]);
    }

    /// <summary>Who is invited, each as it may be now.</summary>
    public IReadOnlyList<AttendanceShown> Attendance(ChildInterviews state, Booking booking, AccessGate gate)
    {
        var facts = IsBlind(gate, state) ? null : FactsOf(state);
        return
        [
            .. booking.Attendance.Select(one => new AttendanceShown(
                one.PersonId, one.Place, facts is not null && BookingRules.IsBarred(one, facts) ? BookingRules.MayNotBeInformed : null)),
        ];
    }

    /// <summary>
    /// A suspect is expected in the building of a booking. Neither would have been let in beside the other, had it been known then that they belong to one
    /// case: two files turned out to be one child's, or the child to be part of the case. It is told to whoever sees the interview, also in conflict of
    /// interest with another child of the case: whoever brings this child in must know. What it tells of the others is on their record.
    /// </summary>
    private IEnumerable<string> Met(Interview interview)
    {
        if (interview is { Status: InterviewStatus.Booked or InterviewStatus.Started, Booking: { } booking }
            && agenda.Image.TryGetValue(booking.AgendaDay, out var day)
            && day.Reservations.TryGetValue(booking.BookingId, out var held))
        {
            var met = day.SuspectVisits.Values.Where(visit => AgendaConflicts.Meets(visit with { CaseKeys = KeysNow(visit) }, [held])).ToList();
            foreach (var child in met.SelectMany(visit => visit.CaseKeys).Select(Guid.Parse).SelectMany(cases.Of).Distinct())
            {
                caller.Admit(SubjectId.Child(child));
            }

            if (met.Count > 0)
            {
                yield return SlotRules.SuspectInBuilding;
            }
        }
    }

    private IReadOnlyList<string> KeysNow(SuspectVisit visit) =>
        [.. cases.WithOwnOfAllChildren([.. visit.CaseKeys.Select(Guid.Parse)]).Select(AgendaDay.KeyOf)];

    private KnownChild? KnownOf(ChildInterviews state) => FactsOf(state) is { } facts
        ? new KnownChild(state.File!.SourceRevision, facts) { Waived = ChildDesk.WaivedIn(state, personal) }
        : null;

    private ChildFacts? FactsOf(ChildInterviews state) => state.File?.Facts is { } facts ? personal.Open(facts).ValueOrDefault : null;
}
