using Barnahus.Interviews.Slots;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Interviews;

// What an interview is made of: small records that stand in events, in the state, and in what a merge carries over.

/// <summary>When the child has something of its own, and how far it lives.</summary>
/// <param name="OwnTimes">School, naps, medication, religious days.</param>
/// <param name="TravelMinutes">Minutes the child travels each way.</param>
public sealed record ChildTimes(IReadOnlyList<OwnTime> OwnTimes, int TravelMinutes);

/// <param name="At">When it was asked for.</param>
/// <param name="By">Account that asked.</param>
/// <param name="Second">The child was questioned before: the ground must be approved (Besluit slachtoffers art. 9).</param>
/// <param name="CaseIds">Criminal cases it is for: parties to one case never meet in a building.</param>
/// <param name="Question">What is to be asked, for the one who decides.</param>
/// <param name="Ground">Why a further interview is strictly necessary.</param>
public sealed record InterviewRequest(
    DateTimeOffset At,
    Guid? By,
    bool Second,
    IReadOnlyList<Guid> CaseIds,
    [property: Personal(Regime.Police)] Personal<string>? Question,
    [property: Personal(Regime.Police)] Personal<string>? Ground);

/// <param name="At">When it was decided.</param>
/// <param name="By">Account that decided.</param>
/// <param name="Role"><c>prosecutor</c>, or <c>examining-judge</c> for an RC hearing.</param>
/// <param name="Approved">There is to be an interview.</param>
/// <param name="GroundApproved">The ground for a further interview is approved.</param>
/// <param name="Reasoning">Why.</param>
/// <param name="ContraIndications">Fear, memory problems, ...: known when deciding.</param>
public sealed record InterviewDecision(
    DateTimeOffset At,
    Guid? By,
    string Role,
    bool Approved,
    bool GroundApproved,
    [property: Personal(Regime.Prosecution)] Personal<string>? Reasoning,
    [property: Personal(Regime.Prosecution)] Personal<IReadOnlyList<string>>? ContraIndications);

/// <param name="At">When it was decided.</param>
/// <param name="By">Account of the prosecutor.</param>
/// <param name="Status">Status, caution and lawyer.</param>
public sealed record SuspectDecision(DateTimeOffset At, Guid? By, [property: Personal(Regime.Prosecution)] Personal<SuspectStatus>? Status);

/// <param name="HeardAs"><c>victim</c>, <c>suspect</c> or <c>both</c>.</param>
/// <param name="Caution">Whether and how the caution is given.</param>
/// <param name="Lawyer">Who assists the child, or why nobody does.</param>
/// <param name="Reasoning">Why.</param>
public sealed record SuspectStatus(string HeardAs, string Caution, string Lawyer, string Reasoning);

/// <summary>How to hear this child, given trauma and its influence on the interview.</summary>
public sealed record Advice(
    string? Setting,
    string? Pace,
    string? Trauma,
    IReadOnlyList<string> Triggers,
    IReadOnlyList<string> Wording,
    string? Breaks,
    IReadOnlyList<string> ContraIndications);

/// <param name="Version">From 1; the latest is the one that counts.</param>
/// <param name="At">When it was given.</param>
/// <param name="By">Account of the psychologist.</param>
/// <param name="Content">The advice.</param>
/// <param name="AcknowledgedBy">Accounts that read this version and said so.</param>
public sealed record AdviceVersion(
    int Version,
    DateTimeOffset At,
    Guid? By,
    [property: Personal(Regime.Police)] Personal<Advice>? Content,
    IReadOnlyList<Guid> AcknowledgedBy);

/// <summary>A colleague visits the child beforehand. For an RC hearing it is the preparatory talk (art. 12).</summary>
/// <param name="At">When the visit was.</param>
/// <param name="By">Account that recorded it.</param>
/// <param name="Finding">What the visitor found.</param>
public sealed record PreVisit(DateTimeOffset At, Guid? By, [property: Personal(Regime.Police)] Personal<PreVisitFinding>? Finding);

/// <param name="TellingWillWork">False: the interview is cancelled.</param>
/// <param name="Impression">What the visitor saw.</param>
public sealed record PreVisitFinding(bool TellingWillWork, string? Impression);

/// <summary>A default that does not hold for this child (Besluit slachtoffers art. 16).</summary>
/// <param name="Rule">A <see cref="WaivableRule"/>; sealed, since which rule cannot be kept tells of the child. Null once it was destroyed and a merge brought the rest here.</param>
/// <param name="At">When it was set aside.</param>
/// <param name="By">Account that did.</param>
/// <param name="Role">Role it acted in.</param>
/// <param name="Why">Why it cannot be kept.</param>
public sealed record Waiver(
    [property: Personal(Regime.Police)] Personal<string>? Rule,
    DateTimeOffset At,
    Guid? By,
    string Role,
    [property: Personal(Regime.Police)] Personal<string>? Why);

