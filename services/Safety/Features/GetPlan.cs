using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Terms;
using Barnahus.Safety.Views;
using Instead = Barnahus.Platform.Hosting.Either<Barnahus.Safety.Features.PlanSheet.NamesOnly, Barnahus.Safety.Features.PlanSheet.Pointer>;
using Plan = Barnahus.Platform.Hosting.Either<
    Barnahus.Safety.Features.PlanSheet,
    Barnahus.Platform.Hosting.Either<Barnahus.Safety.Features.PlanSheet.NamesOnly, Barnahus.Safety.Features.PlanSheet.Pointer>>;

namespace Barnahus.Safety.Features;

/// <summary>The safety of a child as this role may see it: whole, or the names of the measures in force only.</summary>
public static class GetPlan
{
    public static void Map(RouteGroupBuilder child) => child.MapGet("/plan", Handle)
        .Allow(ChildRequest.Team)
        .WithSummary("Risk, plan, measures, contact map; whereabouts only for the coordinator and whom it was granted");

    private static Answer<Plan> Handle(Guid childId, AccessGate gate, SafetyFiles files, PersonalData personal, SafetyTerms terms)
    {
        var sight = gate.Require(childId, DataGroup.Measures);
        var row = files.Of(childId);
        if (row.State.MergedInto is { } into)
        {
            // What stands here is as it was then: the plan is that of the file the child's goes on in.
            return Reply.Read(new Plan(new Instead(new PlanSheet.Pointer(childId, row.State.File!.Status, into))), row.Revision);
        }

        if (sight != Sight.Full)
        {
            return Reply.Read(new Plan(new Instead(new PlanSheet.NamesOnly(childId, PlanSheet.Names(row.State, personal, terms)))));
        }

        var knowsPlace = gate.Look(childId, DataGroup.Whereabouts) == Sight.Full;
        var sheet = PlanSheet.Whole(childId, row.State, Earlier(row.State.TakenOver, files), personal, knowsPlace ? null : terms);
        return Reply.Read(new Plan(knowsPlace ? sheet with { Whereabouts = PlanSheet.Stay(row.State, personal) } : sheet), row.Revision);
    }

    /// <summary>The files that were merged into this one, and into those, for what happened before.</summary>
    private static List<Children.ChildSafety> Earlier(IEnumerable<Guid> takenOver, SafetyFiles files)
    {
        var known = new HashSet<Guid>();
        var open = new Queue<Guid>(takenOver);
        var earlier = new List<Children.ChildSafety>();
        while (open.TryDequeue(out var id))
        {
            if (known.Add(id))
            {
                var state = files.Of(id).State;
                earlier.Add(state);
                state.TakenOver.ToList().ForEach(open.Enqueue);
            }
        }

        return earlier;
    }
}
