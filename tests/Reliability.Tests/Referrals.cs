using System.Text.Json.Nodes;

namespace Barnahus.Reliability.Tests;

/// <summary>Referrals as the hotel of case 02 sends them, each of another child.</summary>
internal static class Referrals
{
    /// <summary>The hotel.</summary>
    public const string Oin = "00000000000099900004";

    /// <param name="id">Of the message.</param>
    /// <param name="givenName">Of the child; stands in no attribute of the message, that would be refused.</param>
    public static JsonNode New(string id, string givenName, DateTimeOffset now)
    {
        var message = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases", "02-kayleigh-hotel.json")))!;
        message["id"] = id;
        message["time"] = now;
        message["data"]!["lastEventAt"] = now;
        message["data"]!["child"]!["givenName"] = givenName;
        message["data"]!["facts"]![0]!["when"] = now;
        return message;
    }
}
