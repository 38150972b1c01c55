using System.Text.Json;
using Barnahus.SystemTests.Published;

namespace Barnahus.SystemTests.BadInput;

/// <summary>What is wrong with an answer to what nobody should send.</summary>
internal static class Judgement
{
    private static readonly int[] Refusals = [400, 403, 404, 409, 412, 413, 415];

    /// <summary>Texts that have broken programs before.</summary>
    public static readonly string[] Texts =
    [
        "'; DROP TABLE events; --", "\" OR 1=1 --", "\0\u0001\u001f", "\ud83d\ude00\u202e\u200b\ufeff", "../../etc/passwd", "{{7*7}}<script>alert(1)</script>", "%00%0d%0aX: y",
        new('a', 20_000),
    ];

    /// <returns>Null when nothing is wrong.</returns>
    public static async Task<string?> OfAsync(HttpClient person, HttpResponseMessage response, string text, bool mustBeRefused)
    {
        var status = (int)response.StatusCode;
        if (status is >= 200 and < 300)
        {
            return mustBeRefused ? "should be refused" : await Contract.WrongAsync(person, response, text);
        }

        if (!Refusals.Contains(status))
        {
            return "is no way to refuse it";
        }

        if (status == 400 && text.Length == 0 && response.RequestMessage!.RequestUri!.OriginalString.Contains("%00", StringComparison.Ordinal))
        {
            // The server refuses such a request line before there is a request to answer.
            return null;
        }

        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return "is no problem+json";
        }

        var problem = JsonDocument.Parse(text).RootElement;
        var isOurs = problem.Text("type").StartsWith("urn:barnahus:problem:", StringComparison.Ordinal);
        return problem.GetProperty("status").GetInt32() == status && problem.Text("title").Length > 0
            // An address that leads nowhere and a body that is not read are answered by the framework, which has nothing to add.
            && (isOurs ? problem.Text("detail").Length > 0 : status is 404 or 413)
                ? null
                : "is a problem that does not say what it is";
    }
}
