using Barnahus.Contracts;
using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Features;

/// <summary>
/// Judges a booking at every read by what is known of the child now: who was invited may have become a suspect since, and the child may turn out to need
/// an interpreter. What was recorded when it was booked stays beside it.
/// </summary>
public sealed class BookingReview(PersonalData personal, CurrentRoster roster)
{
    /// <summary>Codes of what warned when it was booked, and of what warns now; null when nothing does.</summary>
    public Opened<IReadOnlyList<string>>? Warnings(ChildInterviews state, Interview interview)
    {
        var now = KnownOf(state) is { } child ? BookingRules.WarningsNow(interview, child, roster.Image) : [];
        var recorded = interview.Booking?.Warnings ?? (now.Count > 0 ? Personal.Of<IReadOnlyList<string>>([]) : null);
        return recorded is null ? null : personal.Open(recorded).Map<IReadOnlyList<string>>(before => [.. before.Union(now)]);
    }

    /// <summary>Who is invited, each as it may be now.</summary>
    public IReadOnlyList<AttendanceShown> Attendance(ChildInterviews state, Booking booking)
    {
        var facts = FactsOf(state);
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
