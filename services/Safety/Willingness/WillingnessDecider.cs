using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;

namespace Barnahus.Safety.Willingness;

/// <summary>A record of the willingness to report.</summary>
public sealed record WillingnessRecord(
    Guid RecordId, DateTimeOffset RecordedAt, DateTimeOffset? ReflectionUntil, [property: Personal(Regime.Care)] Personal<WillingnessContent> Content);

/// <summary>Record how the child stands towards talking to the police.</summary>
public sealed record RecordWillingness(
    Guid ChildId, DateTimeOffset At, Guid RecordId, DateTimeOffset? ReflectionUntil, WillingnessContent Content) : SafetyCommand(ChildId, At);

internal static class WillingnessDecider
{
    public static Decision Decide(RecordWillingness command, ChildSafety state)
    {
        var content = command.Content;
        if (state.Willingness.Any(record => record.RecordId == command.RecordId))
        {
            return Decision.Nothing;
        }

        if (command.ReflectionUntil <= command.At)
        {
            return Decision.Refuse("reflection-in-the-past", "The time to reflect has passed already. Choose a date that lies ahead, or none.");
        }

        if (Standings.IsDecision(content.Standing) && content.Explained.Count == 0)
        {
            return Decision.Refuse("explain-first", "A decision of the child counts only when it knows what it decides. Explain first, and record what was explained.");
        }

        if (Standings.IsDecision(content.Standing) && (content.PeerSupport, content.Lawyer, content.VictimSupport) is var offers
            && (offers.PeerSupport is Offer.NotYet || offers.Lawyer is Offer.NotYet || offers.VictimSupport is Offer.NotYet))
        {
            return Decision.Refuse(
                "offer-support-first", "Before the child decides, offer support by an expert by experience, a lawyer and Slachtofferhulp, and record it.");
        }

        return Decision.Accept(new WillingnessRecorded(command.ChildId, command.RecordId, command.At, command.ReflectionUntil, Personal.Of(content)));
    }
}
