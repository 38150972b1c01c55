using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Barnahus.AllInOne.Demo;
using Barnahus.Platform.Access;
using Barnahus.Platform.Tests.Access;

namespace Barnahus.SystemTests.Access;

/// <summary>
/// Who plays: for every role one whose sight is judged, who holds a second role as well; a colleague of the same organisation who stays on the team; and
/// keepers of team, grants and reviews, whose own sight is not judged. Each sees what was written before, whoever wrote it.
/// </summary>
public sealed class Cast(Story story) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(4);
    private readonly Dictionary<(string LoginName, string Role, string? Purpose), (HttpClient Http, DateTime Proved)> _sessions = [];
    private readonly List<IDisposable> _clients = [];
    private readonly Dictionary<string, Guid> _colleagues = new(StringComparer.Ordinal);
    private IEnumerable<string> _position = [];

    /// <summary>The officer who keeps the file, and who leaves it to nobody.</summary>
    public const string Officer = "intake-officer";

    /// <summary>In place of a purpose: a session in which none was stated.</summary>
    public const string NoPurpose = "";

    private string Password => field ??= File.ReadAllText(Path.Combine(story.Data, "demo", "password")).Trim();

    /// <summary>Login name of the one whose sight is judged.</summary>
    public static string Judged(string role) => role == Roles.IntakeOfficer ? "intake-officer-2" : role;

    public Guid Colleague(string role) => _colleagues[role];

    /// <summary>Invites the colleagues, gives everybody judged a second role, and puts the colleagues on the team instead of those judged.</summary>
    public async Task GatherAsync(Guid child)
    {
        var administrator = await AsAsync("administrator", Roles.Administrator);
        var second = await AsAsync("administrator-2", Roles.Administrator);
        foreach (var role in Roles.All)
        {
            var judged = Story.IdOf(Judged(role));
            var account = await SeeAsync(administrator, $"/identity/v1/accounts/{judged}");
            var invited = await DoAsync(administrator, "/identity/v1/accounts", new
            {
                loginName = Keeper(role),
                name = $"Collega {role}",
                organisation = account.Text("organisation"),
                roles = new[] { role },
                regions = account.GetProperty("regions").Texts(),
            }, 201);
            _colleagues[role] = invited.Id("accountId");
            await TakeUpAsync(Keeper(role), invited.Text("invitationCode"));
            await DoAsync(second, $"/identity/v1/accounts/{_colleagues[role]}/rights/approval", new { roles = new[] { role }, regions = account.GetProperty("regions").Texts() });
        }

        foreach (var role in Roles.All)
        {
            // By two others: nobody changes the rights of their own account.
            var another = new Circumstances(role, default, default, default, default, false).AnotherRole;
            var account = $"/identity/v1/accounts/{Story.IdOf(Judged(role))}";
            await DoAsync(await KeeperAsync(Roles.Administrator), $"{account}/roles", new { grant = new[] { another } });
            await DoAsync(await AsAsync("administrator-2", Roles.Administrator), $"{account}/rights/approval", new { roles = new[] { another } });
        }

        var officer = await AsAsync(Officer, Roles.IntakeOfficer);
        foreach (var role in Roles.All)
        {
            await PatientlyAsync(() => MemberAsync(officer, child, Colleague(role), role));
        }

        await DoAsync(officer, $"/intake/v1/children/{child}/safety-coordinator", new { accountId = Colleague(Roles.SafetyCoordinator) });
        foreach (var role in Roles.All)
        {
            await MemberAsync(officer, child, Story.IdOf(Judged(role)), role, remove: true);
        }
    }

    public Task<JsonElement> MemberAsync(HttpClient officer, Guid child, Guid accountId, string role, bool remove = false) =>
        DoAsync(officer, $"/intake/v1/children/{child}/team-members", new { accountId, role, remove });

    /// <summary>Signed in, in a role, with a purpose; null: the role's first. Empty: none is stated.</summary>
    public async Task<HttpClient> AsAsync(string loginName, string role, string? purpose = null)
    {
        if (_sessions.TryGetValue((loginName, role, purpose), out var known) && DateTime.UtcNow - known.Proved < Fresh)
        {
            return known.Http;
        }

        var http = known.Http;
        if (http is null)
        {
            http = await SignInAsync(loginName, role, purpose);
        }
        else
        {
            using var proved = await http.PostAsJsonAsync("/api/account/confirmation", new { password = Password });
            proved.EnsureSuccessStatusCode();
        }

        _sessions[(loginName, role, purpose)] = (http, DateTime.UtcNow);
        return http;
    }

    /// <summary>The colleague in this role, who proved a moment ago who it is.</summary>
    public Task<HttpClient> KeeperAsync(string role) => AsAsync(Keeper(role), role);

    public async Task<JsonElement> DoAsync(HttpClient who, string path, object body, int expected = 200)
    {
        Follow(who);
        var answer = await who.DoAsync(path, body, expected);
        _position = who.DefaultRequestHeaders.TryGetValues("Min-Log-Position", out var position) ? [.. position] : _position;
        return answer;
    }

    public async Task<JsonElement> SeeAsync(HttpClient who, string path)
    {
        Follow(who);
        return await who.SeeAsync(path);
    }

    /// <summary>Any answer.</summary>
    public async Task<(int Status, string Body)> AnswerAsync(HttpClient who, string path)
    {
        Follow(who);
        using var response = await who.GetAsync(new Uri($"/api{path}", UriKind.Relative));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>After a power cut everybody signs in anew, and the colleagues with them.</summary>
    public async Task ReturnAsync()
    {
        Dispose();
        foreach (var role in Roles.All)
        {
            await KeeperAsync(role);
        }
    }

    public void Dispose()
    {
        _clients.ForEach(client => client.Dispose());
        _clients.Clear();
        _sessions.Clear();
    }

    private static string Keeper(string role) => $"collega-{role}";

    private void Follow(HttpClient who)
    {
        who.DefaultRequestHeaders.Remove("Min-Log-Position");
        who.DefaultRequestHeaders.Add("Min-Log-Position", _position);
    }

    private async Task<HttpClient> SignInAsync(string loginName, string role, string? purpose)
    {
        if (purpose == NoPurpose)
        {
            var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = story.House.Gateway };
            _clients.Add(http);
            http.DefaultRequestHeaders.Add("X-CSRF", "1");
            using var signedIn = await http.PostAsJsonAsync("/account/sign-in", new { loginName, password = Password });
            signedIn.EnsureSuccessStatusCode();
            http.DefaultRequestHeaders.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
            return http;
        }

        var person = await PersonClient.SignInAsync(story.House.Gateway, loginName, Password, role, purpose ?? Purposes.For(role)[0].Code);
        _clients.Add(person);
        return person.Http;
    }

    /// <summary>Takes an invitation up as its holder does, with the page's form.</summary>
    private async Task TakeUpAsync(string loginName, string code)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = story.House.Gateway };
        using var page = await http.GetAsync(new Uri("/account/activation", UriKind.Relative));
        var hidden = Regex.Matches(await page.Content.ReadAsStringAsync(), "type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
            .Select(match => KeyValuePair.Create(match.Groups["name"].Value, match.Groups["value"].Value));
        using var form = new HttpRequestMessage(HttpMethod.Post, "/account/activation")
        {
            Content = new FormUrlEncodedContent([.. hidden, new("loginName", loginName), new("code", code), new("password", Password)]),
        };
        form.Headers.Add("Cookie", string.Join("; ", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0])));
        using var done = await http.SendAsync(form);
        ((int)done.StatusCode).ShouldBe(302, await done.Content.ReadAsStringAsync());
    }

    /// <summary>Intake hears over the bus which roles an account holds.</summary>
    private static async Task PatientlyAsync(Func<Task> step)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await step();
                return;
            }
            catch (ShouldAssertException refused) when (attempt < 100 && refused.Message.Contains("role-not-held", StringComparison.Ordinal))
            {
                await Task.Delay(100);
            }
        }
    }
}
