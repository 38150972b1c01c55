namespace Barnahus.AllInOne.Demo;

/// <summary>A signed-in person, as a browser would call the gateway: session cookie, <c>X-CSRF: 1</c>, purpose stated.</summary>
public sealed class PersonClient : IDisposable
{
    private PersonClient(HttpClient http) => Http = http;

    public HttpClient Http { get; }

    /// <summary>Signs in and states role and purpose; a single role or purpose need not be named.</summary>
    /// <exception cref="HttpRequestException">Signing in was refused.</exception>
    public static async Task<PersonClient> SignInAsync(
        Uri gateway, string loginName, string password, string? role = null, string? purpose = null, CancellationToken cancellationToken = default)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,

            // Who asks before it sends a large body waits for the answer, also on a slow machine.
            Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
        };
        var http = new HttpClient(handler) { BaseAddress = gateway };
        http.DefaultRequestHeaders.Add("X-CSRF", "1");
        using var signedIn = await http.PostAsJsonAsync("/account/sign-in", new { loginName, password }, cancellationToken);
        await EnsureAsync(signedIn, http, loginName, cancellationToken);

        // The framework's cookie jar keeps Secure cookies from plain http, loopback included; a browser does not.
        var cookies = signedIn.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]);
        http.DefaultRequestHeaders.Add("Cookie", string.Join("; ", cookies));
        using var stated = await http.PostAsJsonAsync("/api/account/purpose", new { role, purpose }, cancellationToken);
        await EnsureAsync(stated, http, loginName, cancellationToken);
        return new PersonClient(http);
    }

    public void Dispose() => Http.Dispose();

    private static async Task EnsureAsync(HttpResponseMessage response, HttpClient http, string loginName, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var why = await response.Content.ReadAsStringAsync(cancellationToken);
            http.Dispose();
            throw new HttpRequestException($"{loginName} was not signed in: {(int)response.StatusCode} {why}");
        }
    }
}
