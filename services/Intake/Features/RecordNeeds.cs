using System.Globalization;
using Barnahus.Contracts;
using Barnahus.Intake.Children;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Features;

/// <summary>What the child needs, structured (these drive rules) with free text beside it (which never does); and what it wishes, in its own words.</summary>
public static class RecordNeeds
{
    /// <param name="NotBefore">HH:mm on a Dutch clock.</param>
    /// <param name="NotAfter">HH:mm on a Dutch clock.</param>
    /// <param name="Text">Free text beside it.</param>
    public sealed record NeedsRequest(
        string? Interpreter = null,
        bool Lvb = false,
        string? NotBefore = null,
        string? NotAfter = null,
        string? InterviewerGender = null,
        bool ExtraBreaks = false,
        bool MedicalFirst = false,
        bool Disability = false,
        bool SupportPerson = false,
        IReadOnlyList<DateOnly>? UnavailableDays = null,
        IReadOnlyList<string>? Text = null);

    public sealed record WishesRequest(string? Words = null);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/children/{childId:guid}/needs", NeedsAsync)
            .Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator, Roles.Psychologist, Roles.YouthCare)
            .WithSummary("Record what the child needs, as a whole.");
        routes.MapPost("/children/{childId:guid}/wishes", WishesAsync)
            .Allow(Roles.IntakeOfficer, Roles.SafetyCoordinator, Roles.Psychologist, Roles.Interviewer)
            .WithSummary("Record a wish of the child, in the child's own words.");
    }

    private static Task<Answer<FileShort>> NeedsAsync(Guid childId, NeedsRequest request, FileDesk desk, CancellationToken cancellationToken)
    {
        if (request.InterviewerGender is not (null or "f" or "m"))
        {
            throw new InvalidException("interviewerGender", "must be f, m or left out");
        }

        if (request.Interpreter is { } language && IdentityRequest.Check("language", language) is { } wrong)
        {
            throw new InvalidException("interpreter", wrong);
        }

        if (request.UnavailableDays is { } days && (days.Count > 100 || days.Any(day => day.Year is < 2000 or >= 2100)))
        {
            throw new InvalidException("unavailableDays", "has at most 100 days of this century");
        }

        if (request.Text is { } lines && (lines.Count > 30 || lines.Any(line => line is null or { Length: 0 or > 500 })))
        {
            throw new InvalidException("text", "has at most 30 lines of 1 to 500 characters");
        }

        var needs = new NeedsContent(
            new StructuredNeeds(
                request.Interpreter,
                request.Lvb,
                Clock(request.NotBefore, "notBefore"),
                Clock(request.NotAfter, "notAfter"),
                request.InterviewerGender,
                request.ExtraBreaks,
                request.MedicalFirst,
                request.Disability,
                request.SupportPerson,
                request.UnavailableDays),
            request.Text ?? []);
        return desk.ChangeAsync(
            childId,
            [.. needs.Text],
            (_, opened, context) => new Children.RecordNeeds(needs) { Now = context.Now, After = opened.WithNeeds(needs) },
            cancellationToken);
    }

    // The child's own words are not weighed against the terminology list.
    private static Task<Answer<FileShort>> WishesAsync(Guid childId, WishesRequest request, FileDesk desk, CancellationToken cancellationToken) =>
        request.Words?.Length > 4000
            ? throw new InvalidException("words", "has at most 4000 characters")
            : desk.ChangeAsync(childId, [], (_, _, context) => new RecordWishes(request.Words) { Now = context.Now }, cancellationToken);

    private static TimeOnly? Clock(string? text, string field) => text is null ? null
        : TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time
        : throw new InvalidException(field, "must be a time, HH:mm");
}
