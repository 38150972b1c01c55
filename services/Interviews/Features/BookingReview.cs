using Barnahus.Contracts;
using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Slots;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>
/// Judges a booking at every read by what is known of the child now: who was invited may have become a suspect since, and the child may turn out to need
/// an interpreter. What was recorded when it was booked stays beside it. Who is invited is judged by the part of the file about representatives: while a
/// part is restricted until the interview, whoever is to hear the child is told nothing that follows from it.
/// </summary>
public sealed class BookingReview(PersonalData personal, CurrentRoster roster)
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
        var now = known.Where(code => code != SlotReasons.AttendanceBarred || !IsBlind(gate, state)).ToList();
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

    private KnownChild? KnownOf(ChildInterviews state) => FactsOf(state) is { } facts
        ? new KnownChild(state.File!.SourceRevision, facts) { Waived = ChildDesk.WaivedIn(state, personal) }
        : null;

    private ChildFacts? FactsOf(ChildInterviews state) => state.File?.Facts is { } facts ? personal.Open(facts).ValueOrDefault : null;
}
