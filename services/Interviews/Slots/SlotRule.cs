using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace Barnahus.Interviews.Slots;

/// <summary>
/// Rules that reject a candidate, in the order in which they are named. One bit each in a set of 64.
/// </summary>
internal enum SlotRule
{
    // Alone: where one of these holds, nothing else is asked.
    OtherRegion,
    InThePast,
    ClosedDay,
    PublicHoliday,
    StudioClosed,
    OutsideOpeningHours,

    RoomOutOfUse,
    RoomAge,
    RoomEntrance,
    RoomNotAccessible,
    RoomTaken,

    ChildAgeUnknown,
    ChildUnavailableDay,
    ChildNotBefore,
    ChildNotAfter,
    ChildOwnTimes,
    ChildTaken,
    MedicalFirst,
    ChildrenCrossing,
    SuspectInBuilding,

    NoInterviewer,
    NoPsychologist,
    NoInterpreter,

    // Role by role, in the order of PersonRule.
    InterviewerRegion,
    InterviewerConflict,
    InterviewerBlocked,
    InterviewerGender,
    InterviewerNotCertified,
    InterviewerCertifiedAge,
    InterviewerCertifiedLvb,
    InterviewerAbsent,
    InterviewerWorkingHours,
    InterviewerTaken,
    InterviewerTravel,

    PsychologistRegion,
    PsychologistConflict,
    PsychologistAbsent,
    PsychologistWorkingHours,
    PsychologistTaken,
    PsychologistTravel,

    InterpreterRegion,
    InterpreterConflict,
    InterpreterLanguage,
    InterpreterAbsent,
    InterpreterWorkingHours,
    InterpreterTaken,
    InterpreterTravel,

    SupportRegion,
    SupportConflict,
    SupportAbsent,
    SupportWorkingHours,
    SupportTaken,
    SupportTravel,

    // Only a choice made by hand can break these.
    StartOffGrid,
    RoomUnknown,
    PersonUnknown,

    // Only the agenda says these: it does not know who has which role.
    PersonTaken,
    PersonTravel,
}

/// <summary>Names of the rules and what they tell a person.</summary>
public static class SlotRules
{
    public const string RoomTaken = "room-taken";
    public const string ChildTaken = "child-taken";
    public const string PersonTaken = "person-taken";
    public const string PersonTravel = "person-travel";
    public const string ChildrenCrossing = "children-crossing";
    public const string SuspectInBuilding = "suspect-in-building";

    private static readonly ImmutableArray<string> Names = [.. Enum.GetNames<SlotRule>().Select(Kebab)];

    // What a waiver can set aside: defaults. Nobody can be in two places or is called back from leave, and who is unsafe is not waived.
    private static readonly FrozenSet<SlotRule> Waivable = FrozenSet.ToFrozenSet(
    [
        SlotRule.ClosedDay, SlotRule.PublicHoliday, SlotRule.OutsideOpeningHours, SlotRule.InterviewerBlocked,
        SlotRule.RoomAge, SlotRule.RoomEntrance, SlotRule.RoomNotAccessible, SlotRule.ChildAgeUnknown, SlotRule.ChildUnavailableDay,
        SlotRule.ChildNotBefore, SlotRule.ChildNotAfter, SlotRule.ChildOwnTimes, SlotRule.MedicalFirst, SlotRule.InterviewerGender,
        SlotRule.InterviewerNotCertified, SlotRule.InterviewerCertifiedAge, SlotRule.InterviewerCertifiedLvb,
        SlotRule.InterviewerWorkingHours, SlotRule.PsychologistWorkingHours, SlotRule.InterpreterWorkingHours, SlotRule.SupportWorkingHours,
        SlotRule.InterviewerRegion, SlotRule.PsychologistRegion, SlotRule.InterpreterRegion, SlotRule.SupportRegion, SlotRule.OtherRegion,
    ]);

    /// <summary>All names, in the order in which they are given.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>Names of the rules that a waiver can set aside (Besluit slachtoffers art. 16).</summary>
    public static IReadOnlyList<string> CanBeWaived { get; } = [.. Waivable.Order().Select(NameOf)];

    /// <summary>What a rule tells a person: what is in the way and what to do. Never whose time, never which child.</summary>
    public static string Detail(string rule) => Enum.GetValues<SlotRule>().FirstOrDefault(r => NameOf(r) == rule, (SlotRule)(-1)) switch
    {
        SlotRule.RoomTaken => "The room is taken at that time. Search again and choose another slot.",
        SlotRule.ChildTaken => "The child is expected elsewhere at that time. Search again and choose another slot.",
        SlotRule.PersonTaken or SlotRule.InterviewerTaken or SlotRule.PsychologistTaken or SlotRule.InterpreterTaken or SlotRule.SupportTaken =>
            "Somebody needed is taken at that time. Search again and choose another slot.",
        SlotRule.PersonTravel or SlotRule.InterviewerTravel or SlotRule.PsychologistTravel or SlotRule.InterpreterTravel or SlotRule.SupportTravel =>
            "Somebody needed cannot travel between two buildings in time. Search again and choose another slot.",
        SlotRule.ClosedDay or SlotRule.PublicHoliday or SlotRule.OutsideOpeningHours =>
            "The building is closed then. Choose another time, or state a waiver.",
        SlotRule.ChildrenCrossing => "Children of one case would meet in the waiting room. Choose another time or another building.",
        SlotRule.SuspectInBuilding => "A suspect of the case is expected in this building then. Choose another time or another building.",
        SlotRule.MedicalFirst => "The medical examination must come before the interview. Plan it, or choose a later start.",
        SlotRule.ChildAgeUnknown => "The age of the child is not known. Estimate it, or state a waiver.",
        SlotRule.StartOffGrid => "An interview starts on a quarter of an hour. Choose such a start.",
        SlotRule.RoomUnknown => "There is no such room on the roster. Check its code.",
        SlotRule.PersonUnknown => "Somebody chosen is not on the roster in that role. Check the code.",
        SlotRule.InterviewerBlocked =>
            "This interviewer could read what is restricted until the interview. Choose somebody who could not, or state a waiver.",
        _ when rule.StartsWith("interviewer-", StringComparison.Ordinal) => "This interviewer does not fit. Search again, or state a waiver where the rule allows one.",
        _ => "This slot does not fit. Search again, or state a waiver where the rule allows one.",
    };

    /// <summary>Whether a rule is broken because somebody else was first: room, child or people are held at that time or too near to it.</summary>
    internal static bool IsOfTheAgenda(string rule) => rule.EndsWith("-taken", StringComparison.Ordinal) || rule.EndsWith("-travel", StringComparison.Ordinal);

    internal static string NameOf(SlotRule rule) => Names[(int)rule];

    internal static ulong Bit(this SlotRule rule) => 1UL << (int)rule;

    /// <summary>Set of the rules that are waived by name and can be.</summary>
    internal static ulong Waived(IReadOnlyList<string> names) =>
        Waivable.Where(r => names.Contains(NameOf(r), StringComparer.Ordinal)).Aggregate(0UL, (set, rule) => set | rule.Bit());

    private static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && kebab.Length > 0)
            {
                kebab.Append('-');
            }

            kebab.Append(char.ToLowerInvariant(c));
        }

        return kebab.ToString();
    }
}
