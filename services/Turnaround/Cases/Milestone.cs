using System.Collections.Immutable;

namespace Barnahus.Turnaround.Cases;

/// <summary>Milestones of a criminal case that people record.</summary>
public static class Milestone
{
    public const string FileToOm = "file-to-om";
    public const string FirstAssessment = "first-assessment";
    public const string Summons = "summons";
    public const string FirstHearing = "first-hearing";
    public const string Verdict = "verdict";

    /// <summary>Sepot: the case ends here, and what still ran in it counts no more.</summary>
    public const string Dismissal = "dismissal";
    public const string VeiligThuisReport = "veilig-thuis-report";
    public const string VeiligThuisDecision = "veilig-thuis-decision";
    public const string VeiligThuisInvestigated = "veilig-thuis-investigated";
    public const string CareRegistered = "care-registered";
    public const string CareIntake = "care-intake";

    /// <summary>What each is called: Dutch, English.</summary>
    public static readonly ImmutableSortedDictionary<string, (string Nl, string En)> All =
        ImmutableSortedDictionary.CreateRange(
            StringComparer.Ordinal,
            new Dictionary<string, (string, string)>(StringComparer.Ordinal)
            {
                [FileToOm] = ("Dossier naar het OM", "File to the prosecution service"),
                [FirstAssessment] = ("Eerste beoordeling door het OM", "First assessment by the prosecution service"),
                [Summons] = ("Dagvaarding", "Summons"),
                [FirstHearing] = ("Eerste zitting", "First hearing"),
                [Verdict] = ("Vonnis", "Verdict"),
                [Dismissal] = ("Sepot", "Dismissal"),
                [VeiligThuisReport] = ("Melding bij Veilig Thuis", "Report to Veilig Thuis"),
                [VeiligThuisDecision] = ("Besluit van Veilig Thuis", "Decision of Veilig Thuis"),
                [VeiligThuisInvestigated] = ("Onderzoek van Veilig Thuis afgerond", "Investigation of Veilig Thuis done"),
                [CareRegistered] = ("Aangemeld bij de jeugd-ggz", "Registered with mental health care"),
                [CareIntake] = ("Intake bij de jeugd-ggz", "Intake with mental health care"),
            });
}
