using Barnahus.Platform.Deciding;

namespace Barnahus.Interviews.Interviews;

/// <summary>
/// The guard: a child is questioned in principle once (Besluit slachtoffers art. 9: as few interviews as possible, only where strictly necessary).
/// A second one, of any kind but an RC hearing, takes a ground and a prosecutor's approval of it; then the same interviewer comes first (art. 11).
/// </summary>
public static class OneInterview
{
    /// <summary>Name of the rule.</summary>
    public const string Rule = "one-interview";

    /// <summary>Code of the interviewer of the latest interview that was held, to be proposed first; null when there was none.</summary>
    public static string? InterviewerBefore(ChildInterviews state, Guid interviewId) => BookingBefore(state, interviewId)?.InterviewerId;

    /// <summary>Everybody who worked with this child at that interview: the same persons as far as possible (art. 11).</summary>
    public static IReadOnlyList<string> PeopleBefore(ChildInterviews state, Guid interviewId) =>
        BookingBefore(state, interviewId) is { } booking
            ? [.. new[] { booking.InterviewerId, booking.PsychologistId, booking.InterpreterId }.OfType<string>()]
            : [];

    internal static bool WouldBeSecond(string kind, ChildInterviews state) => kind != InterviewKind.RcHearing && state.Interviews.Exists(Counts);

    internal static Decision? RefuseRequest(string kind, bool groundStated, ChildInterviews state)
    {
        if (!WouldBeSecond(kind, state))
        {
            return null;
        }

        if (state.Interviews.Find(other => other.IsOpen && Counts(other)) is { } open)
        {
            return Decision.Refuse(
                Rule,
                $"An interview of this child ({open.Kind}) was requested on {open.Request.At.Said()} and is {open.Status}. Go on with that one, or call it off first.");
        }

        return groundStated
            ? null
            : Decision.Refuse(Rule, "This child was questioned before. State why a further interview is strictly necessary; the prosecutor decides on it.");
    }

    /// <summary>
    /// Before booking and start: two files may have been merged since the request, each with an interview of its own.
    /// </summary>
    internal static Decision? RefuseGoingOn(Interview interview, ChildInterviews state)
    {
        var approved = interview is { Request.Second: true, Decision.GroundApproved: true };
        var before = state.Interviews.Find(other =>
            other.InterviewId != interview.InterviewId
            && Counts(other)
            && other.Status is InterviewStatus.Booked or InterviewStatus.Started or InterviewStatus.Completed);
        return interview.Kind == InterviewKind.RcHearing || approved || before is null
            ? null
            : Decision.Refuse(
                Rule,
                $"This child has another interview ({before.Kind}), {before.Status} (two files were merged). Call one off; a further one takes a ground and the prosecutor's approval.");
    }

    /// <summary>It was held or is to be held. An RC hearing only once it was held: then the child has told.</summary>
    private static bool Counts(Interview interview) =>
        interview.StartedAt is not null || (interview.IsOpen && interview.Kind != InterviewKind.RcHearing);

    private static Booking? BookingBefore(ChildInterviews state, Guid interviewId) => state.Interviews
        .Where(other => other.InterviewId != interviewId && other.StartedAt is not null && other.Kind != InterviewKind.RcHearing)
        .OrderByDescending(other => other.StartedAt)
        .FirstOrDefault()?.Booking;
}
