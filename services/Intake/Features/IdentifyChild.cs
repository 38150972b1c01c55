using System.Globalization;
using Barnahus.Intake.Children;
using Barnahus.Intake.Municipalities;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Features;

/// <summary>What was unknown of a child becomes known: in an anonymous referral before acceptance, in the file after it.</summary>
public static class IdentifyChild
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/referrals/{referralId:guid}/identification", IdentifyReferralAsync).Allow(Roles.IntakeOfficer)
            .WithSummary("Upgrade an anonymous or incomplete referral with who the child is.");
        routes.MapPost("/children/{childId:guid}/identification", CompleteAsync).Allow(Roles.IntakeOfficer)
            .WithSummary("Complete what is unknown of a child; a known value that is wrong takes a correction.");
    }

    private static Task<Answer<ReferralShort>> IdentifyReferralAsync(
        Guid referralId, IdentityRequest request, ReferralDesk desk, MunicipalityTable municipalities, CancellationToken cancellationToken)
    {
        var given = Some(request);
        return desk.DecideAsync(
            referralId,
            [],
            (state, _) =>
            {
                var content = desk.Open(state);
                var completed = content with { Anonymous = false, Child = With(content.Child, given) };
                return new IdentifyReferral(completed, municipalities.RegionOf(completed));
            },
            cancellationToken);
    }

    private static Task<Answer<FileShort>> CompleteAsync(Guid childId, IdentityRequest request, FileDesk desk, CancellationToken cancellationToken)
    {
        var given = Some(request);
        return desk.ChangeAsync(
            childId,
            [],
            (_, opened, context) =>
            {
                var stated = new Dictionary<string, string?>(opened.Stated, StringComparer.Ordinal);
                foreach (var (field, value) in given.Where(field => !opened.Knows(field.Key)))
                {
                    stated[field] = value;
                }

                if (stated.ContainsKey("estimatedAge") && !opened.Stated.ContainsKey("estimatedAge"))
                {
                    stated["estimatedOn"] = context.Now.DutchDate().ToString("O", CultureInfo.InvariantCulture);
                }

                return new CompleteIdentity([.. given.Keys.Where(field => !opened.Knows(field))])
                {
                    Now = context.Now,
                    After = opened with { Stated = stated },
                };
            },
            cancellationToken);
    }

    private static IReadOnlyDictionary<string, string> Some(IdentityRequest request) =>
        request.Given() is { Count: > 0 } given ? given : throw new InvalidException("body", "names nothing that became known");

    private static ReferredChild With(ReferredChild child, IReadOnlyDictionary<string, string> given) => child with
    {
        GivenName = given.GetValueOrDefault("givenName") ?? child.GivenName,
        FamilyName = given.GetValueOrDefault("familyName") ?? child.FamilyName,
        BirthDate = given.TryGetValue("birthDate", out var date) ? DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture) : child.BirthDate,
        EstimatedAge = given.TryGetValue("estimatedAge", out var age) ? int.Parse(age, CultureInfo.InvariantCulture) : child.EstimatedAge,
        Gender = given.GetValueOrDefault("gender") ?? child.Gender,
        Language = given.GetValueOrDefault("language") ?? child.Language,
        Bsn = given.GetValueOrDefault("bsn") ?? child.Bsn,
    };
}
