using System.Text;
using System.Text.RegularExpressions;

namespace Barnahus.SystemTests.Access;

/// <summary>Asks an address, and finds the addresses that an answer holds.</summary>
public static partial class Links
{
    /// <summary>Status, body and headers; of a stream that does not end, what comes first.</summary>
    /// <param name="body">Posted when there is one.</param>
    public static async Task<(int Status, string Body, string Headers)> AskAsync(HttpClient person, string address, string? body)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri(address, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await person.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        var headers = string.Join('\n', response.Headers.Concat(response.Content.Headers).SelectMany(header => header.Value));
        return ((int)response.StatusCode, await TextAsync(response), headers);
    }

    /// <summary>Addresses of the house, as one would follow them.</summary>
    public static IEnumerable<string> In(string text) =>
        Address().Matches(text).Select(match => match.Groups["path"].Value);

    private static async Task<string> TextAsync(HttpResponseMessage response)
    {
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            return await response.Content.ReadAsStringAsync();
        }

        await using var stream = await response.Content.ReadAsStreamAsync();
        var first = new byte[4096];
        return Encoding.UTF8.GetString(first, 0, await stream.ReadAsync(first));
    }

    [GeneratedRegex("[\"\n<](?<path>/api/(intake|interviews|safety|turnaround|timeline|identity)/v1/[^\"\\s]*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
