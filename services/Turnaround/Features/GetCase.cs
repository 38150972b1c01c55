using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Views;

namespace Barnahus.Turnaround.Features;

/// <summary>One case with its clocks, milestones and what people decided about them.</summary>
public static class GetCase
{
    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/cases/{caseId:guid}", Handle)
        .Allow(CaseSight.Readers)
        .WithSummary("A case with its clocks");

    private static Answer<CaseShown> Handle(Guid caseId, CaseImages cases, CaseOpener opener, ClockRows rows, CaseSight sight, PersonalData personal)
    {
        var image = cases.Find(caseId);
        var children = sight.Require(image?.Case);
        var shown = opener.Open(image!.Case);
        var clocks = sight.Clocks(shown).ToList();
        var seen = clocks.ConvertAll(clock => clock.ClockId);
        return Reply.Read(
            new CaseShown(
                caseId,
                shown.Region,
                shown.ReportedAt,
                [.. children.Select(sight.NameOf)],
                Numbers(shown, children, sight, personal),
                shown.Merged?.IntoCaseId,
                [
                    .. shown.Reached().OrderBy(reached => reached.At).Select(reached => new MilestoneShown(
                        reached.Milestone, Milestone.All[reached.Milestone].Nl, Milestone.All[reached.Milestone].En, reached.At)),
                ],
                [.. clocks.Where(clock => clock.WithdrawnFor is null).Select(rows.Of)],
                [.. clocks.Where(clock => clock.WithdrawnFor is not null).Select(clock => new WithdrawnShown(clock.ClockId, clock.Norm.Rule.Clock, clock.WithdrawnFor!))],
                [.. Decisions(image, children, sight, personal).Where(decision => decision.ClockId is not { } about || seen.Contains(about))]),
            image.Revision);
    }

    private static Opened<CaseNumbers>? Numbers(Case shown, IReadOnlyList<Guid> children, CaseSight sight, PersonalData personal) =>
        children.Where(child => shown.Numbers.ContainsKey(child) && sight.MayReadReasons(child))
            .Select(child => (Opened<CaseNumbers>?)personal.Open(shown.Numbers[child]))
            .OrderBy(numbers => numbers!.Value.DestroyedRegime is null ? 0 : 1)
            .FirstOrDefault();

    /// <summary>A decision about the whole case stands once for each child; it is shown once, under the first child one may see.</summary>
    private static IEnumerable<DecisionShown> Decisions(CaseImage image, IReadOnlyList<Guid> children, CaseSight sight, PersonalData personal) =>
        image.Notes
            .Where(note => children.Contains(note.ChildId))
            .GroupBy(note => (note.Kind, note.ClockId, note.At))
            .Select(group => group.First())
            .Select(note => new DecisionShown(
                note.Kind,
                note.ClockId,
                note.At,
                note.AccountId,
                note.Role,
                note.Why is { } why && sight.MayReadReasons(note.ChildId) ? personal.Open(why) : null));
}

/// <param name="CaseId">The case.</param>
/// <param name="Region">Police unit's region.</param>
/// <param name="ReportedAt">When it was reported, UTC.</param>
/// <param name="Children">Children that the caller may see: ids, for an auditor pseudonyms.</param>
/// <param name="Numbers">Numbers at police and prosecution, for those who lead the case.</param>
/// <param name="MergedInto">The case that goes on with this one.</param>
/// <param name="Milestones">Milestones that were reached.</param>
/// <param name="Clocks">Clocks that count.</param>
/// <param name="Withdrawn">Clocks that count no more, with the reason's code.</param>
/// <param name="Decisions">What people decided about the clocks.</param>
public sealed record CaseShown(
    Guid CaseId,
    string Region,
    DateTimeOffset? ReportedAt,
    IReadOnlyList<string> Children,
    Opened<CaseNumbers>? Numbers,
    Guid? MergedInto,
    IReadOnlyList<MilestoneShown> Milestones,
    IReadOnlyList<ClockRow> Clocks,
    IReadOnlyList<WithdrawnShown> Withdrawn,
    IReadOnlyList<DecisionShown> Decisions);

/// <param name="Milestone">Which.</param>
/// <param name="Nl">Dutch.</param>
/// <param name="En">English.</param>
/// <param name="At">When it was reached, UTC.</param>
public sealed record MilestoneShown(string Milestone, string Nl, string En, DateTimeOffset At);

/// <param name="For">Why it counts no more, a code.</param>
public sealed record WithdrawnShown(Guid ClockId, string Clock, string For);

/// <param name="Kind"><c>correction | suspension | resumption | extension | target</c>.</param>
/// <param name="By">Account that decided.</param>
/// <param name="Why">Reason or plan of approach, for those who lead the case.</param>
public sealed record DecisionShown(string Kind, Guid? ClockId, DateTimeOffset At, Guid? By, string Role, Opened<string>? Why);
