using Barnahus.Contracts;
using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Slots;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

/// <summary>When, where and with whom: booking, moving, calling off. Room and people are held by the agenda; this is the child's side of it.</summary>
internal static class BookingRules
{
    /// <summary>The rule that keeps a representative away who may not be informed.</summary>
    public const string MayNotBeInformed = "may-not-be-informed";

    public static Decision Book(InterviewsCommand.Book command, Interview interview, ChildInterviews state)
    {
        if (interview.Status == InterviewStatus.Booked)
        {
            return interview.Booking!.BookingId == command.Booking.BookingId
                ? Decision.Nothing
                : Decision.Refuse(
                    "already-booked",
                    $"This interview is booked for {interview.Booking.Start.Said()} in {interview.Booking.RoomId}. Move it (rescheduling), or call it off.");
        }

        return Refuse(command.Booking, command.Now, command.Child, interview, state)
            ?? Decision.Accept(new InterviewBooked(state.File!.ChildId, interview.InterviewId, Warned(command.Booking, command.Warnings, command.Child, command.Lengths)));
    }

    public static Decision Reschedule(InterviewsCommand.Reschedule command, Interview interview, ChildInterviews state)
    {
        if ((RequestRules.StillToCome(interview) ?? NotBooked(interview)) is { } refused)
        {
            return refused;
        }

        return Refuse(command.Booking, command.Now, command.Child, interview, state)
            ?? Decision.Accept(new InterviewRescheduled(
                state.File!.ChildId, interview.InterviewId, Warned(command.Booking, command.Warnings, command.Child, command.Lengths), interview.Booking!, command.Reason));
    }

    public static Decision Cancel(InterviewsCommand.Cancel command, Interview interview, ChildInterviews state) =>
        RequestRules.StillToCome(interview)
        ?? Decision.Accept(new InterviewCancelled(state.File!.ChildId, interview.InterviewId, command.Cancellation, interview.Booking));

    /// <summary>Only the booking that is still meant lapses; an interview that was moved, called off or started meanwhile stays as it is.</summary>
    public static Decision LetLapse(InterviewsCommand.LetBookingLapse command, ChildInterviews state) =>
        state.Find(command.InterviewId) is { Status: InterviewStatus.Booked, Booking: { } booking } interview && booking.BookingId == command.BookingId
            ? Decision.Accept(new BookingLapsed(state.File!.ChildId, interview.InterviewId, command.BookingId))
            : Decision.Nothing;

    /// <summary>Refuses what takes a booking first.</summary>
    public static Decision? NotBooked(Interview interview) => interview.Status == InterviewStatus.Booked
        ? null
        : Decision.Refuse("not-booked", "This interview has no room and time yet. Book it first.");

    private static Decision? Refuse(
        Booking booking, DateTimeOffset now, KnownChild child, Interview interview, ChildInterviews state) =>
        RequestRules.StillToCome(interview)
        ?? RequestRules.Decided(interview)
        ?? FileRules.Changed(child, state)
        ?? RequestRules.SuspectStatusFirst(child, state)
        ?? OneInterview.RefuseGoingOn(interview, state)
        ?? MedicalRules.First(child, interview, state)
        ?? Times(booking, now)
        ?? booking.Attendance.Select(attendance => Attend(attendance, child)).FirstOrDefault(refused => refused is not null)
        ?? HearingRules.Arranged(booking, child, interview);

    private static Decision? Times(Booking booking, DateTimeOffset now) =>
        booking.Start <= now ? Decision.Refuse("in-the-past", "The slot lies in the past. Search for another one.") : null;

    /// <summary>
    /// A parent never watches the interview: it changes what a child tells. Welcome and good-bye are for those who may be informed and are not suspected.
    /// </summary>
    private static Decision? Attend(Attendance attendance, KnownChild child)
    {
        if (child.Facts.Representatives.FirstOrDefault(person => person.PersonId == attendance.PersonId) is not { } representative)
        {
            return attendance.Place is StudioPlace.Welcome or StudioPlace.WaitingRoom
                ? null
                : Decision.Refuse("companion-outside", "A companion waits with the child and is there at the welcome; not in the interview or the observation room.");
        }

        if (attendance.Place is StudioPlace.ObservationRoom or StudioPlace.InterviewRoom)
        {
            return Decision.Refuse(
                $"no-parent-in-{attendance.Place}", "A parent or other representative does not watch or sit in on the interview. The welcome is possible.");
        }

        // One rule for whatever reason: who books may be one from whom the reason is kept until the interview.
        return representative is { Suspected: true } or { MayBeInformed: false }
            ? Decision.Refuse(MayNotBeInformed, "This representative may not be informed, and so cannot be invited. Ask the intake officer who comes along.")
            : null;
    }

    /// <summary>Whoever is invited and is suspected, or may not be informed, by what is known now; whatever was known when it was booked.</summary>
    public static bool IsBarred(Attendance attendance, ChildFacts facts) => facts.Representatives
        .Any(person => person.PersonId == attendance.PersonId && (person.Suspected || !person.MayBeInformed));

    /// <summary>
    /// What warns of a booking by what is known now of the child. It refuses nothing, not even the start: a child that came to tell is not sent home because
    /// somebody else must leave, or for want of what only another booking can give. Who must decide on it reads it.
    /// </summary>
    public static IReadOnlyList<string> WarningsNow(Interview interview, KnownChild child, RosterImage roster)
    {
        if (interview is not { Status: InterviewStatus.Booked or InterviewStatus.Started, Booking: { } booking })
        {
            return [];
        }

        var needs = child.Facts.Needs;
        var interviewer = roster.People.GetValueOrDefault(booking.InterviewerId);
        var interpreter = booking.InterpreterId is { } id ? roster.People.GetValueOrDefault(id) : null;
        (bool Holds, string Code)[] warnings =
        [
            (booking.Attendance.Any(attendance => IsBarred(attendance, child.Facts)), SlotReasons.AttendanceBarred),
            (needs.SupportPerson && booking.SupportPersonId is null, SlotReasons.SupportToArrange),
            (needs.Interpreter is not null && booking.InterpreterId is null, SlotRules.NameOf(SlotRule.NoInterpreter)),
            (needs.Interpreter is { } language && interpreter is not null && !interpreter.Languages.Contains(language, StringComparer.OrdinalIgnoreCase),
                SlotRules.NameOf(SlotRule.InterpreterLanguage)),
            (needs.InterviewerGender is { } wish && interviewer is not null && interviewer.Gender != wish, SlotRules.NameOf(SlotRule.InterviewerGender)),
            (needs.Lvb && interviewer is { Entry.Certified: not { Lvb: true } }, SlotRules.NameOf(SlotRule.InterviewerCertifiedLvb)),
        ];
        return [.. warnings.Where(warning => warning.Holds && !child.IsWaived(interview, warning.Code)).Select(warning => warning.Code)];
    }

    private static Booking Warned(Booking booking, IReadOnlyList<string> found, KnownChild child, InterviewLengths lengths)
    {
        var warnings = new List<string>();
        if (lengths.IsLong(booking.End - booking.Start, child.AgeOn(booking.AgendaDay)))
        {
            warnings.Add(SlotReasons.LongForAge);
        }

        if (child.Facts.Needs.SupportPerson && booking.SupportPersonId is null)
        {
            warnings.Add(SlotReasons.SupportToArrange);
        }

        warnings.AddRange(found);
        return booking with { Warnings = warnings.Count == 0 ? null : Personal.Of<IReadOnlyList<string>>(warnings) };
    }
}
