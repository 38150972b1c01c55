using Barnahus.Intake.Wording;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Features;

/// <summary>Words matter: the better term before a text is sent. The text is not kept.</summary>
public static class CheckWording
{
    public sealed record WordingRequest(string? Text = null, IReadOnlyList<string>? Texts = null);

    public sealed record WordingHits(IReadOnlyList<Term> Hits);

    public static void Map(RouteGroupBuilder routes) =>
        routes.MapPost("/wording-checks", Handle).Allow([.. Roles.All])
            .WithSummary("Terms in a text that the terminology list warns against, each with the better one and why.");

    private static Answer<WordingHits> Handle(WordingRequest request, Terminology terminology)
    {
        string?[] texts = [request.Text, .. request.Texts ?? []];
        return texts.Sum(text => text?.Length ?? 0) > 20_000
            ? throw new InvalidException("text", "has at most 20000 characters")
            : Reply.Read(new WordingHits(terminology.Check(texts)));
    }
}
