using System.Collections.Immutable;

namespace Barnahus.Turnaround.Cases;

/// <summary>Moments that start and stop clocks. The first group the system learns from other services; the second people record.</summary>
public static class Moment
{
    /// <summary>The case was reported.</summary>
    public const string Report = "report";

    /// <summary>The child was referred.</summary>
    public const string Referral = "referral";

    /// <summary>The first individual assessment was made.</summary>
    public const string Assessed = "assessed";

    /// <summary>Last known moment of abuse.</summary>
    public const string LastEvent = "last-event";

    /// <summary>The forensic medical examination was done.</summary>
    public const string Examined = "examined";

    /// <summary>An interview was asked for; a clock for each interview.</summary>
    public const string InterviewRequested = "interview-requested";

    /// <summary>The interview was completed.</summary>
    public const string InterviewCompleted = "interview-completed";

    /// <summary>Moments that may start a clock.</summary>
    public static readonly ImmutableHashSet<string> Starts =
        [Report, Referral, LastEvent, InterviewRequested, .. Milestone.All.Keys];

    /// <summary>Moments that may stop a clock.</summary>
    public static readonly ImmutableHashSet<string> Stops =
        [Assessed, Examined, InterviewCompleted, .. Milestone.All.Keys];

    /// <summary>Moments of one child; the others are of the case.</summary>
    internal static bool IsOfChild(string start) => start is Referral or LastEvent or InterviewRequested;
}
