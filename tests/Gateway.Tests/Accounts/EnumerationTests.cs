using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Barnahus.Identity.Accounts;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Barnahus.Gateway.Tests.Accounts;

/// <summary>
/// Which names are accounts, and how those stand, nobody learns by trying: the same words, and the same time, within what can be told from the network.
/// Beside it is told how far the times are apart.
/// </summary>
[Collection(MeasuredCollection.Name)]
public sealed partial class EnumerationTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Password = "a long sentence to remember";

    private const int Samples = 20;
    private const int MostRounds = 8;
    private Installation _installation = null!;

    public async Task InitializeAsync() => _installation = await StartAsync(20_000);

    private static Task<Installation> StartAsync(int rounds) => Installation.StartAsync(
        demo: false, settings: [$"--Identity:PasswordRounds={rounds}", .. new[] { "SignInsPerAddress", "PerAddress", "PerCaller" }.Select(limit => $"--Gateway:{limit}=1000000000")]);

    public async Task DisposeAsync() => await _installation.DisposeAsync();

    [Fact]
    public async Task Signing_in_takes_as_long_and_says_as_much_whoever_is_named()
    {
        foreach (var name in new[] { "known", "careless", "locked", "disabled" })
        {
            await InDeskAsync(desk => desk.TakenUpAsync(name));
        }

        await InDeskAsync(desk => desk.InvitedAsync("invited"));
        await InDeskAsync(desk => desk.DoAsync("locked", new AccountCommand.Lock(DateTimeOffset.UtcNow.AddHours(1))));
        await InDeskAsync(desk => desk.DoAsync("disabled", new AccountCommand.Disable(null)));
        await _installation.CaughtUpAsync();

        // Without the work of hashing it would be less than half.
        await AlikeAsync(
            0.8,
            new("unknown name", () => SignInAsync("nobody", Password)),
            new("wrong password", () => SignInAsync("known", "not the password"), () => ForgivenAsync("known")),
            new("wrong code of the second factor", () => SignInAsync("careless", Password), () => ForgivenAsync("careless")),
            new("invited only", () => SignInAsync("invited", Password)),
            new("locked, right password", () => SignInAsync("locked", Password)),
            new("disabled, right password", () => SignInAsync("disabled", Password)));
    }

    [Fact]
    public async Task A_new_way_in_takes_as_long_and_says_as_much_whoever_is_named()
    {
        foreach (var name in new[] { "known", "disabled" })
        {
            await InDeskAsync(desk => desk.TakenUpAsync(name));
        }

        await InDeskAsync(desk => desk.InvitedAsync("invited"));
        await InDeskAsync(desk => desk.DoAsync("disabled", new AccountCommand.Disable(null)));
        await _installation.CaughtUpAsync();
        using var browser = _installation.Browser();
        var page = await (await browser.GetAsync("/account/activation")).Content.ReadAsStringAsync();
        await AlikeAsync(
            0.9,
            new("unknown name", () => TakeUpAsync("nobody")),
            new("waits for its code", () => TakeUpAsync("invited")),
            new("nothing to take up", () => TakeUpAsync("known")),
            new("disabled", () => TakeUpAsync("disabled")));

        Task<HttpResponseMessage> TakeUpAsync(string name) => browser.SubmitAsync(page, [("loginName", name), ("code", "not the code")], "/account/activation");
    }

    [Fact]
    public async Task A_refused_passkey_takes_as_long_and_says_as_much_whosever_it_is()
    {
        using var passkey = new SoftPasskey();
        using var nobodys = new SoftPasskey();
        foreach (var name in new[] { "known", "locked", "disabled" })
        {
            await InDeskAsync(desk => desk.TakenUpAsync(name));
        }

        await InDeskAsync(desk => desk.DoAsync("known", passkey.Enrolled()));
        await InDeskAsync(desk => desk.DoAsync("locked", new AccountCommand.Lock(DateTimeOffset.UtcNow.AddHours(1))));
        await InDeskAsync(desk => desk.DoAsync("disabled", new AccountCommand.Disable(null)));
        await _installation.CaughtUpAsync();
        using var browser = _installation.Browser();
        var question = await AskAsync();
        ((int)(await SendAsync(passkey, "known", right: true)).StatusCode).ShouldBe(200, "what is refused below is refused for what it is");

        // Without the appends (the question's use, the refusal) it would be less than two thirds.
        await AlikeAsync(
            0.8,
            Refused("nobody's passkey, of an account that is not there", nobodys, "nobody"),
            Refused("nobody's passkey, of a known account", nobodys, "known"),
            Refused("nobody's passkey, of a locked account", nobodys, "locked"),
            Refused("nobody's passkey, of a disabled account", nobodys, "disabled"),
            Refused("a known passkey with another's signature", passkey, "known"),
            Refused("a known passkey that says it is somebody else's", passkey, "locked"));

        Kind Refused(string name, SoftPasskey which, string holder) =>
            new(name, () => SendAsync(which, holder, right: false), async () => question = await AskAsync());

        async Task<JsonElement> AskAsync() => await (await browser.PostAsync("/account/passkey-sign-in/question", new { })).JsonAsync();

        Task<HttpResponseMessage> SendAsync(SoftPasskey which, string holder, bool right) =>
            browser.PostAsync("/account/passkey-sign-in", which.Answer(question, Desk.IdOf(holder), right));
    }

    [Fact]
    public async Task Many_guesses_at_once_wait_in_one_line_whoever_is_named()
    {
        // The hash must weigh more than all the rest: what is looked for is how many are worked out side by side.
        await _installation.DisposeAsync();
        _installation = await StartAsync(300_000);
        await InDeskAsync(desk => desk.TakenUpAsync("known"));
        await _installation.CaughtUpAsync();
        var times = new[] { "known", "nobody" }.ToDictionary(name => name, _ => (First: new List<double>(), Last: new List<double>()), StringComparer.Ordinal);
        for (var round = 0; round < 6; round++)
        {
            foreach (var (name, (first, last)) in times)
            {
                await ForgivenAsync("known");
                var started = TimeProvider.System.GetTimestamp();
                var took = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
                {
                    using var answer = await SignInAsync(name, "not the password");
                    return TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
                }));
                first.Add(took.Min());
                last.Add(took.Max());
            }
        }

        // Side by side the first would come after as long as all share the processors, and the last no later than that.
        var ratios = (First: Quiet(times["nobody"].First) / Quiet(times["known"].First), Last: Quiet(times["nobody"].Last) / Quiet(times["known"].Last));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"four guesses at once, unknown name beside a known one: first answer {ratios.First:0.00}, last {ratios.Last:0.00}"));
        ratios.First.ShouldBeInRange(0.6, 1.5);
        ratios.Last.ShouldBeInRange(0.7, 1.5);
    }

    /// <summary>The kinds take turns, so that what else the machine does falls on all; where they differ it is looked at longer before it is believed.</summary>
    /// <param name="least">Smallest good part of the time that a name takes which no account has; the largest is its inverse.</param>
    /// <param name="kinds">The first is the name that no account has.</param>
    private async Task AlikeAsync(double least, params Kind[] kinds)
    {
        var times = kinds.ToDictionary(kind => kind, _ => new List<double>());
        var answers = new HashSet<string>(StringComparer.Ordinal);
        for (var round = 1; ; round++)
        {
            for (var sample = round == 1 ? -5 : 0; sample < Samples; sample++)
            {
                foreach (var kind in kinds.Skip((sample + 5) % kinds.Length).Concat(kinds.Take((sample + 5) % kinds.Length)))
                {
                    await (kind.Before?.Invoke() ?? Task.CompletedTask);
                    var started = TimeProvider.System.GetTimestamp();
                    using var answer = await kind.AskAsync();
                    var body = await answer.Content.ReadAsStringAsync();
                    answers.Add($"{(int)answer.StatusCode} {Own().Replace(body, "")}");

                    // The first few warm up.
                    if (sample >= 0)
                    {
                        times[kind].Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
                    }
                }
            }

            var ratios = kinds.Select(kind => Quiet(times[kind]) / Quiet(times[kinds[0]])).ToList();
            if (ratios.TrueForAll(ratio => ratio >= least && ratio <= 1 / least) || round == MostRounds)
            {
                output.WriteLine(string.Join('\n', kinds.Zip(ratios, (kind, ratio) =>
                    string.Create(CultureInfo.InvariantCulture, $"{kind.Name}: {Quiet(times[kind]):0.0} ms (first quartile of {times[kind].Count}; median {times[kind].Order().ElementAt(times[kind].Count / 2):0.0}), {ratio:0.00} of an unknown name"))));
                answers.ShouldHaveSingleItem().ShouldStartWith("401");
                ratios.ShouldAllBe(ratio => ratio >= least && ratio <= 1 / least);
                return;
            }
        }
    }

    /// <summary>A quarter is faster: what waits for a busy machine is in the other three.</summary>
    private static double Quiet(List<double> times) => times.Order().ElementAt(times.Count / 4);

    private async Task<HttpResponseMessage> SignInAsync(string loginName, string password)
    {
        using var browser = _installation.Browser();
        return await browser.PostAsync("/account/sign-in", new { loginName, password, code = "not a code" });
    }

    /// <summary>Its failures are forgotten, as after a right sign-in: else the fifth would lock it.</summary>
    private Task ForgivenAsync(string loginName) => InDeskAsync(desk => desk.DoAsync(loginName, new AccountCommand.SignIn(DateTimeOffset.UtcNow)));

    private async Task InDeskAsync(Func<Desk, Task> work)
    {
        await using var scope = _installation.Identity.Services.CreateAsyncScope();
        await work(new Desk(scope.ServiceProvider));
    }

    /// <summary>What differs in every answer: the trace, and the page's token against other sites.</summary>
    [GeneratedRegex("\"traceId\":\"[^\"]+\"|<input type=\"hidden\"[^>]+>", RegexOptions.None, 1000)]
    private static partial Regex Own();

    /// <param name="Name">What is asked about.</param>
    /// <param name="AskAsync">Is timed.</param>
    /// <param name="Before">Is not.</param>
    private sealed record Kind(string Name, Func<Task<HttpResponseMessage>> AskAsync, Func<Task>? Before = null);

    /// <summary>Where accounts are made ready, without the pages.</summary>
    private sealed class Desk(IServiceProvider services)
    {
        public Task<string?> InvitedAsync(string loginName) => services.GetRequiredService<Invitations>().InviteAsync(
            new(IdOf(loginName), loginName, loginName, "00000000000099900101", [Roles.Interviewer], []), "the code", default);

        public async Task TakenUpAsync(string loginName)
        {
            await InvitedAsync(loginName);
            var hash = services.GetRequiredService<IPasswordHasher<AccountUser>>().HashPassword(AccountUser.New(IdOf(loginName)), Password);
            await DoAsync(loginName, new AccountCommand.Activate(hash, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", DateTimeOffset.UtcNow));
        }

        public async Task DoAsync(string loginName, AccountCommand command) => await services.GetRequiredService<CommandHandler>().HandleAsync(
            AccountDecider.Decider, Account.Stream(IdOf(loginName)), command, services.GetRequiredService<Hand>().Next("made ready"), default);

        public static Guid IdOf(string loginName) => DerivedId.From(loginName);
    }
}

/// <summary>What is measured here is no other test's doing.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredCollection
{
    public const string Name = "measured";
}
