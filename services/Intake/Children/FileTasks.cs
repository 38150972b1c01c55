namespace Barnahus.Intake.Children;

/// <summary>Kinds of tasks of a file.</summary>
public static class TaskKinds
{
    /// <summary>Find out who the child is.</summary>
    public const string IdentifyChild = "identify-child";

    /// <summary>Ask the court for a special guardian (bijzondere curator; 1:250 BW, Besluit slachtoffers art. 14).</summary>
    public const string SpecialGuardian = "special-guardian";

    /// <summary>Arrange the child's own lawyer (Besluit slachtoffers art. 14).</summary>
    public const string Lawyer = "lawyer";

    /// <summary>Make the individual assessment (Besluit slachtoffers art. 10).</summary>
    public const string IndividualAssessment = "individual-assessment";

    /// <summary>Arrange that help goes on at 18 (S:002).</summary>
    public const string Handover = "handover";

    /// <summary>Look again at a referral that stayed open.</summary>
    public const string Review = "review";

    /// <summary>The safety coordinator can no longer act: name another.</summary>
    public const string SafetyCoordinator = "safety-coordinator";
}

/// <summary>Which tasks a file calls for, from what is known on a day.</summary>
public static class FileTasks
{
    private const int MonthsBeforeBirthday = 6;

    /// <summary>Kinds that follow from what the file says, and from nothing else: when it no longer says so, they are no longer called for.</summary>
    public static readonly IReadOnlyList<string> Following = [TaskKinds.IdentifyChild, TaskKinds.SpecialGuardian, TaskKinds.Lawyer, TaskKinds.Handover];

    /// <param name="DueOn">Day before which it must be done, if there is one.</param>
    public sealed record Needed(string Kind, DateOnly? DueOn)
    {
        /// <summary>A task that arose is this one: while it is open for this day, when it was done for this month.</summary>
        public bool Is(FileTask task) => task.Kind == Kind
            && (task.DoneAt is null ? task.DueOn == DueOn : task.DueOn is not { } day || DueOn is not { } due || HandoverFrom(day) == HandoverFrom(due));
    }

    /// <summary>Day of the eighteenth birthday; null when the birth date is unknown.</summary>
    public static DateOnly? Eighteenth(ChildIdentity identity) => identity.BirthDate?.AddYears(18);

    /// <summary>
    /// Day from which the handover must be arranged: the first of the month six months before the eighteenth birthday. Never the day itself: when
    /// something happened stands in the log in clear, and must not give the birth date away.
    /// </summary>
    public static DateOnly? HandoverFrom(ChildIdentity identity) => Eighteenth(identity) is { } day ? HandoverFrom(day) : null;

    /// <param name="eighteenth">Day of the eighteenth birthday.</param>
    public static DateOnly HandoverFrom(DateOnly eighteenth) => new DateOnly(eighteenth.Year, eighteenth.Month, 1).AddMonths(-MonthsBeforeBirthday);

    /// <summary>Tasks a file calls for today, whether or not they were done.</summary>
    public static IEnumerable<Needed> For(OpenedFile file, DateOnly today)
    {
        var identity = file.Identity();
        if (!identity.IsIdentified)
        {
            yield return new(TaskKinds.IdentifyChild, null);
        }
        else if (NeedsSpecialGuardian(file))
        {
            // A court decides about a child it can name; until then identifying is the task.
            yield return new(TaskKinds.SpecialGuardian, null);
            yield return new(TaskKinds.Lawyer, null);
        }

        if (HandoverFrom(identity) is { } from && from <= today)
        {
            yield return new(TaskKinds.Handover, Eighteenth(identity));
        }
    }

    /// <summary>Parts of the file that a task of this kind follows from: it tells something of them.</summary>
    public static IReadOnlyList<string> FollowsFrom(string kind) => kind switch
    {
        TaskKinds.SpecialGuardian or TaskKinds.Lawyer => [FileParts.Identity, FileParts.Referrals, FileParts.Representatives],
        TaskKinds.IdentifyChild or TaskKinds.Handover => [FileParts.Identity, FileParts.Referrals],
        TaskKinds.IndividualAssessment => [FileParts.Assessments],
        _ => [],
    };

    /// <summary>What has been answered by the file itself.</summary>
    public static IEnumerable<string> Answered(OpenedFile file)
    {
        if (file.Identity().IsIdentified)
        {
            yield return TaskKinds.IdentifyChild;
        }

        var relations = file.Representatives().Select(one => one.Relation).ToHashSet(StringComparer.Ordinal);
        if (relations.Contains(Representative.SpecialGuardian))
        {
            yield return TaskKinds.SpecialGuardian;
        }

        if (relations.Contains(Representative.Lawyer))
        {
            yield return TaskKinds.Lawyer;
        }
    }

    /// <summary>
    /// A parent with authority is suspected or in conflict with the child's interest (one of them is enough, 1:250 BW),
    /// or none of those with authority may be informed, so that nobody can act for the child.
    /// </summary>
    public static bool NeedsSpecialGuardian(OpenedFile file)
    {
        var authority = file.Representatives().Where(one => one.Custody).ToList();
        return authority.Any(one => one.Suspected || one.ConflictOfInterest) || (authority.Count > 0 && authority.All(one => !one.MayBeInformed));
    }
}
