using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Features;

/// <summary>What somebody has to do: tasks of files the caller is on the team of, and of referrals that stay open in the caller's regions.</summary>
public static class Tasks
{
    /// <param name="Kind">One of <see cref="TaskKinds"/>.</param>
    public sealed record TaskItem(string Kind, DateTimeOffset Since, DateOnly? DueOn, bool Overdue, string? Region, Guid? ChildId, Guid? ReferralId);

    /// <param name="Kind">One of <see cref="TaskKinds"/>; not in the address, which is logged: asking for a special guardian says that a parent is suspected.</param>
    /// <param name="Note">How it was done.</param>
    public sealed record CompletionRequest(string? Kind = null, string? Note = null);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/tasks", List).Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator, Roles.YouthCare)
            .WithSummary("Open tasks, oldest first.");
        routes.MapPost("/children/{childId:guid}/tasks/completion", CompleteAsync).Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator, Roles.YouthCare)
            .WithSummary("Say that a task of a file was done.");
    }

    private static Answer<IReadOnlyList<TaskItem>> List(
        HttpContext http,
        Caller caller,
        AccessGate gate,
        ReferralDesk desk,
        FilesView files,
        FileOpener opener,
        ReferralsView referrals,
        AccountsView accounts,
        DomainClock clock,
        string? region,
        int? page,
        int? pageSize)
    {
        var today = clock.Now.DutchDate();
        var ofFiles = files.All
            .Where(row => row.State.Status == FileStatus.Open && gate.May(row.State.Id, DataGroup.File))
            .SelectMany(row => OfFile(opener.WithTasks(row.State), FileBody.Of(row.State, gate, caller), accounts, today));
        var ofReferrals = caller.Role == Roles.IntakeOfficer
            ? referrals.All.Select(row => row.State).Where(row => row.IsOpen && desk.May(row)).SelectMany(row => OfReferral(row, today))
            : [];
        List<TaskItem> all =
        [
            .. ofFiles.Concat(ofReferrals)
                .Where(task => region is null || task.Region == region)
                .OrderBy(task => task.Since).ThenBy(task => task.ChildId ?? task.ReferralId).ThenBy(task => task.Kind, StringComparer.Ordinal),
        ];
        var shown = all.Page(http, page, pageSize);
        foreach (var task in shown)
        {
            caller.Saw(task.ChildId is { } childId ? SubjectId.Child(childId) : SubjectId.Referral(task.ReferralId!.Value), "tasks");
        }

        return Reply.Read(shown);
    }

    private static IEnumerable<TaskItem> OfFile(ChildFile file, FileBody body, AccountsView accounts, DateOnly today)
    {
        foreach (var task in file.Tasks.Values.Where(task => task.DoneAt is null && body.Tells(task.Kind)))
        {
            yield return new(task.Kind, task.ArisenAt, task.DueOn, task.DueOn < today, file.Region, file.Id, null);
        }

        if (file.SafetyCoordinatorId is { } coordinator && !accounts.Holds(coordinator, Roles.SafetyCoordinator))
        {
            yield return new(TaskKinds.SafetyCoordinator, file.OpenedAt, null, true, file.Region, file.Id, null);
        }
    }

    private static IEnumerable<TaskItem> OfReferral(Referral referral, DateOnly today)
    {
        if (referral.Anonymous)
        {
            yield return new(TaskKinds.IdentifyChild, referral.ReceivedAt, null, false, referral.Region, null, referral.Id);
        }

        if (referral.ReviewOn is { } due)
        {
            yield return new(TaskKinds.Review, referral.ReceivedAt, due, due <= today, referral.Region, null, referral.Id);
        }
    }

    private static Task<Answer<FileShort>> CompleteAsync(Guid childId, CompletionRequest request, FileDesk desk, CancellationToken cancellationToken) =>
        request.Kind is { Length: > 0 } kind
            ? desk.ChangeAsync(childId, [request.Note], (_, _, context) => new CompleteTask(kind, request.Note) { Now = context.Now }, cancellationToken)
            : throw new InvalidException("kind", "is required: say which task was done");
}
