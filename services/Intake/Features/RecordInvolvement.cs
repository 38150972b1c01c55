using Barnahus.Intake.Children;
using Barnahus.Intake.Suspects;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Instead = Barnahus.Platform.Hosting.Either<Barnahus.Intake.Features.RestrictedPart, Barnahus.Intake.Features.FileShown>;
using SuspectList = Barnahus.Platform.Hosting.Either<
    System.Collections.Generic.IReadOnlyList<Barnahus.Intake.Features.RecordInvolvement.SuspectShown>,
    Barnahus.Platform.Hosting.Either<Barnahus.Intake.Features.RestrictedPart, Barnahus.Intake.Features.FileShown>>;

namespace Barnahus.Intake.Features;

/// <summary>
/// Who has which part in it (Wpg art. 6b). What is known of a suspect goes to a stream of its own; the child's file keeps the reference.
/// A child that is victim and suspect has both.
/// </summary>
public static class RecordInvolvement
{
    /// <param name="Category">victim, suspect, witness or third-person.</param>
    /// <param name="PersonId">Somebody already known here; left out: somebody new.</param>
    /// <param name="IsTheChild">The child of this file.</param>
    public sealed record InvolvementRequest(
        string? Category = null, Guid? PersonId = null, bool IsTheChild = false, string? Name = null, DateOnly? BirthDate = null, string? Relation = null, string? Description = null, string? Note = null);

    /// <param name="IsAChild">The suspect is a child of some file here.</param>
    /// <param name="IsTheChild">The suspect is the child of this file.</param>
    public sealed record SuspectShown(Guid SuspectId, Opened<bool> IsAChild, bool IsTheChild, Opened<SuspectDetails> Details);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/children/{childId:guid}/involvements", RecordAsync).Allow(Roles.IntakeOfficer, Roles.Prosecutor)
            .WithSummary("Record a person's part: victim, suspect, witness or third person.");
        routes.MapGet("/children/{childId:guid}/suspects", ReadAsync).Allow(Roles.IntakeOfficer, Roles.Prosecutor, Roles.ExaminingJudge)
            .WithSummary("What is known of the suspects of this file, kept apart from the victim's data.");
    }

    private static async Task<Answer<FileShort>> RecordAsync(
        Guid childId, InvolvementRequest request, Caller caller, AccessGate gate, FileDesk desk, ChildFiles files, CommandHandler handler, CancellationToken cancellationToken)
    {
        if (request.Category is not { } category || !InvolvementCategories.All.Contains(category))
        {
            throw new InvalidException("category", $"Choose from {string.Join(", ", InvolvementCategories.All)}.");
        }

        gate.RequireMember(childId);
        var (file, _) = await files.StateAsync(childId, cancellationToken);
        if (file.Status is FileStatus.None or FileStatus.Merged)
        {
            throw file.Status == FileStatus.None ? new UnknownException() : new RefusedException("file-merged", $"This file goes on as {file.MergedInto:D}; use that one.");
        }

        if (request is { IsTheChild: false, PersonId: { } known })
        {
            await RequireKnownAsync(childId, known, files, cancellationToken);
        }

        var isSuspect = category == InvolvementCategories.Suspect;
        var personId = request.IsTheChild
            ? isSuspect ? DerivedId.From(childId, "suspect") : childId
            : request.PersonId ?? DerivedId.From(caller.RequestId, "person");
        var context = caller.Command();
        if (isSuspect)
        {
            var details = new SuspectDetails(request.Name, request.BirthDate, request.Relation, request.Description, request.Note);
            await handler.HandleAsync(
                SuspectDecider.Decider,
                Suspect.Stream(personId),
                new RecordSuspect(personId, context.Now, childId, request.IsTheChild, details),
                context.Then("suspect"),
                cancellationToken);
        }

        var involvement = new Involvement(personId, category, request.IsTheChild, isSuspect ? null : request.Name, request.Relation, isSuspect ? null : request.Note);
        var id = Involvement.IdOf(personId, category);
        return await desk.ChangeAsync(
            childId,
            [request.Note, request.Description],
            (_, opened, _) => new Children.RecordInvolvement(id, involvement)
            {
                Now = context.Now,
                After = opened with { Involvements = [.. opened.Involvements, involvement] },
            },
            cancellationToken,
            new FileChange(id, personId));
    }

    /// <summary>An id from another file would write in what its team knows of that suspect, and show it here.</summary>
    private static async Task RequireKnownAsync(Guid childId, Guid personId, ChildFiles files, CancellationToken cancellationToken)
    {
        var (_, opened, _) = await files.OpenAsync(childId, cancellationToken);
        if (opened.Involvements.All(one => one.PersonId != personId) && opened.FindRepresentative(personId) is null)
        {
            throw new RefusedException("unknown-person", "This file knows no such person. Leave personId out to record somebody new.");
        }
    }

    private static async Task<Answer<SuspectList>> ReadAsync(
        Guid childId, Caller caller, AccessGate gate, ChildFiles files, CommandHandler handler, PersonalData personal, CancellationToken cancellationToken)
    {
        gate.Require(childId, DataGroup.File);
        var (file, opened, _) = await files.OpenAsync(childId, cancellationToken);
        if (file.MergedInto is { } into)
        {
            return Reply.Read(new SuspectList(new Instead(FileShown.GoesOnAs(childId, into))));
        }

        if (file.RestrictionOf(FileParts.Involvements) == RestrictionKinds.Processing)
        {
            return Reply.Read(new SuspectList(new Instead(RestrictedPart.Processing)));
        }

        var suspects = new List<SuspectShown>();
        foreach (var involvement in opened.Involvements.Where(one => one.Category == InvolvementCategories.Suspect))
        {
            var (suspect, _) = await handler.StateAsync(SuspectDecider.Decider, Suspect.Stream(involvement.PersonId), cancellationToken);
            if (suspect is { Details: { } details, IsAChild: { } isAChild })
            {
                caller.Saw(SubjectId.Person(suspect.Id), "suspect");
                suspects.Add(new(suspect.Id, personal.Open(isAChild), involvement.IsTheChild, personal.Open(details)));
            }
        }

        return Reply.Read(new SuspectList(suspects));
    }
}
