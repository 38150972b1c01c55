using Barnahus.Intake.Children;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Features;

/// <summary>Parents, guardians and lawyers: who they are, whether their interests run against the child's, whether they may be told; and telling them.</summary>
public static class RecordRepresentative
{
    private static readonly HashSet<string> Means = new(StringComparer.Ordinal) { "talk", "phone", "letter", "portal" };

    /// <param name="PersonId">A known representative, to change what is given; left out: a new one.</param>
    /// <param name="Relation">E.g. mother, guardian, special-guardian, lawyer.</param>
    /// <param name="ChildAllows">Whether the child wants this person to know.</param>
    public sealed record RepresentativeRequest(
        Guid? PersonId = null, string? Name = null, string? Relation = null, bool? Custody = null, bool? Suspected = null, bool? ConflictOfInterest = null, bool? ChildAllows = null, string? Contact = null);

    /// <param name="Means">talk, phone, letter or portal.</param>
    public sealed record InformingRequest(Guid PersonId, string? What = null, string? Means = null);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/children/{childId:guid}/representatives", RecordAsync).Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator)
            .WithSummary("Record a representative or change what is known: conflict of interest, suspicion, the child's wish.");
        routes.MapPost("/children/{childId:guid}/informing", InformAsync).Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator, Roles.Interviewer)
            .WithSummary("Inform a representative; refused when suspected, in conflict, or when the child does not want it.");
    }

    private static Task<Answer<FileShort>> RecordAsync(Guid childId, RepresentativeRequest request, Caller caller, FileDesk desk, CancellationToken cancellationToken)
    {
        if (request.PersonId is null && string.IsNullOrWhiteSpace(request.Relation))
        {
            throw new InvalidException("relation", "is required for a new representative");
        }

        if (request.Relation?.Length > 60 || request.Name?.Length > 100 || request.Contact?.Length > 300)
        {
            throw new InvalidException("body", "relation has at most 60, name 100 and contact 300 characters");
        }

        var personId = request.PersonId ?? DerivedId.From(caller.RequestId, "representative");
        return desk.ChangeAsync(
            childId,
            [],
            (_, opened, context) =>
            {
                var found = opened.FindRepresentative(personId);
                var known = found?.Person;
                if (known is null && request.PersonId is not null && request.Relation is null)
                {
                    throw new RefusedException("unknown-representative", "This file has no such representative.");
                }

                var representative = new Representative(
                    known?.PersonId ?? personId,
                    request.Name ?? known?.Name,
                    request.Relation ?? known?.Relation ?? "",
                    request.Custody ?? known?.Custody ?? false,
                    request.Suspected ?? known?.Suspected ?? false,
                    request.ConflictOfInterest ?? known?.ConflictOfInterest ?? false,
                    request.ChildAllows ?? known?.ChildAllows,
                    request.Contact ?? known?.Contact);
                IReadOnlyList<Guid> ids = found?.Ids ?? [personId];
                return new Children.RecordRepresentative(representative)
                {
                    Now = context.Now,
                    AlsoAs = [.. ids.Where(id => id != representative.PersonId)],
                    After = opened with
                    {
                        Recorded = [.. opened.Recorded.Where(one => !ids.Contains(one.PersonId)), .. ids.Select(id => representative with { PersonId = id })],
                    },
                };
            },
            cancellationToken,
            new FileChange(PersonId: personId));
    }

    private static Task<Answer<FileShort>> InformAsync(Guid childId, InformingRequest request, FileDesk desk, CancellationToken cancellationToken)
    {
        var means = request.Means ?? "talk";
        return Means.Contains(means)
            ? desk.ChangeAsync(
                childId,
                [request.What],
                (file, opened, context) => new InformRepresentative(
                    // From whom they are hidden learns by no refusal who is among them, or suspected.
                    desk.BodyOf(file).Hides(FileParts.Representatives) ? null : opened.FindRepresentative(request.PersonId)?.Person,
                    means,
                    request.What) { Now = context.Now },
                cancellationToken)
            : throw new InvalidException("means", $"Choose from {string.Join(", ", Means)}.");
    }
}
