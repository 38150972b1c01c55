using Barnahus.Interviews.Slots;

namespace Barnahus.Interviews.Interviews;

/// <summary>Kinds of questioning of a child. All but the RC hearing fall under the one-interview guard.</summary>
public static class InterviewKind
{
    /// <summary>Studioverhoor: the one interview.</summary>
    public const string Forensic = "forensic";

    /// <summary>A further interview; only with a ground that a prosecutor approved.</summary>
    public const string Supplementary = "supplementary";

    /// <summary>Hearing before the examining judge (rechter-commissaris), Besluit slachtoffers art. 12.</summary>
    public const string RcHearing = "rc-hearing";

    /// <summary>Informatief gesprek (team zeden): in it the child already tells, so it is recorded and counted.</summary>
    public const string InformativeTalk = "informative-talk";

    public static IReadOnlyList<string> All { get; } = [Forensic, Supplementary, RcHearing, InformativeTalk];
}

/// <summary>Where an interview stands; the words of the contract <c>InterviewsChanged</c>.</summary>
public static class InterviewStatus
{
    public const string Requested = "requested";
    public const string Decided = "decided";

    /// <summary>The prosecutor or examining judge decided that there is to be no interview.</summary>
    public const string Refused = "refused";
    public const string Booked = "booked";
    public const string Started = "started";
    public const string Completed = "completed";
    public const string Cancelled = "cancelled";
}

/// <summary>Phases of an interview, in the order of the protocol.</summary>
public static class InterviewPhase
{
    /// <summary>Introduction and ground rules.</summary>
    public const string Introduction = "introduction";

    /// <summary>Practice in telling, on a neutral event.</summary>
    public const string NarrativePractice = "narrative-practice";
    public const string FreeRecall = "free-recall";
    public const string OpenQuestions = "open-questions";

    /// <summary>May come at any time, as often as the child needs.</summary>
    public const string Break = "break";

    /// <summary>Questions of the observation room, asked by the interviewer.</summary>
    public const string RelayedQuestions = "relayed-questions";
    public const string Closure = "closure";

    public static IReadOnlyList<string> InOrder { get; } =
        [Introduction, NarrativePractice, FreeRecall, OpenQuestions, RelayedQuestions, Closure];

    public static IReadOnlyList<string> All { get; } = [.. InOrder, Break];
}

/// <summary>Rooms of a studio, as attendance and presence name them.</summary>
public static class StudioPlace
{
    /// <summary>Welcome at the door and good-bye, before and after the interview.</summary>
    public const string Welcome = "welcome";
    public const string WaitingRoom = "waiting-room";
    public const string InterviewRoom = "interview-room";
    public const string ObservationRoom = "observation-room";

    /// <summary>Taking part from another place over a video link (RC hearing).</summary>
    public const string Remote = "remote";

    public static IReadOnlyList<string> All { get; } = [Welcome, WaitingRoom, InterviewRoom, ObservationRoom, Remote];
}

/// <summary>Why an interview was called off; the text beside the code tells more.</summary>
public static class CancellationReason
{
    /// <summary>The pre-visit showed that telling will not work.</summary>
    public const string TellingWillNotWork = "telling-will-not-work";
    public const string ChildUnwell = "child-unwell";
    public const string ChildDoesNotWant = "child-does-not-want";
    public const string StaffUnavailable = "staff-unavailable";
    public const string NoLongerNeeded = "no-longer-needed";
    public const string Other = "other";

    public static IReadOnlyList<string> All { get; } =
        [TellingWillNotWork, ChildUnwell, ChildDoesNotWant, StaffUnavailable, NoLongerNeeded, Other];
}

/// <summary>Rules of this service that a waiver can set aside (Besluit slachtoffers art. 16): which rule, why, by whom.</summary>
public static class WaivableRule
{
    public const string PreVisitFirst = "pre-visit-first";
    public const string MedicalFirst = "medical-first";
    public const string PreparatoryTalkFirst = "preparatory-talk-first";
    public const string SpecialisedJudge = "specialised-judge";
    public const string SeparateRoom = "separate-room";
    public const string NoEyeContact = "no-eye-contact";
    public const string ClosedDoors = "closed-doors";

    /// <summary>Who was booked starts the interview.</summary>
    public const string BookedInterviewer = "booked-interviewer";

    /// <summary>It starts at the booked time, or a little earlier, and not after the booked end.</summary>
    public const string BookedTime = "booked-time";

    /// <summary>These, and what the slot search lets be waived.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. SlotRules.CanBeWaived.Except([MedicalFirst]),
        PreVisitFirst, MedicalFirst, PreparatoryTalkFirst, SpecialisedJudge, SeparateRoom, NoEyeContact, ClosedDoors,
        BookedInterviewer, BookedTime,
    ];
}
