namespace Barnahus.Intake.Tests.Http;

/// <summary>One reader of the alarms.</summary>
internal sealed class AlarmWatch : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private AlarmWatch(HttpResponseMessage response, StreamReader lines) => (_response, _lines) = (response, lines);

    public static async Task<AlarmWatch> OpenAsync(HttpClient client)
    {
        var response = await client.GetAsync("/intake/v1/access/alarms", HttpCompletionOption.ResponseHeadersRead);
        var watch = new AlarmWatch(response, new StreamReader(await response.Content.ReadAsStreamAsync()));
        (await watch._lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10))).ShouldBe("event: watching");
        return watch;
    }

    /// <summary>Data of the next alarm; empty when there is none in time.</summary>
    public async Task<string> NextAsync(TimeSpan? atMost = null)
    {
        using var patience = new CancellationTokenSource(atMost ?? TimeSpan.FromSeconds(10));
        try
        {
            while (await _lines.ReadLineAsync(patience.Token) is { } line)
            {
                if (line.StartsWith("data: {", StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // None came.
        }

        return "";
    }

    /// <summary>All that comes until the stream ends by itself.</summary>
    public async Task<List<string>> RestAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var rest = new List<string>();
        while (await _lines.ReadLineAsync(patience.Token) is { } line)
        {
            rest.Add(line);
        }

        return rest;
    }

    public void Dispose() => _response.Dispose();
}
