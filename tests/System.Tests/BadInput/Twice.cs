using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Barnahus.SystemTests.Published;

namespace Barnahus.SystemTests.BadInput;

/// <summary>Sends each command three times: with an If-Match that is stale, then twice with one Idempotency-Key.</summary>
internal sealed class Twice(Story story)
{
    private readonly Dictionary<string, HttpClient> _people = new(StringComparer.Ordinal);

    /// <summary>What did not keep its promise.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Addresses that were shown, as the document has them.</summary>
    public HashSet<string> Shown { get; } = new(StringComparer.Ordinal);

    /// <param name="who">Login name.</param>
    /// <param name="address">As the document has it.</param>
    /// <param name="ids">An id for each of its parameters, in order.</param>
    /// <param name="hasRevision">False where there is nothing that was seen before.</param>
    public async Task<JsonElement> DoAsync(string who, string address, object? body = null, string[]? ids = null, bool hasRevision = true)
    {
        var person = await AsAsync(who);
        var parts = new Queue<string>(ids ?? []);
        var path = string.Join('/', address.Split('/').Select(part => part.StartsWith('{') ? parts.Dequeue() : part));
        if (hasRevision && await SendAsync(person, path, body, "If-Match", "\"999999\"") is { Status: not 412 } done)
        {
            Complaints.Add($"{address}: with a stale If-Match {done.Status} {done.Body}");
        }

        var key = $"twice-{Guid.NewGuid()}";
        var first = await SendAsync(person, path, body, "Idempotency-Key", key);
        for (var attempt = 0; attempt < 100 && first.Status is 404 or 409 or 503; attempt++)
        {
            // The services learn of each other over the bus.
            await Task.Delay(100);
            first = await SendAsync(person, path, body, "Idempotency-Key", key);
        }

        if (first.Status is < 200 or >= 300)
        {
            Complaints.Add($"{address} as {who}: {first.Status} {first.Body}");
            return default;
        }

        Shown.Add(address);
        if (await SendAsync(person, path, body, "Idempotency-Key", key) is var second && Still(second) != Still(ShownOnce(first) is { } once ? first with { Body = once } : first))
        {
            Complaints.Add($"{address}: first {first}, then {second}");
        }

        return first.Body.Length == 0 ? default : JsonDocument.Parse(first.Body).RootElement;
    }

    /// <summary>Asks something that keeps nothing, once.</summary>
    public async Task<JsonElement> AskAsync(string who, string address, object body, string[] ids)
    {
        var parts = new Queue<string>(ids);
        var path = string.Join('/', address.Split('/').Select(part => part.StartsWith('{') ? parts.Dequeue() : part));
        var answer = await SendAsync(await AsAsync(who), path, body, "Idempotency-Key", $"ask-{Guid.NewGuid()}");
        answer.Status.ShouldBe(200, answer.Body);
        return JsonDocument.Parse(answer.Body).RootElement;
    }

    /// <summary>A clock that stands still is due later for as long as it does, whenever one looks.</summary>
    private static Answer Still(Answer answer)
    {
        var body = answer.Body.Length == 0 ? null : JsonNode.Parse(answer.Body);
        foreach (var clock in body is JsonObject && body["clocks"] is JsonArray clocks ? clocks : [])
        {
            if (clock!["state"]!.GetValue<string>() == "suspended")
            {
                clock.AsObject().Remove("due");
                clock.AsObject().Remove("normDue");
            }
        }

        return answer with { Body = body?.ToJsonString() ?? "" };
    }

    /// <summary>The code that lets somebody in is shown once: repeated, the answer says so instead, and no second code is made.</summary>
    private static string? ShownOnce(Answer first)
    {
        if (first.Body.Length == 0 || JsonNode.Parse(first.Body) is not JsonObject body || !body.Remove("invitationCode"))
        {
            return null;
        }

        body["note"] = "This request was carried out before and its code was shown then. Invite again for a new one.";
        return body.ToJsonString();
    }

    private async Task<Answer> SendAsync(HttpClient person, string path, object? body, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Content = body switch { null => null, JsonNode node => JsonContent.Create(node), _ => JsonContent.Create(body, body.GetType()) };
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await person.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (await Contract.WrongAsync(person, response, text) is { } wrong)
        {
            Complaints.Add($"Not as published: {wrong}");
        }

        return new Answer(
            (int)response.StatusCode,
            text,
            response.Headers.ETag?.Tag,
            response.Headers.TryGetValues("Log-Position", out var position) ? position.First() : null);
    }

    private async Task<HttpClient> AsAsync(string who) => _people.TryGetValue(who, out var known)
        ? known
        : _people[who] = await story.House.SignInAsync(who, who switch { "medical" => "medical-care", _ when who.StartsWith("intake-officer", StringComparison.Ordinal) => "intake", _ => null });

    /// <summary>Equal where the head moved once: revision and position are those of the first time.</summary>
    private sealed record Answer(int Status, string Body, string? Revision, string? Position);
}
