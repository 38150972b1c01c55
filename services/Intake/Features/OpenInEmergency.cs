using Barnahus.Intake.Access;
using Barnahus.Intake.Children;
using Barnahus.Intake.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Features;

/// <summary>
/// Break-glass (access.md): somebody of an organisation on the child's team, in the child's region, opens the file in an emergency, for 60 minutes. The team and
/// the auditor are alarmed at once, and somebody else must judge it afterwards. To anybody else the child does not exist.
/// </summary>
public static class OpenInEmergency
{
    private const int ShortestReason = 10;
    private const int LongestText = 2000;

    /// <param name="Reason">Why it cannot wait, for the team and whoever judges it.</param>
    public sealed record BreakRequest(string Reason);

    /// <param name="BreakId">The opening.</param>
    /// <param name="Justified">Whether it was right.</param>
    public sealed record ReviewRequest(Guid BreakId, bool Justified, string? Remark = null);

    /// <param name="ChildId">The file that was opened; where the one asked for was merged, the one it went into.</param>
    /// <param name="Until">When it ends by itself.</param>
    public sealed record OpenedInEmergency(Guid ChildId, Guid BreakId, DateTimeOffset Until);

    public sealed record Reviewed(Guid ChildId, Guid BreakId, bool Justified);

    private static string[] Breakers { get; } = [.. Roles.All.Except([Roles.Auditor, Roles.Planner, Roles.Administrator])];

    private static string[] Reviewers { get; } = [Roles.IntakeOfficer, Roles.SafetyCoordinator, Roles.Prosecutor, Roles.Auditor];

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/children/{childId:guid}/access/break-glass", BreakAsync).Allow(Breakers).RequireRecentSignIn()
            .WithSummary("Open a file in an emergency, for 60 minutes; the team and the auditor are alarmed.");
        routes.MapPost("/children/{childId:guid}/access/reviews", ReviewAsync).Allow(Reviewers)
            .WithSummary("Judge an emergency opening; what is left of its time ends.");
    }

    private static async Task<Answer<OpenedInEmergency>> BreakAsync(
        Guid childId,
        BreakRequest request,
        Caller caller,
        AccessGate gate,
        ChildAccess access,
        FilesView files,
        AccountsView accounts,
        CommandHandler handler,
        CancellationToken cancellationToken)
    {
        RequireText("reason", request.Reason, ShortestReason);
        gate.RequireFresh();
        var account = caller.AccountId!.Value;
        var child = access.Surviving(childId);
        var known = files.Find(child)?.State;

        // One path for who may not and for what is not: the same look-ups, no append, the same answer.
        var near = known is { Status: FileStatus.Open or FileStatus.Closed, Region: { } region } && caller.Regions.Contains(region)
            & access.Team(child).Any(member => caller.Organisation is { } own && accounts.Find(member.AccountId)?.Organisation == own);
        if (!near || access.Conflicts(child).Contains(account))
        {
            throw new UnknownException();
        }

        caller.Admit(SubjectId.Child(child));
        var id = DerivedId.From(caller.RequestId, "break-glass");
        var command = caller.Command();
        var result = await handler.HandleAsync(
            TeamDecider.Decider, AccessStream.Of(child), new BreakGlass(child, id, account, caller.Role, request.Reason, command.Now), command, cancellationToken);
        if (result.Events.Count > 0)
        {
            Telemetry.GlassBroken.Add(1);
        }

        // The same request once more gets what it opened the first time, ended or not; else it was open already.
        var open = result.Events.OfType<GlassBroken>().FirstOrDefault()
            ?? result.State.Breaks.Values.First(one => one.AccountId == account && one.Role == caller.Role && command.Now < one.Until);
        return Reply.Changed(result, new OpenedInEmergency(child, open.BreakId, open.Until));
    }

    private static async Task<Answer<Reviewed>> ReviewAsync(
        Guid childId,
        ReviewRequest request,
        Caller caller,
        AccessGate gate,
        ChildAccess access,
        EmergencyOpenings openings,
        CommandHandler handler,
        CancellationToken cancellationToken)
    {
        if (caller.Role != Roles.Auditor)
        {
            gate.RequireMember(childId);
        }
        else if (!gate.May(childId, DataGroup.Accesses))
        {
            // In conflict of interest, or no such child.
            throw new UnknownException();
        }

        if (request.Remark is not null)
        {
            RequireText("remark", request.Remark, 1);
        }

        // Judged where it was opened, whatever was merged since.
        if (openings.Find(request.BreakId) is not { } opening || access.Surviving(opening.ChildId) != access.Surviving(childId))
        {
            throw new UnknownException();
        }

        caller.Admit(SubjectId.Child(childId));
        var result = await handler.HandleAsync(
            TeamDecider.Decider,
            AccessStream.Of(opening.ChildId),
            new ReviewGlass(opening.ChildId, request.BreakId, caller.AccountId!.Value, request.Justified, request.Remark),
            caller.Command(),
            cancellationToken);
        return Reply.Changed(result, new Reviewed(childId, request.BreakId, request.Justified));
    }

    private static void RequireText(string field, string text, int atLeast)
    {
        if (text.Trim().Length < atLeast || text.Length > LongestText)
        {
            throw new InvalidException(field, $"between {atLeast} and {LongestText} characters");
        }
    }
}
