using static Barnahus.Platform.Access.Roles;

namespace Barnahus.Platform.Access;

/// <summary>The matrix of access.md, once, as data. Everything not written here is refused.</summary>
public static class AccessMatrix
{
    private static readonly Cell Team = new(Sight.Full, Through.Team);
    private static readonly Cell Limit = new(Sight.UntilInterview, Through.Team);
    private static readonly Cell Names = new(Sight.Names, Through.Team);
    private static readonly Cell Needs = new(Sight.Needs, Through.Team);
    private static readonly Cell Discl = new(Sight.Full, Through.Disclosure);
    private static readonly Cell Grant = new(Sight.Full, Through.Grant);
    private static readonly Cell Pseud = new(Sight.Pseudonym, Through.Role);
    private static readonly Cell PseudG = new(Sight.Pseudonym, Through.Role, Granted: Sight.Full);
    private static readonly Cell All = new(Sight.Full, Through.Role);
    private static readonly Cell No = new(Sight.None, Through.Nothing);

    private static readonly Dictionary<string, Cell[]> Rows = new(StringComparer.Ordinal)
    {
        // identity, file, whereabouts, advice, account, summary, medical, measures, clocks, timeline, accesses
        [IntakeOfficer] = [Team, Team, No, No, No, No, No, Names, Team, No, No],
        [Interviewer] = [Team, Limit, No, Team, Team, Team, No, Names, Team, No, No],
        [Psychologist] = [Team, Team, No, Team, Team, Team, No, Names, No, No, No],
        [Prosecutor] = [Team, Team, No, Team, Team, Team, Discl, Team, Team, Team, No],
        [ExaminingJudge] = [Team, Team, No, Team, Team, Team, Discl, Names, Team, No, No],
        [SafetyCoordinator] = [Team, Team, Team, Needs, No, Discl, No, Team, Team, No, No],
        [Medical] = [Team, Needs, No, Needs, Discl, Discl, Team, Names, No, No, No],
        [YouthCare] = [Team, Team, Grant, Needs, Discl, Discl, No, Team, Team, No, No],
        [Lawyer] = [Team, Needs, No, No, Discl, Discl, No, Names, Team, No, No],
        [Guardian] = [Team, Needs, No, No, Discl, Discl, No, Names, Team, No, No],
        [VictimSupport] = [Team, Needs, No, No, Discl, Discl, No, Names, Team, No, No],
        [Auditor] = [Pseud, No, No, No, No, No, No, No, Pseud, PseudG, All],
    };

    private static readonly Dictionary<DataGroup, Controller> Controllers = new()
    {
        // What the police made of the interview: the police, and the prosecutor must agree.
        [DataGroup.Account] = new(Interviewer, Agrees: Prosecutor),
        [DataGroup.Summary] = new(Interviewer, Agrees: Prosecutor),

        // The physician alone: consent, or a conflict of duties with its reasoning. A prosecutor never unlocks it.
        [DataGroup.Medical] = new(Medical),
    };

    /// <summary>Who decides on disclosures of a group; null for a group that no disclosure opens. No decision can be taken yet: nothing is open through one.</summary>
    public static Controller? ControllerOf(DataGroup group) => Controllers.GetValueOrDefault(group);

    /// <summary>What a role may see of a group, and what opens it.</summary>
    public static Cell Of(string role, DataGroup group) => Rows.TryGetValue(role, out var row) ? row[(int)group] : No;
}
