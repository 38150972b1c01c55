using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Slots;

namespace Barnahus.Interviews.Features;

/// <summary>What is known of the child's days beside the file: it comes with the search and with the booking.</summary>
/// <param name="OtherRegions">Further regions that will do.</param>
/// <param name="OwnTimes">The child's own times: school, naps, medication, religious days.</param>
/// <param name="TravelMinutes">Minutes the child travels each way.</param>
public record SlotWishes(IReadOnlyList<string>? OtherRegions = null, IReadOnlyList<OwnTime>? OwnTimes = null, int TravelMinutes = 0)
{
    /// <summary>How long a planned examination is taken to last, so that nothing is offered during it. Not a sourced figure: a default.</summary>
    private static readonly TimeSpan ExaminationLength = TimeSpan.FromHours(1);

    /// <summary>The question put to the slot search: all that the file, the interview and these wishes say.</summary>
    internal SlotQuestion Ask(
        OpenedFile file, Interview interview, IReadOnlyCollection<Guid> conflicts, DateTimeOffset now, DateTimeOffset from, DateTimeOffset to)
    {
        var facts = file.Child.Facts;
        return new SlotQuestion(file.ChildId, file.State.File!.Region, now, from.ToUniversalTime(), to.ToUniversalTime(), interview.Request.At)
        {
            OtherRegions = OtherRegions ?? [],
            CaseKeys = [.. interview.Request.CaseIds.Select(id => id.ToString("D"))],
            BirthDate = facts.BirthDate,
            EstimatedAge = facts.EstimatedAge,
            EstimatedOn = facts.EstimatedOn,
            Needs = facts.Needs,
            OwnTimes = OwnTimes ?? [],
            TravelMinutes = TravelMinutes,
            ExaminedBy = file.State.Medical?.FirstExaminedAt ?? file.State.Medical?.AppointmentAt + ExaminationLength,
            Urgent = facts.AcuteUnsafety || facts.DisclosureByChild,
            PreviousPersonIds = OneInterview.PeopleBefore(file.State, interview.InterviewId),
            ConflictingAccountIds = [.. conflicts],
            Replaces = interview.Booking?.BookingId,
            WaivedRules = [.. interview.Waivers.Select(waiver => waiver.Rule)],
        };
    }

    internal virtual Fields Check(Fields fields) => fields
        .Texts("otherRegions", OtherRegions, 100)
        .Count("ownTimes", OwnTimes?.Count ?? 0)
        .Check("ownTimes", OwnTimes?.All(time => time?.From < time?.To) ?? true, "Each of the child's own times ends after it begins.")
        .Check("travelMinutes", TravelMinutes is >= 0 and <= 600, "Between 0 and 600 minutes.");
}
