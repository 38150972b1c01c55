using Barnahus.Interviews.Views;
using Barnahus.Platform.Deciding;

namespace Barnahus.Interviews.Slots;

/// <summary>Asks the slot search against the roster and the agenda as they are now.</summary>
public sealed class SlotFinder(CurrentRoster roster, AgendaDays agenda, InterviewLengths lengths)
{
    /// <summary>Longest time one may look ahead in one question, in days.</summary>
    public const int MaxDays = 92;

    /// <summary>Lengths and waiting marks of this installation.</summary>
    public InterviewLengths Lengths => lengths;

    /// <summary>What a search rests on at this moment.</summary>
    public SlotWorld World => new(roster.Image, agenda.Image, lengths);

    /// <summary>Ranked slots, and the rules that reject every other candidate.</summary>
    /// <exception cref="InvalidException">The question looks back, or too far ahead.</exception>
    public SlotAnswer Find(SlotQuestion question)
    {
        if (question.To <= question.From)
        {
            throw new InvalidException("to", "The end of the search must lie after its beginning.");
        }

        if (question.To - question.From > TimeSpan.FromDays(MaxDays))
        {
            throw new InvalidException("to", $"Search at most {MaxDays} days at once.");
        }

        return SlotSearch.Find(question, World);
    }

    /// <summary>Rules that a choice breaks, in their fixed order; none when it fits. Waived rules are not named.</summary>
    public IReadOnlyList<string> Objections(SlotQuestion question, SlotChoice choice) => SlotSearch.Objections(question, choice, World);
}
