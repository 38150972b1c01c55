using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Slots;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>Room, people and time of an interview are fixed, in one go.</summary>
public static class BookInterview
{
    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/booking", HandleAsync)
        .Allow(Roles.Interviewer, Roles.ExaminingJudge)
        .WithSummary("Books a slot, as a slot search answered it; the length follows from the child's age.")
        .WithDescription("Refused by any rule of the slot search, when somebody was first, before a medical examination that must come first "
            + "(medical-first), and when a parent is to watch (no-parent-in-observation-room). Warnings do not refuse.");

    private static Task<IResult> HandleAsync(
        Guid childId, Guid interviewId, SlotRequest request, InterviewBooking booking, ChildDesk desk, InterviewLengths lengths,
        CancellationToken cancellationToken) =>
        booking.BookAsync(
            childId,
            interviewId,
            request,
            (slot, file) => new InterviewsCommand.Book(interviewId, slot, desk.Context.Now, file.Child, lengths),
            cancellationToken);
}

/// <summary>A slot, as a slot search answers it, with who comes along.</summary>
/// <param name="Start">Start of the interview, on a quarter of an hour.</param>
/// <param name="RoomId">Room.</param>
/// <param name="InterviewerId">Interviewer.</param>
/// <param name="PsychologistId">Psychologist; the one assigned, when left out.</param>
/// <param name="InterpreterId">Interpreter.</param>
/// <param name="SupportId">Support person.</param>
/// <param name="Attendance">Representatives and companions, each at the welcome or in the waiting-room.</param>
/// <param name="Hearing">For an rc-hearing: judge and conditions.</param>
public record SlotRequest(
    DateTimeOffset Start,
    string RoomId,
    string InterviewerId,
    string? PsychologistId = null,
    string? InterpreterId = null,
    string? SupportId = null,
    IReadOnlyList<Attendance>? Attendance = null,
    HearingArrangement? Hearing = null,
    IReadOnlyList<string>? OtherRegions = null,
    IReadOnlyList<OwnTime>? OwnTimes = null,
    int TravelMinutes = 0) : SlotWishes(OtherRegions, OwnTimes, TravelMinutes)
{
    internal override Fields Check(Fields fields)
    {
        foreach (var one in Attendance ?? [])
        {
            // The wire may hold a null where the type says there is none.
            fields.OneOf("attendance.place", one?.Place, StudioPlace.All);
        }

        return base.Check(fields.Time("start", Start).Count("attendance", Attendance?.Count ?? 0));
    }
}
