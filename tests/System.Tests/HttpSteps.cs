using System.Net.Http.Json;
using System.Text.Json;
using Barnahus.SystemTests.Published;

namespace Barnahus.SystemTests;

/// <summary>Words for steps over HTTP. Reads wait until the service shows what this person last wrote.</summary>
public static class HttpSteps
{
    /// <summary>Posts and expects the status; gives the body, and remembers the log position for the next reads of this client.</summary>
    /// <param name="key">Idempotency-Key: the same step again, with the same effect as once.</param>
    public static async Task<JsonElement> DoAsync(this HttpClient person, string path, object body, int expected = 200, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api{path}") { Content = JsonContent.Create(body, body.GetType()) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await person.SendAsync(request);
        return await BodyAsync(response, person, expected);
    }

    /// <summary>As <see cref="DoAsync"/> for what must be refused by a rule (409), and says which.</summary>
    public static async Task RefusedAsync(this HttpClient person, string path, object body, string rule)
    {
        var problem = await person.DoAsync(path, body, 409);
        problem.GetProperty("rule").GetString().ShouldBe(rule, problem.ToString());
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    public static async Task<JsonElement> SeeAsync(this HttpClient person, string path, int expected = 200)
    {
        using var response = await person.GetAsync($"/api{path}");
        return await BodyAsync(response, person, expected);
    }

    /// <summary>Looks again until it is so: for what travels over the bus.</summary>
    public static async Task<JsonElement> EventuallyAsync(this HttpClient person, string path, Func<JsonElement, bool> holds, string what)
    {
        var last = default(JsonElement);
        for (var i = 0; i < 300; i++)
        {
            using var response = await person.GetAsync($"/api{path}");
            if (response.IsSuccessStatusCode)
            {
                last = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
                if (holds(last))
                {
                    return last;
                }
            }

            await Task.Delay(100);
        }

        throw new ShouldAssertException($"Waited 30 s in vain for: {what}. Last seen: {last}");
    }

    /// <summary>A text; empty where it is absent.</summary>
    public static string Text(this JsonElement element, string name) => element.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";

    /// <summary>Unknown, or not for this reader: an answer does not tell which.</summary>
    public static bool Lacks(this JsonElement element, string name) => !element.TryGetProperty(name, out _);

    public static Guid Id(this JsonElement element, string name) => element.GetProperty(name).GetGuid();

    /// <summary>Texts of a list, or of one field of each of its items.</summary>
    public static IReadOnlyList<string> Texts(this JsonElement list, string? field = null) =>
        [.. list.EnumerateArray().Select(item => (field is null ? item : item.GetProperty(field)).GetString()!)];

    /// <summary>Rows of Turnaround's board in which a child is.</summary>
    public static IEnumerable<JsonElement> OfChild(this JsonElement board, Guid childId) =>
        board.EnumerateArray().Where(row => row.GetProperty("children").EnumerateArray().Any(child => child.GetGuid() == childId));

    /// <summary>Kinds of the tasks of a file that are still to be done.</summary>
    public static IEnumerable<string> OpenTasks(this JsonElement file) => file.GetProperty("tasks").EnumerateArray()
        .Where(task => task.Lacks("doneAt"))
        .Select(task => task.Text("kind"));

    /// <summary>How many lines of a timeline are of a type of event.</summary>
    public static int Of(this IEnumerable<JsonElement> timeline, string type) => timeline.Count(line => line.Text("type") == type);

    /// <summary>Nothing lost, nothing twice: every event once, and those from before the power cut first, in their order and at their place in the log.</summary>
    public static void ShouldGoOnFrom(this IReadOnlyList<JsonElement> timeline, IReadOnlyList<JsonElement> before)
    {
        timeline.Select(line => line.Id("eventId")).ShouldBeUnique();
        timeline.Take(before.Count).Select(line => (line.Id("eventId"), line.Text("position")))
            .ShouldBe(before.Select(line => (line.Id("eventId"), line.Text("position"))));
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage response, HttpClient person, int expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode != expected)
        {
            throw new ShouldAssertException(
                $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery}: {(int)response.StatusCode}, not {expected}\n{text}");
        }

        if (await Contract.WrongAsync(person, response, text) is { } wrong)
        {
            throw new ShouldAssertException($"Not as published: {wrong}\n{text}");
        }

        if (response.Headers.TryGetValues("Log-Position", out var positions))
        {
            person.DefaultRequestHeaders.Remove("Min-Log-Position");
            person.DefaultRequestHeaders.Add("Min-Log-Position", positions);
        }

        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
