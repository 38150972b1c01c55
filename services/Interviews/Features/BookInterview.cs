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

    private static Task<Answer<InterviewShort>> HandleAsync(
        Guid childId, Guid interviewId, SlotRequest request, InterviewBooking booking, ChildDesk desk, InterviewLengths lengths,
        CancellationToken cancellationToken) =>
        booking.BookAsync(
            childId,
            interviewId,
            request,
            (slot, warnings, file) => new InterviewsCommand.Book(interviewId, slot, warnings, desk.Context.Now, file.Child, lengths),
            cancellationToken);
}

/// <summary>A slot, as a slot search answers it, with who comes along.</summary>
public record SlotRequest : SlotWishes
{
    /// <summary>Start of the interview, on a quarter of an hour.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Room.</summary>
    public required string RoomId { get; init; }

    /// <summary>Interviewer.</summary>
    public required string InterviewerId { get; init; }

    /// <summary>Psychologist; the one assigned, when left out.</summary>
    public string? PsychologistId { get; init; }

    /// <summary>Interpreter.</summary>
    public string? InterpreterId { get; init; }

    /// <summary>Support person.</summary>
    public string? SupportId { get; init; }

    /// <summary>Representatives and companions, each at the welcome or in the waiting-room.</summary>
    public IReadOnlyList<Attendance>? Attendance { get; init; }

    /// <summary>For an rc-hearing: judge and conditions.</summary>
    public HearingArrangement? Hearing { get; init; }

    internal override Fields Check(Fields fields)
    {
        foreach (var one in Attendance ?? [])
        {
            // The wire may hold a null where the type says there is none.
            fields.OneOf("attendance.place", one?.Place, StudioPlace.All);
        }

        return base.Check(fields
            .Time("start", Start)
            .Text("roomId", RoomId, 60)
            .Text("interviewerId", InterviewerId, 60)
            .Count("attendance", Attendance?.Count ?? 0));
    }
}
