using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Wording;
using Barnahus.Platform.Access;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Features;

/// <summary>Mistakes are undone, not erased: two files of one child become one, and a referral leaves a file it was wrongly joined to.</summary>
public static class MergeFiles
{
    /// <param name="From">File that is taken over by the one in the address.</param>
    public sealed record MergeRequest(Guid From, string? Reason = null);

    public sealed record JoinCorrectionRequest(Guid ReferralId, string? Reason = null);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/children/{childId:guid}/merge", MergeAsync).Allow(Roles.IntakeOfficer)
            .WithSummary("Take over another file of the same child; its id points here from then on.");
        routes.MapPost("/children/{childId:guid}/join-correction", TakeOutAsync).Allow(Roles.IntakeOfficer)
            .WithSummary("Take a referral out that belongs to another child; it waits for a decision again.");
    }

    private static async Task<Answer<FileShort>> MergeAsync(
        Guid childId, MergeRequest request, Caller caller, AccessGate gate, ChildFiles files, FileDesk desk, Merging merging, Terminology terminology, CancellationToken cancellationToken)
    {
        gate.RequireMember(childId);
        gate.RequireMember(request.From);
        var wording = terminology.Check([request.Reason]);
        var context = caller.Command();
        var prepared = await files.HandleAsync(
            childId,
            new PrepareMerge(request.From, request.Reason) { Now = context.Now, KeptTerms = [.. wording.Select(term => term.Text).Distinct(StringComparer.Ordinal)] },
            context,
            cancellationToken);
        var result = await merging.FinishAsync(childId, request.From, prepared.State.AbsorbingSince ?? context.Now, context, cancellationToken);
        return Reply.Changed(result, desk.Short(result.State, wording, new FileChange(Absorbed: request.From)));
    }

    private static async Task<Answer<FileShort>> TakeOutAsync(
        Guid childId, JoinCorrectionRequest request, Caller caller, FileDesk desk, JoinCorrection correction, CancellationToken cancellationToken)
    {
        var answer = await desk.ChangeAsync(
            childId,
            [request.Reason],
            (_, opened, context) => new TakeReferralOut(request.ReferralId, request.Reason)
            {
                Now = context.Now,
                After = opened.Without(request.ReferralId),
            },
            cancellationToken);
        await correction.FollowAsync(request.ReferralId, childId, request.Reason!, caller.Command(), cancellationToken);
        return answer;
    }
}
