using Barnahus.Interviews.Slots;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>When, where and with whom an interview can be.</summary>
public static class SearchSlots
{
    private const int DefaultDays = 28;
    private const int MaxSlots = 100;

    /// <param name="Slots">The best first.</param>
    /// <param name="SlotCount">How many there are, shown or not.</param>
    /// <param name="Rejected">Why every other candidate was rejected.</param>
    public sealed record Found(IReadOnlyList<Slot> Slots, int SlotCount, IReadOnlyList<Rejection> Rejected);

    public static void Map(RouteGroupBuilder routes) => routes
        .MapPost($"{InterviewRoutes.Interview}/slot-searches", HandleAsync)
        .Allow(Roles.Interviewer, Roles.ExaminingJudge)
        .WithSummary("Searches slots for an interview: the best first, and the rules that rejected every other candidate.")
        .WithDescription("Names of rules only: never whose leave, or which other child. At most 100 slots; slotCount says how many there are.");

    private static async Task<Answer<Found>> HandleAsync(
        Guid childId, Guid interviewId, Request request, ChildDesk desk, CaseSight cases, AccessGate gate, SlotFinder finder,
        CancellationToken cancellationToken)
    {
        request.Check(new Fields().Time("from", request.From).Time("to", request.To)).Require();
        var (file, interview) = await desk.OpenAsync(childId, interviewId, cancellationToken);
        var keys = cases.RequireForSlot(childId, interview.Request.CaseIds);
        gate.Look(childId, DataGroup.File);
        var now = desk.Context.Now;
        var from = request.From ?? now;
        var question = request.Ask(file, interview, desk.KeptOut(file), keys, finder.Lengths.WaitingMarks, now, from, request.To ?? from.AddDays(DefaultDays));
        var answer = finder.Find(question);
        return Reply.Read(new Found([.. answer.Slots.Take(MaxSlots)], answer.Slots.Count, answer.Rejected));
    }

    public sealed record Request : SlotWishes
    {
        /// <summary>First start; now, when left out.</summary>
        public DateTimeOffset? From { get; init; }

        /// <summary>End of the starts; four weeks later, when left out.</summary>
        public DateTimeOffset? To { get; init; }
    }
}
