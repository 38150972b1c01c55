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
        .WithDescription("It holds from `validFrom` on, tomorrow at the earliest; the version number is given here.");

    private static async Task<CreatedAnswer<Norm>> HandleAsync(
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

    private static void Validate(Request request) => new Fields()
        .Check("key", IsName(request.Key), "Small letters, digits and dashes, 60 at most, e.g. report-to-file.")
        .Check("rule.clock", IsName(request.Rule.Clock), "Small letters, digits and dashes, 60 at most, e.g. report-to-file.")
        .Text("name.nl", request.Name.Nl, 200)
        .Text("name.en", request.Name.En, 200)
        .OneOf("rule.stage", request.Rule.Stage, Stages)
        .Check("rule.term.length", request.Rule.Term.Length is > 0 and <= MaxTerm, "Between 1 and 1200.")
        .Check("rule.sharePercent", request.Rule.SharePercent is null or (> 0 and <= 100), "Between 1 and 100.")
        .Text("source.text", request.Source.Text, Fields.MaxLine)
        .Check("source.verified", request.Source.Verified is "V" or "V2" or "U", "V (read in the source), V2 (in a secondary source) or U (not verified).")
        .Check("source.note", request.Source.Note is null or { Length: <= 1000 }, "At most 1000 characters.")
        .Check("validFrom", request.ValidFrom.Year is >= 2000 and < 2200, "Between the years 2000 and 2200.")
        .Require();

    private static bool IsName(string text) =>
        text.Length is > 0 and <= 60 && text.All(letter => letter is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');

    /// <param name="Key">Which definition; a new one when there is none of this name.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Rule">What its clocks go by.</param>
    /// <param name="Source">Where it comes from.</param>
    /// <param name="ValidFrom">For clocks that start on this Dutch day or later.</param>
    public sealed record Request(string Key, NormName Name, NormRule Rule, NormSource Source, DateOnly ValidFrom);
}
