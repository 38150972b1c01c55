using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Barnahus.Gateway.Tests;

/// <summary>
/// A browser in small: keeps cookies and sends them back, Secure ones on loopback too, as browsers and curl do (.NET's own cookie jar does not).
/// </summary>
public sealed partial class Browser(Uri address) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };

    /// <summary>Cookies by name.</summary>
    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether API calls carry X-CSRF: 1.</summary>
    public bool SendsCsrf { get; set; } = true;

    public async Task SignInAsync(string loginName, string password, string? role = null)
    {
        var response = await PostAsync("/account/sign-in", new { loginName, password, role });
        ((int)response.StatusCode).ShouldBe(200, await response.Content.ReadAsStringAsync());
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(new(HttpMethod.Get, path), headers);

    /// <summary>Opens a stream and reads its first line; the lines that follow are the caller's.</summary>
    public async Task<StreamReader> StreamAsync(string path)
    {
        var response = await SendAsync(new(HttpMethod.Get, path), [("Accept", "text/event-stream")], completion: HttpCompletionOption.ResponseHeadersRead);
        ((int)response.StatusCode).ShouldBe(200);
        var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        (await lines.ReadLineAsync()).ShouldNotBeNull();
        return lines;
    }

    public Task<HttpResponseMessage> PostAsync(string path, object body, params (string Name, string Value)[] headers) =>
        SendAsync(new(HttpMethod.Post, path) { Content = JsonContent.Create(body) }, headers);

    /// <summary>The session was ended elsewhere: the gateway hears of it within moments.</summary>
    public async Task SignedOutWithinMomentsAsync()
    {
        var deadline = Environment.TickCount64 + 10_000;
        while ((int)(await GetAsync("/api/account/me")).StatusCode != 401)
        {
            Environment.TickCount64.ShouldBeLessThan(deadline, "the session is still open");
            await Task.Delay(20);
        }
    }

    /// <summary>Sends a form with the hidden fields of the page it stands on.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, params (string Name, string Value)[] fields) =>
        await SubmitAsync(await (await GetAsync(page)).Content.ReadAsStringAsync(), fields, action);

    /// <summary>Sends a form of a page that is open.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string html, IReadOnlyCollection<(string Name, string Value)> fields, string action)
    {
        var all = HiddenField().Matches(html)
            .Select(match => (Name: match.Groups["name"].Value, Value: System.Net.WebUtility.HtmlDecode(match.Groups["value"].Value)))
            .DistinctBy(field => field.Name)
            .Concat(fields)
            .Select(field => KeyValuePair.Create(field.Name, field.Value));
        return SendAsync(new(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(all) }, [], isApi: false);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, (string Name, string Value)[] headers, bool isApi = true, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        if (isApi && SendsCsrf)
        {
            request.Headers.Add("X-CSRF", "1");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        var response = await _http.SendAsync(request, completion);
        Keep(response);
        return response;
    }

    public void Dispose() => _http.Dispose();

    private void Keep(HttpResponseMessage response)
    {
        foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie.Split(';')[0];
            var (name, value) = (pair[..pair.IndexOf('=')], pair[(pair.IndexOf('=') + 1)..]);
            if (value.Length == 0)
            {
                Cookies.Remove(name);
            }
            else
            {
                Cookies[name] = value;
            }
        }
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\">", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenField();
}
