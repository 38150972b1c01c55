using System.Text.Json;
using System.Text.Json.Nodes;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Schema;

namespace Barnahus.Intake.Tests;

/// <summary>The twelve cases, as partners send them.</summary>
internal static class Cases
{
    private static readonly ReferralSchema Schema = new();

    public static IEnumerable<int> Numbers => Enumerable.Range(1, 12);

    /// <summary>The CloudEvent of a case, as text.</summary>
    public static string Text(int number) => File.ReadAllText(
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Cases"), $"{number:00}-*.json").Single());

    public static JsonObject Event(int number) => JsonNode.Parse(Text(number))!.AsObject();

    public static string Oin(int number) => ((string)Event(number)["source"]!)[CloudEvent.SourcePrefix.Length..];

    public static DateTimeOffset Time(int number) => DateTimeOffset.Parse((string)Event(number)["time"]!).ToUniversalTime();

    /// <summary>What the case tells, bound.</summary>
    public static ReferralContent Content(int number) => Read(Event(number)["data"]!);

    public static ReferralContent Read(JsonNode data) => Schema.Read(JsonSerializer.SerializeToElement(data), "id");
}
