using Barnahus.Platform.Deciding;

namespace Barnahus.Interviews.Interviews;

/// <summary>
/// A hearing before the examining judge: preparatory talk, specialised judge, separate room or remote; no eye contact, closed doors
/// (Besluit slachtoffers art. 12; S:000). Each can be waived, with a reason (art. 16).
/// </summary>
internal static class HearingRules
{
    /// <summary>Before booking: how the hearing is arranged.</summary>
    public static Decision? Arranged(Booking booking, KnownChild child, Interview interview)
    {
        if (interview.Kind != InterviewKind.RcHearing)
        {
            return null;
        }

        if (booking.Hearing is not { } hearing)
        {
            return Decision.Refuse("hearing-arrangement", "State how the hearing is held: judge, separate room or remote, no eye contact, closed doors.");
        }

        return Unless(hearing.SpecialisedJudge, WaivableRule.SpecialisedJudge, "A judge trained in hearing children hears this child.", child, interview)
            ?? Unless(hearing.SeparateRoomOrRemote, WaivableRule.SeparateRoom, "The child is heard in a room of its own, or remotely.", child, interview)
            ?? Unless(hearing.NoEyeContact, WaivableRule.NoEyeContact, "The child and the suspect must not see each other.", child, interview)
            ?? Unless(hearing.ClosedDoors, WaivableRule.ClosedDoors, "A child is heard behind closed doors.", child, interview);
    }

    /// <summary>Before start: the talk that prepares the child, recorded as its pre-visit.</summary>
    public static Decision? Prepared(KnownChild child, Interview interview) => interview.Kind == InterviewKind.RcHearing
        ? Unless(
            interview.PreVisit is not null, WaivableRule.PreparatoryTalkFirst, "The child has not had the preparatory talk yet (record it as pre-visit).", child, interview)
        : null;

    private static Decision? Unless(bool holds, string rule, string detail, KnownChild child, Interview interview) =>
        holds || child.IsWaived(interview, rule) ? null : Decision.Refuse(rule, $"{detail} Arrange it, or state a waiver.");
}
