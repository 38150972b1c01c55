using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Norms;

namespace Barnahus.Turnaround.Features;

/// <summary>Publishes a new version of a norm, or a new norm. Clocks that run keep the version they started with.</summary>
public static class PublishNorm
{
    private const int MaxTerm = 1200;
    private static readonly string[] Stages = ["intake", "medical", "interview", "police", "om", "court", "veilig-thuis", "care"];

    public static void Map(RouteGroupBuilder routes) => routes.MapPost("/norms", HandleAsync)
        .Allow(Roles.Administrator)
        .WithSummary("Publish a new version of a norm")
        .WithDescription("It holds from `validFrom` on, tomorrow at the earliest; the version number is given here.")
        .Produces<Norm>(201);

    private static async Task<IResult> HandleAsync(
        Request request, Caller caller, CommandHandler handler, NormLibrary norms, CancellationToken cancellationToken)
    {
        Validate(request);
        await norms.CurrentAsync(cancellationToken);
        var context = caller.Command();
        var command = new NormCommand.Publish(request.Key, request.Name, request.Rule, request.Source, request.ValidFrom, context.Now.DutchDate());
        var result = await handler.HandleAsync(NormsDecider.Decider, NormBook.Stream, command, context, cancellationToken);
        var published = result.Events.OfType<NormPublished>().Single().Norm;
        return Reply.Created("/turnaround/v1/norms", result, published);
    }

    private static void Validate(Request request)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        void Check(bool valid, string field, string error)
        {
            if (!valid)
            {
                errors[field] = [error];
            }
        }

        Check(IsName(request.Key), "key", "Small letters, digits and dashes, 60 at most, e.g. report-to-file.");
        Check(IsName(request.Rule.Clock), "rule.clock", "Small letters, digits and dashes, 60 at most, e.g. report-to-file.");
        Check(IsText(request.Name.Nl, 200) && IsText(request.Name.En, 200), "name", "A name in Dutch and in English, 200 characters at most.");
        Check(Stages.Contains(request.Rule.Stage), "rule.stage", "One of " + string.Join(", ", Stages) + ".");
        Check(request.Rule.Term.Length is > 0 and <= MaxTerm, "rule.term.length", "Between 1 and 1200.");
        Check(request.Rule.SharePercent is null or (> 0 and <= 100), "rule.sharePercent", "Between 1 and 100.");
        Check(IsText(request.Source.Text, 500), "source.text", "Say where the norm comes from.");
        Check(request.Source.Verified is "V" or "V2" or "U", "source.verified", "V (read in the source), V2 (in a secondary source) or U (not verified).");
        Check(request.Source.Note is null or { Length: <= 1000 }, "source.note", "At most 1000 characters.");
        Check(request.ValidFrom.Year is >= 2000 and < 2200, "validFrom", "Between the years 2000 and 2200.");
        if (errors.Count > 0)
        {
            throw new InvalidException(errors);
        }
    }

    private static bool IsText(string text, int max) => !string.IsNullOrWhiteSpace(text) && text.Length <= max;

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 60 && text.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    /// <param name="Key">Which definition; a new one when there is none of this name.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Rule">What its clocks go by.</param>
    /// <param name="Source">Where it comes from.</param>
    /// <param name="ValidFrom">For clocks that start on this Dutch day or later.</param>
    public sealed record Request(string Key, NormName Name, NormRule Rule, NormSource Source, DateOnly ValidFrom);
}