/// <param name="PersonId">Representative (the id Intake gave) or another companion.</param>
/// <param name="Place">A <see cref="StudioPlace"/>.</param>
public sealed record Attendance(Guid PersonId, string Place);

/// <summary>How an RC hearing will be held (Besluit slachtoffers art. 12; S:000).</summary>
/// <param name="JudgeId">Account of the examining judge.</param>
/// <param name="SpecialisedJudge">The judge is trained in hearing children.</param>
/// <param name="SeparateRoomOrRemote">The child sits in a room of its own, or elsewhere over a video link.</param>
/// <param name="NoEyeContact">The child and the suspect cannot see each other.</param>
/// <param name="ClosedDoors">No public.</param>
public sealed record HearingArrangement(
    Guid JudgeId, bool SpecialisedJudge, bool SeparateRoomOrRemote, bool NoEyeContact, bool ClosedDoors);

/// <summary>Room, people and time, as reserved under the same id in the agenda of that day. Ids are those of the roster.</summary>
/// <param name="BookingId">Also the id of the reservation.</param>
/// <param name="AgendaDay">Dutch day in whose agenda it is reserved.</param>
/// <param name="RoomId">The child-friendly interview room, with its observation and waiting room.</param>
/// <param name="Start">When the interview starts; welcome comes before it.</param>
/// <param name="End">When it ends; aftercare comes after it.</param>
/// <param name="InterviewerId">Who asks.</param>
/// <param name="PsychologistId">Who watches and advises.</param>
/// <param name="InterpreterId">Who interprets.</param>
/// <param name="SupportPersonId">Who is there for the child.</param>
/// <param name="Attendance">Representatives and companions, and where they may be.</param>
/// <param name="Hearing">For an RC hearing.</param>
/// <param name="Warnings">Rules that warned and did not refuse; sealed, since "long for the age" tells an age. Null: none, or destroyed before a merge.</param>
public sealed record Booking(
    Guid BookingId,
    DateOnly AgendaDay,
    string RoomId,
    DateTimeOffset Start,
    DateTimeOffset End,
    string InterviewerId,
    string PsychologistId,
    string? InterpreterId,
    string? SupportPersonId,
    IReadOnlyList<Attendance> Attendance,
    HearingArrangement? Hearing,
    [property: Personal(Regime.Police)] Personal<IReadOnlyList<string>>? Warnings);

/// <param name="At">When it was called off.</param>
/// <param name="By">Account that called it off.</param>
/// <param name="Ground">Why; sealed with its code, since "child unwell" tells of a child.</param>
public sealed record Cancellation(DateTimeOffset At, Guid? By, [property: Personal(Regime.Police)] Personal<CancellationGround>? Ground);

/// <param name="Code">A <see cref="CancellationReason"/>.</param>
/// <param name="Reason">In words.</param>
public sealed record CancellationGround(string Code, string? Reason);

/// <param name="Phase">An <see cref="InterviewPhase"/>.</param>
/// <param name="At">When it began.</param>
public sealed record PhaseEntered(string Phase, DateTimeOffset At);

/// <summary>Somebody in a room during the interview.</summary>
/// <param name="Who">Role and, where there is one, id or name.</param>
/// <param name="Place">A <see cref="StudioPlace"/>.</param>
public sealed record Presence(string Who, string Place);

/// <param name="At">When the interview ended.</param>
/// <param name="By">Account that closed it.</param>
/// <param name="BrokenOff">The child or the interviewer stopped before closure; sealed, since it tells how the child fared.</param>
/// <param name="RecordingSha256">SHA-256 of the audiovisual recording (Besluit slachtoffers art. 14), 64 hex digits.</param>
/// <param name="Recording">Where the recording is kept.</param>
/// <param name="Present">Who was in which room.</param>
/// <param name="Deviations">Where it went otherwise than the plan, the advice or the protocol.</param>
/// <param name="Remark">The child's own remark, in the child's words.</param>
public sealed record Completion(
    DateTimeOffset At,
    Guid? By,
    [property: Personal(Regime.Police)] Personal<bool>? BrokenOff,
    string RecordingSha256,
    [property: Personal(Regime.Police)] Personal<string>? Recording,
    [property: Personal(Regime.Police)] Personal<IReadOnlyList<Presence>>? Present,
    [property: Personal(Regime.Police)] Personal<IReadOnlyList<string>>? Deviations,
    [property: Personal(Regime.Police)] Personal<string>? Remark);
