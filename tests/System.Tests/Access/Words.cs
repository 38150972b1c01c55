using Barnahus.Platform.Access;

namespace Barnahus.SystemTests.Access;

/// <summary>A word of each group of data, by which it is known again in whatever answer it stands.</summary>
public static class Words
{
    private static readonly Dictionary<string, (DataGroup Group, Sight[] Sights)> All = new(StringComparer.Ordinal)
    {
        [ChildWithEverything.Name] = (DataGroup.Identity, [Sight.Full]),
        [ChildWithEverything.Fact] = (DataGroup.File, [Sight.Full, Sight.UntilInterview]),
        [ChildWithEverything.Place] = (DataGroup.Whereabouts, [Sight.Full]),
        [ChildWithEverything.Shelter] = (DataGroup.Whereabouts, [Sight.Full]),
        [ChildWithEverything.Setting] = (DataGroup.Advice, [Sight.Full, Sight.Needs]),
        [ChildWithEverything.Trauma] = (DataGroup.Advice, [Sight.Full]),
        [ChildWithEverything.Remark] = (DataGroup.Account, [Sight.Full]),
        [ChildWithEverything.Hospital] = (DataGroup.Medical, [Sight.Full]),
        [ChildWithEverything.Ground] = (DataGroup.Measures, [Sight.Full]),
    };

    public static IReadOnlyList<string> In(string body) => [.. All.Keys.Where(word => body.Contains(word, StringComparison.Ordinal))];

    /// <summary>Whether this standing may read it there. On the timeline a granted auditor reads content of every group but the whereabouts.</summary>
    public static bool MayRead(string word, Standing one, string page) =>
        All[word].Sights.Contains(one.Sees(All[word].Group))
        || (page == "timeline" && one.One.Role == Roles.Auditor && one.Sees(DataGroup.Timeline) == Sight.Full && All[word].Group != DataGroup.Whereabouts);
}
