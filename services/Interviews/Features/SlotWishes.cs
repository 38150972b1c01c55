using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Slots;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Features;

/// <summary>What is known beside the file: it comes with the search and with the booking.</summary>
public record SlotWishes
{
    /// <summary>How long a planned examination is taken to last, so that nothing is offered during it. Not a sourced figure: a default.</summary>
    private static readonly TimeSpan ExaminationLength = TimeSpan.FromHours(1);

    /// <summary>Further regions that will do.</summary>
    public IReadOnlyList<string>? OtherRegions { get; init; }

    /// <summary>The child's own times (school, naps, medication, religious days), beside those that are recorded.</summary>
    public IReadOnlyList<OwnTime>? OwnTimes { get; init; }

    /// <summary>Minutes the child travels each way; as recorded, when left out.</summary>
    public int? TravelMinutes { get; init; }

    /// <summary>Codes of the roster of those who want to watch from the observation room. Advisory: they keep no slot from being one.</summary>
    public IReadOnlyList<string>? ObserverIds { get; init; }

    /// <summary>The question put to the slot search: all that the file, the interview and these wishes say.</summary>
    /// <param name="kept">Who is kept from this child's interview by name of account.</param>
    /// <param name="caseKeys">Keys of the cases the child is part of.</param>
    internal SlotQuestion Ask(
        OpenedFile file, Interview interview, KeptOut kept, IReadOnlyList<string> caseKeys, WaitingMarks marks, DateTimeOffset now, DateTimeOffset from,
        DateTimeOffset to)
    {
        var facts = file.Child.Facts;
        return new SlotQuestion(file.ChildId, file.State.File!.Region, now, from.ToUniversalTime(), to.ToUniversalTime(), interview.Request.At)
        {
            OtherRegions = OtherRegions ?? [],
            CaseKeys = caseKeys,
            BirthDate = facts.BirthDate,
            EstimatedAge = facts.EstimatedAge,
            EstimatedOn = facts.EstimatedOn,
            Needs = facts.Needs,
            OwnTimes = [.. file.Times?.OwnTimes ?? [], .. OwnTimes ?? []],
            TravelMinutes = TravelMinutes ?? file.Times?.TravelMinutes ?? 0,
            ExaminedBy = file.ExaminedAt ?? file.ExaminationAt + ExaminationLength,
            Urgent = marks.IsUrgent(facts, interview.Request.At),
            PreviousPersonIds = OneInterview.PeopleBefore(file.State, interview.InterviewId),
            ConflictingAccountIds = kept.InConflict,
            BlockedAccountIds = kept.Blocked,
            ObserverIds = ObserverIds ?? [],
            Replaces = interview.Booking?.BookingId,
            WaivedRules = [.. file.Child.Waived.Where(waived => waived.InterviewId == interview.InterviewId).Select(waived => waived.Rule)],
        };
    }

    internal virtual Fields Check(Fields fields) => fields
        .Texts("otherRegions", OtherRegions, 100)
        .Texts("observerIds", ObserverIds, 60)
        .OwnTimes(OwnTimes, TravelMinutes);
}

/// <summary>Accounts whose people do not interview this child.</summary>
/// <param name="InConflict">In conflict of interest with the child.</param>
/// <param name="Blocked">Could have read what is restricted until the interview.</param>
internal sealed record KeptOut(IReadOnlyList<Guid> InConflict, IReadOnlyList<Guid> Blocked);
