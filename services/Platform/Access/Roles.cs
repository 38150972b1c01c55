namespace Barnahus.Platform.Access;

/// <summary>Claim values of the roles (domain.md, People and roles).</summary>
public static class Roles
{
    public const string IntakeOfficer = "intake-officer";
    public const string Interviewer = "interviewer";
    public const string Psychologist = "psychologist";
    public const string Prosecutor = "prosecutor";
    public const string ExaminingJudge = "examining-judge";
    public const string SafetyCoordinator = "safety-coordinator";
    public const string Medical = "medical";
    public const string YouthCare = "youth-care";
    public const string Auditor = "auditor";
    public const string Planner = "planner";
    public const string Administrator = "administrator";
    public const string Lawyer = "lawyer";
    public const string Guardian = "guardian";
    public const string VictimSupport = "victim-support";

    /// <summary>Every role a person can have. Machine clients (partners) have scopes instead.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        IntakeOfficer, Interviewer, Psychologist, Prosecutor, ExaminingJudge, SafetyCoordinator, Medical, YouthCare,
        Auditor, Planner, Administrator, Lawyer, Guardian, VictimSupport,
    ];
}

/// <summary>Scopes of machine clients.</summary>
public static class Scopes
{
    public const string SubmitReferrals = "referrals.submit";
    public const string ReadReceipts = "referrals.receipts";
}
