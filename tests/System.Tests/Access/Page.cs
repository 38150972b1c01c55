using Barnahus.Platform.Access;

namespace Barnahus.SystemTests.Access;

/// <summary>An address that shows something of the child.</summary>
/// <param name="Name">As fields.md calls it.</param>
/// <param name="Path">Of this child.</param>
/// <param name="Absent">Of a child that is not there.</param>
/// <param name="Opens">The group without which it does not open, and how much of it is needed.</param>
public sealed record Page(string Name, string Path, string Absent, DataGroup Opens, IReadOnlyList<Sight> Needed)
{
    private static readonly Sight[] Anything = [Sight.Pseudonym, Sight.Names, Sight.Needs, Sight.UntilInterview, Sight.Full];
    private static readonly Guid Nobody = Guid.Parse("0190aaaa-bbbb-7ccc-8ddd-eeeeffff0001");

    public bool IsFor(Standing one) => Needed.Contains(one.Sees(Opens));

    /// <summary>One per part of the file that has an address of its own.</summary>
    public static IReadOnlyList<Page> Of(ChildWithEverything child)
    {
        return
        [
            For("file", id => $"/intake/v1/children/{id}", DataGroup.File),
            For("interviews", id => Story.Interviews(id), DataGroup.Identity, Sight.Full),
            new("interview", $"{Story.Interviews(child.Id)}/{child.InterviewId}", $"{Story.Interviews(Nobody)}/{child.InterviewId}", DataGroup.Identity, [Sight.Full]),
            For("plan", id => $"/safety/v1/children/{id}/plan", DataGroup.Measures),
            new("case", $"/turnaround/v1/cases/{child.CaseId}", $"/turnaround/v1/cases/{Nobody}", DataGroup.Clocks, Anything),
            For("timeline", id => $"/timeline/v1/children/{id}/events?pageSize=100", DataGroup.Timeline),
            For("accesses", id => $"/timeline/v1/children/{id}/accesses?pageSize=10", DataGroup.Accesses),
        ];

        Page For(string name, Func<Guid, string> path, DataGroup opens, params Sight[] needed) =>
            new(name, path(child.Id), path(Nobody), opens, needed.Length == 0 ? Anything : needed);
    }
}
