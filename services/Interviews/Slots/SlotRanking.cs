using System.Collections.Immutable;
using Barnahus.Interviews.Roster;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Slots;

/// <summary>Reasons as a set; the order is that in which they are named.</summary>
[Flags]
internal enum SlotReasonSet
{
    None = 0,
    SameInterviewer = 1,
    SamePsychologist = 2,
    SameInterpreter = 4,
    WithinWaitingMark = 8,
    AfterWaitingMark = 16,
    SameVisitAsMedical = 32,
    Specialised = 64,
    RoomForAge = 128,
    LongForAge = 256,
    SupportToArrange = 512,
    ObserversFree = 1024,
    ObserverUnavailable = 2048,
}

/// <summary>Points of a part of a slot, with the reasons that say why.</summary>
internal readonly record struct SlotRank(int Points, SlotReasonSet Reasons)
{
    public static SlotRank operator +(SlotRank a, SlotRank b) => new(a.Points + b.Points, a.Reasons | b.Reasons);
}

/// <summary>
/// How slots rank. The same people as before come first (Besluit slachtoffers art. 11), then what lies within the waiting mark, then the earliest day,
/// and within a day when those who watch can be there and what is specialised. Points are ordered so that a lower aim never outweighs a higher one within the four weeks one looks ahead,
/// but for "the same person", which outweighs three weeks and a mark: not ever having to start anew is what the law asks for.
/// </summary>
internal static class SlotRanking
{
    private const int SameInterviewer = 1000;
    private const int SamePsychologist = 100;
    private const int SameInterpreter = 50;
    private const int WithinMark = 500;
    private const int WithinMost = 250;
    private const int LaterDay = -10;
    private const int SameVisit = 20;
    private const int ObserversFree = 9;
    private const int Specialised = 5;
    private const int RoomForAge = 3;

    private static readonly ImmutableArray<string> Names =
    [
        SlotReasons.SameInterviewer, SlotReasons.SamePsychologist, SlotReasons.SameInterpreter, SlotReasons.WithinWaitingMark,
        SlotReasons.AfterWaitingMark, SlotReasons.SameVisitAsMedical, SlotReasons.Specialised, SlotReasons.RoomForAge,
        SlotReasons.LongForAge, SlotReasons.SupportToArrange, SlotReasons.ObserversFree, SlotReasons.ObserverUnavailable,
    ];

    public static SlotRank Of(RosterPerson person, PersonRules rules, SlotSearchContext search)
    {
        var rank = default(SlotRank);
        if (search.Question.PreviousPersonIds.Contains(person.Id, StringComparer.Ordinal))
        {
            rank += rules.Role switch
            {
                StaffRoles.Interviewer => new(SameInterviewer, SlotReasonSet.SameInterviewer),
                StaffRoles.Psychologist => new(SamePsychologist, SlotReasonSet.SamePsychologist),
                StaffRoles.Interpreter => new(SameInterpreter, SlotReasonSet.SameInterpreter),
                _ => default,
            };
        }

        return rules.IsInterviewer && person.Entry.Certified is { } certificate && certificate.Years <= search.Lengths.SpecialisedYears
            ? rank + new SlotRank(Specialised, SlotReasonSet.Specialised)
            : rank;
    }

    public static SlotRank Of(Room room, SlotSearchContext search) =>
        room.AgeTo - room.AgeFrom + 1 <= search.Lengths.SpecialisedYears ? new(RoomForAge, SlotReasonSet.RoomForAge) : default;

    public static SlotRank OfObservers(bool free) =>
        free ? new(ObserversFree, SlotReasonSet.ObserversFree) : new(0, SlotReasonSet.ObserverUnavailable);

    public static SlotRank Of(SearchDay day)
    {
        var (question, lengths) = (day.Search.Question, day.Search.Lengths);
        var waited = day.Grid.Day.DayNumber - question.RequestedAt.DutchDate().DayNumber;
        var rank = new SlotRank(LaterDay * (day.Grid.Day.DayNumber - question.From.DutchDate().DayNumber), SlotReasonSet.None);
        rank += waited <= lengths.WaitingMarks.DaysFor(question.Urgent, day.Age) ? new(WithinMark, SlotReasonSet.WithinWaitingMark)
            : new(waited <= lengths.WaitingMarks.MostDays ? WithinMost : 0, SlotReasonSet.AfterWaitingMark);
        if (question.ExaminedBy?.DutchDate() == day.Grid.Day)
        {
            rank += new SlotRank(SameVisit, SlotReasonSet.SameVisitAsMedical);
        }

        return lengths.IsLong(day.Visit.Length, day.Age) ? rank + new SlotRank(0, SlotReasonSet.LongForAge) : rank;
    }

    public static IReadOnlyList<string> NamesOf(SlotReasonSet reasons) =>
        [.. Names.Where((_, i) => ((int)reasons & (1 << i)) != 0)];
}
