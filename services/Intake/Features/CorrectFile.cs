using System.Globalization;
using System.Text.RegularExpressions;
using Barnahus.Intake.Children;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Features;

/// <summary>A wrong fact is set right (AVG art. 16) or a part of the file restricted (AVG art. 18, or until the interview). The old value is hidden; its event stays.</summary>
public static partial class CorrectFile
{
    /// <param name="Field">An identity field, or with a referral <c>facts[0].what</c>, <c>facts[0].where</c>, <c>facts[0].source</c>, <c>opinions[0].what</c>.</param>
    /// <param name="Value">The right value; null: unknown.</param>
    public sealed record CorrectionRequest(string? Field = null, string? Value = null, Guid? ReferralId = null, string? Reason = null);

    /// <param name="Part">identity, referrals, representatives, involvements, needs, wishes or assessments.</param>
    /// <param name="Kind">until-interviewed (for the interviewer) or processing (for everybody).</param>
    /// <param name="Lift">True to end the restriction.</param>
    public sealed record RestrictionRequest(string? Part = null, string? Kind = null, string? Reason = null, bool Lift = false);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/children/{childId:guid}/corrections", CorrectAsync).Allow(Roles.IntakeOfficer)
            .WithSummary("Set a wrong value right, with the reason.");
        routes.MapPost("/children/{childId:guid}/restrictions", RestrictAsync).Allow(Roles.IntakeOfficer, Roles.Prosecutor, Roles.Psychologist)
            .WithSummary("Restrict a part of the file, or lift the restriction, with the reason.");
    }

    private static Task<Answer<FileShort>> CorrectAsync(Guid childId, CorrectionRequest request, FileDesk desk, CancellationToken cancellationToken)
    {
        var field = request.Field ?? throw new InvalidException("field", "is required");
        if (request.ReferralId is { } referralId)
        {
            return desk.ChangeAsync(childId, [request.Value, request.Reason], (_, opened, context) => OfReferral(opened, referralId, field, request, context), cancellationToken);
        }

        if (!OpenedFile.IdentityFields.Contains(field))
        {
            throw new InvalidException("field", $"Choose from {string.Join(", ", OpenedFile.IdentityFields)}, or name a referral and its field.");
        }

        if (request.Value is { } value && IdentityRequest.Check(field, value) is { } wrong)
        {
            throw new InvalidException("value", wrong);
        }

        return desk.ChangeAsync(
            childId,
            [request.Reason],
            (_, opened, context) =>
            {
                var stated = new Dictionary<string, string?>(opened.Stated, StringComparer.Ordinal) { [field] = request.Value };
                if (field == "estimatedAge")
                {
                    stated["estimatedOn"] = request.Value is null ? null : context.Now.DutchDate().ToString("O", CultureInfo.InvariantCulture);
                }

                return new CorrectIdentity(field, request.Reason) { Now = context.Now, After = opened with { Stated = stated } };
            },
            cancellationToken);
    }

    private static CorrectReferral OfReferral(OpenedFile opened, Guid referralId, string field, CorrectionRequest request, CommandContext context)
    {
        var referral = opened.Referrals.FirstOrDefault(known => known.Id == referralId)
            ?? throw new RefusedException("referral-not-joined", "This referral is not in this file.");
        var corrected = Corrected(referral.Content, field, request.Value);
        return new CorrectReferral(referralId, field, corrected, request.Reason)
        {
            Now = context.Now,
            After = opened with { Referrals = [.. opened.Referrals.Select(known => known.Id == referralId ? known with { Content = corrected } : known)] },
        };
    }

    private static ReferralContent Corrected(ReferralContent content, string field, string? value)
    {
        var place = Place().Match(field);
        var list = place.Groups["list"].Value;
        var index = place.Success ? int.Parse(place.Groups["index"].Value, CultureInfo.InvariantCulture) : -1;
        if (!place.Success || index >= (list == "facts" ? content.Facts.Count : content.Opinions.Count))
        {
            throw new InvalidException("field", "names no field of this referral, e.g. facts[0].what");
        }

        if (value?.Length > 4000)
        {
            throw new InvalidException("value", "has at most 4000 characters");
        }

        return (list, place.Groups["field"].Value) switch
        {
            ("facts", "what") => content with { Facts = Set(content.Facts, index, fact => fact with { What = value ?? "" }) },
            ("facts", "where") => content with { Facts = Set(content.Facts, index, fact => fact with { Where = value }) },
            ("facts", "source") => content with { Facts = Set(content.Facts, index, fact => fact with { Source = value }) },
            ("opinions", "what") => content with { Opinions = Set(content.Opinions, index, opinion => opinion with { What = value ?? "" }) },
            ("opinions", "by") => content with { Opinions = Set(content.Opinions, index, opinion => opinion with { By = value }) },
            _ => throw new InvalidException("field", "names no field of this referral, e.g. facts[0].what"),
        };
    }

    private static List<T> Set<T>(IReadOnlyList<T> items, int at, Func<T, T> change) => [.. items.Select((item, index) => index == at ? change(item) : item)];

    private static Task<Answer<FileShort>> RestrictAsync(Guid childId, RestrictionRequest request, FileDesk desk, CancellationToken cancellationToken)
    {
        if (request.Part is not { } part || !FileParts.All.Contains(part))
        {
            throw new InvalidException("part", $"Choose from {string.Join(", ", FileParts.All)}.");
        }

        if (request.Lift)
        {
            return desk.ChangeAsync(childId, [request.Reason], (_, _, context) => new LiftRestriction(part, request.Reason) { Now = context.Now }, cancellationToken);
        }

        return request.Kind is { } kind && RestrictionKinds.All.Contains(kind)
            ? desk.ChangeAsync(childId, [request.Reason], (_, _, context) => new RestrictPart(part, kind, request.Reason) { Now = context.Now }, cancellationToken)
            : throw new InvalidException("kind", $"Choose from {string.Join(", ", RestrictionKinds.All)}.");
    }

    [GeneratedRegex(@"^(?<list>facts|opinions)\[(?<index>[0-9]{1,2})\]\.(?<field>what|where|source|by)\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
