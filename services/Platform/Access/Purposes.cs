namespace Barnahus.Platform.Access;

/// <summary>A purpose a person can state for a session; kept with every event and every read (purpose limitation).</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Dutch">As the screen says it.</param>
/// <param name="English">The same in English.</param>
public sealed record Purpose(string Code, string Dutch, string English);

/// <summary>The purposes each role can state.</summary>
public static class Purposes
{
    private static readonly Dictionary<string, Purpose[]> ByRole = new(StringComparer.Ordinal)
    {
        [Roles.IntakeOfficer] = [new("intake", "Melding beoordelen", "Assessing a referral"), new("file-keeping", "Dossier bijhouden", "Keeping the file")],
        [Roles.Interviewer] = [new("interview", "Verhoor voorbereiden en houden", "Preparing and holding the interview")],
        [Roles.Psychologist] = [new("advice", "Adviseren over het verhoor", "Advising on the interview")],
        [Roles.Prosecutor] = [new("prosecution", "Opsporing en vervolging", "Investigation and prosecution")],
        [Roles.ExaminingJudge] = [new("rc-hearing", "Verhoor door de rechter-commissaris", "Hearing before the examining judge")],
        [Roles.SafetyCoordinator] = [new("protection", "Bescherming van het kind", "Protecting the child")],
        [Roles.Medical] = [new("medical-care", "Medische zorg", "Medical care"), new("forensic-examination", "Forensisch onderzoek", "Forensic examination")],
        [Roles.YouthCare] = [new("care", "Hulp en nazorg", "Care and after-care")],
        [Roles.Auditor] = [new("oversight", "Toezicht", "Oversight")],
        [Roles.Planner] = [new("planning", "Studioplanning", "Studio planning")],
        [Roles.Administrator] = [new("administration", "Functioneel beheer", "Functional administration")],
        [Roles.Lawyer] = [new("legal-assistance", "Rechtsbijstand", "Legal assistance")],
        [Roles.Guardian] = [new("representation", "Vertegenwoordiging van het kind", "Representing the child")],
        [Roles.VictimSupport] = [new("support", "Slachtofferhulp", "Victim support")],
    };

    /// <summary>Purposes of a role; none for an unknown role.</summary>
    public static IReadOnlyList<Purpose> For(string role) => ByRole.GetValueOrDefault(role) ?? [];
}
