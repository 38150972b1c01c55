using Barnahus.Intake.Children;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Features;

/// <summary>A file is closed, opened again, or handed over when the child turns 18: help does not stop.</summary>
public static class EndFile
{
    public sealed record GroundRequest(string? Ground = null);

    /// <param name="To">OIN of the organisation that goes on.</param>
    /// <param name="Arrangement">What was arranged.</param>
    public sealed record HandoverRequest(string? To = null, string? Arrangement = null);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/children/{childId:guid}/closure", CloseAsync).Allow(Roles.IntakeOfficer).WithSummary("Close a file, with a ground.");
        routes.MapPost("/children/{childId:guid}/reopening", ReopenAsync).Allow(Roles.IntakeOfficer).WithSummary("Open a closed file again, with a ground.");
        routes.MapPost("/children/{childId:guid}/handover", HandOverAsync).Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator, Roles.YouthCare)
            .WithSummary("Hand over at 18: which organisation goes on, and what was arranged.");
    }

    private static Task<Answer<FileShort>> CloseAsync(Guid childId, GroundRequest request, FileDesk desk, CancellationToken cancellationToken) =>
        desk.ChangeAsync(childId, [request.Ground], (_, _, context) => new CloseFile(request.Ground) { Now = context.Now }, cancellationToken);

    private static Task<Answer<FileShort>> ReopenAsync(Guid childId, GroundRequest request, FileDesk desk, CancellationToken cancellationToken) =>
        desk.ChangeAsync(
            childId, [request.Ground], (_, opened, context) => new ReopenFile(request.Ground) { Now = context.Now, After = opened }, cancellationToken);

    private static Task<Answer<FileShort>> HandOverAsync(Guid childId, HandoverRequest request, FileDesk desk, CancellationToken cancellationToken) =>
        request.To is not null && (request.To.Length != 20 || !request.To.All(char.IsAsciiDigit))
            ? throw new InvalidException("to", "must be the OIN of an organisation: twenty digits")
            : desk.ChangeAsync(
                childId,
                [request.Arrangement],
                (_, _, context) => new HandOver(request.To, request.Arrangement) { Now = context.Now },
                cancellationToken);
}
