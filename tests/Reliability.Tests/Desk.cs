using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Barnahus.Platform.Deciding;

namespace Barnahus.Reliability.Tests;

/// <summary>
/// Asks things of the house as a good client does, and writes down what it was told: each with an <c>Idempotency-Key</c>, and sent again with the same
/// key while no answer says whether it was done. Some clients give up instead, and some send again what was answered already.
/// </summary>
internal sealed class Desk(Ledger ledger, Random dice)
{
    private const double Impatient = 0.3;
    private const double SendsTwice = 0.1;
    private static readonly TimeSpan AnswerAtMost = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PatientFor = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    /// <summary>Asks for a change.</summary>
    /// <param name="path">Of the service.</param>
    /// <param name="body">JSON.</param>
    /// <returns>The answer with its position in the log; null when it was not acknowledged.</returns>
    public async Task<Answer?> AskAsync(Caller caller, Kind kind, string path, object body, string mediaType = "application/json")
    {
        var key = $"{Guid.NewGuid():N}";
        var operation = ledger.Begin(kind, DerivedId.From($"{caller.Id}|POST|{path}|{key}"));
        var giveUpAfter = dice.NextDouble() < Impatient ? 1 : int.MaxValue;
        Answer? done = null;
        var sendAgain = dice.NextDouble() < SendsTwice;
        var silent = 0;
        for (var began = Environment.TickCount64; ;)
        {
            var answer = await SendAsync(caller, () => Post(path, body, mediaType, key));
            switch (answer?.Status)
            {
                case >= 200 and < 300:
                    operation.Told = Told.Done;
                    if (done is not null || !sendAgain)
                    {
                        return done ?? answer;
                    }

                    done = answer;
                    continue;
                case 401 or 408 or 429:
                    break;
                case >= 400 and < 500 when done is null:
                    operation.Told = Told.Refused;
                    operation.Refusal = $"{kind.Name} {answer.Rule ?? $"{answer.Status}"}";
                    return null;
                case >= 400 and < 500 or 500:
                    ledger.Surprised($"{kind.Name}{(done is null ? "" : ", done before,")} was answered {answer.Status}: {answer.Body}");
                    return done;
                default:
                    silent++;
                    break;
            }

            if (done is not null || silent >= giveUpAfter || Environment.TickCount64 - began > PatientFor.TotalMilliseconds)
            {
                return done;
            }

            await Task.Delay(Pause);
        }
    }

    /// <summary>Looks; null when the house does not answer now.</summary>
    /// <param name="position">What the view must have.</param>
    public async Task<Answer?> LookAsync(Caller caller, string path, string? position = null)
    {
        var answer = await SendAsync(caller, () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"/api{path}");
            if (position is not null)
            {
                request.Headers.Add("Min-Log-Position", position);
            }

            return request;
        });
        if (answer?.Status == 500)
        {
            ledger.Surprised($"GET {path} was answered 500: {answer.Body}");
        }

        return answer?.Status == 200 ? answer : null;
    }

    /// <summary>A question that is put as a POST and changes nothing; null when it is not answered now.</summary>
    public static async Task<Answer?> QuestionAsync(Caller caller, string path, object body) =>
        await SendAsync(caller, () => Post(path, body, "application/json", key: null)) is { Status: 200 } answer ? answer : null;

    private static HttpRequestMessage Post(string path, object body, string mediaType, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/api{path}") { Content = JsonContent.Create(body, body.GetType(), new(mediaType)) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return request;
    }

    /// <summary>Null: no answer.</summary>
    private static async Task<Answer?> SendAsync(Caller caller, Func<HttpRequestMessage> make)
    {
        try
        {
            using var patience = new CancellationTokenSource(AnswerAtMost);
            using var request = make();
            using var response = await caller.SendAsync(request, patience.Token);
            if (response.StatusCode == HttpStatusCode.Unauthorized)
            {
                caller.Dispose();
            }

            var position = response.Headers.TryGetValues("Log-Position", out var positions) ? positions.First() : null;
            return new((int)response.StatusCode, position, await response.Content.ReadAsStringAsync(patience.Token));
        }
        catch (Exception silence) when (silence is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }
}

/// <param name="Status">HTTP status.</param>
/// <param name="Position"><c>Log-Position</c>; null without one.</param>
/// <param name="Body">As it came.</param>
internal sealed record Answer(int Status, string? Position, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>The rule that refused; null when none did.</summary>
    public string? Rule => Body.StartsWith('{') && Json.TryGetProperty("rule", out var rule) ? rule.GetString() : null;

    public Guid Id(string name) => Json.GetProperty(name).GetGuid();
}
