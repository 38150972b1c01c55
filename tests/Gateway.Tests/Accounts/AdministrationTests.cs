using Barnahus.Contracts;
using Barnahus.Identity.Accounts;
using Barnahus.Identity.Messages;
using Barnahus.Identity.Setup;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Gateway.Tests.Accounts;

public sealed class AdministrationTests(Installation installation) : IClassFixture<Installation>
{
    [Fact]
    public async Task Roles_are_proposed_by_one_hand_given_by_another_and_taken_by_one_and_the_log_names_them()
    {
        using var one = await installation.SignedInAsync("administrator");
        using var two = await installation.SignedInAsync("administrator-2");
        var account = DemoAccounts.IdOf("planner");
        var path = $"/api/identity/v1/accounts/{account}";
        var proposed = await (await one.PostAsync($"{path}/roles", new { grant = new[] { "auditor" } })).JsonAsync();
        proposed.GetProperty("roles").Strings().ShouldBe(["planner"]);
        proposed.GetProperty("proposed")[0].GetProperty("name").GetString().ShouldBe("auditor");
        var approval = new { roles = new[] { "auditor" } };
        (await (await one.PostAsync($"{path}/rights/approval", approval)).JsonAsync(409)).GetProperty("rule").GetString().ShouldBe("two-administrators");
        await (await two.PostAsync($"{path}/rights/approval", new { })).JsonAsync(400);
        await (await two.PostAsync($"{path}/rights/approval", new { regions = new string?[] { null } })).JsonAsync(400);
        var granted = await (await two.PostAsync($"{path}/rights/approval", approval)).JsonAsync();
        granted.GetProperty("roles").Strings().ShouldBe(["auditor", "planner"]);
        granted.GetProperty("proposed").GetArrayLength().ShouldBe(0);
        (await LastAsync(account)).ShouldBe(("identity.role-granted.v1", DemoAccounts.IdOf("administrator-2"), "administration"));

        var taken = await (await one.PostAsync($"{path}/roles", new { take = new[] { "auditor" } })).JsonAsync();
        taken.GetProperty("roles").Strings().ShouldBe(["planner"]);
        (await LastAsync(account)).ShouldBe(("identity.role-taken.v1", DemoAccounts.IdOf("administrator"), "administration"));
        await (await one.PostAsync($"{path}/roles", new { grant = new[] { "king" } })).JsonAsync(400);
    }

    [Fact]
    public async Task A_grant_of_two_roles_that_ended_half_way_proposes_both_when_it_is_sent_again()
    {
        using var administrator = await installation.SignedInAsync("administrator");
        var account = DemoAccounts.IdOf("medical");
        var path = $"/identity/v1/accounts/{account}/roles";
        const string Key = "two-roles";

        // As the request would have done before the process ended: the first of its steps, under the id of the request.
        await using (var scope = installation.Identity.Services.CreateAsyncScope())
        {
            var id = DerivedId.From($"{DemoAccounts.IdOf("administrator"):D}|POST|{path}|{Key}");
            var hand = scope.ServiceProvider.GetRequiredService<Hand>();
            hand.Acts(new CommandContext(id, new Actor(DemoAccounts.IdOf("administrator"), "administrator", null, "gateway"), "administration", default, id));
            var store = scope.ServiceProvider.GetRequiredService<AccountStore>();
            var user = (await store.FindByIdAsync(account.ToString("D"), default))!;
            await store.AddToRoleAsync(user, "auditor", default);
            await store.UpdateAsync(user, default);
        }

        for (var time = 1; time <= 2; time++)
        {
            var answer = await (await administrator.PostAsync($"/api{path}", new { grant = new[] { "auditor", "planner" } }, ("Idempotency-Key", Key))).JsonAsync();
            answer.GetProperty("proposed").EnumerateArray().Select(one => one.GetProperty("name").GetString()).ShouldBe(["auditor", "planner"]);
        }

        var proposed = (await installation.Stores.Log.ReadStreamAsync(Account.Stream(account), 0, 100, ReadDirection.Forwards, default))
            .Count(e => e.Type == "identity.right-proposed.v1");
        proposed.ShouldBe(2, "each once");
    }

    [Fact]
    public async Task What_waits_for_a_second_administrator_is_on_a_page_that_answers_it()
    {
        using var one = await installation.SignedInAsync("administrator");
        using var two = await installation.SignedInAsync("administrator-2");
        var path = $"/api/identity/v1/accounts/{DemoAccounts.IdOf("victim-support")}";
        await (await one.PostAsync($"{path}/roles", new { grant = new[] { "guardian", "lawyer" } })).JsonAsync();
        await installation.CaughtUpAsync();
        (await (await two.GetAsync("/")).Content.ReadAsStringAsync()).ShouldContain("href=\"/account/proposals\"");
        var own = await PageAsync(one);
        own.ShouldContain("Terugnemen");
        own.ShouldNotContain("Goedkeuren");

        var page = await PageAsync(two);
        page.ShouldContain("rol guardian");
        page.ShouldContain("W. Dekker (victim-support)");
        page.ShouldContain("G. de Boer");
        await two.SubmitAsync(Form(page, "rol guardian", "approval"), [], "/account/proposals");
        await two.SubmitAsync(Form(page, "rol lawyer", "rejection"), [], "/account/proposals");
        (await (await two.GetAsync(path)).JsonAsync()).GetProperty("roles").Strings().ShouldBe(["guardian", "victim-support"]);
        await installation.CaughtUpAsync();
        (await PageAsync(two)).ShouldNotContain("victim-support");
        using var auditor = await installation.SignedInAsync("auditor");
        (await (await auditor.GetAsync("/api/identity/v1/proposals")).JsonAsync()).GetArrayLength().ShouldBeGreaterThanOrEqualTo(0);
        (await auditor.GetAsync("/account/proposals")).Headers.Location!.OriginalString.ShouldBe("/");
        using var interviewer = await installation.SignedInAsync("interviewer");
        await (await interviewer.GetAsync("/api/identity/v1/proposals")).JsonAsync(403);
    }

    [Fact]
    public async Task A_partners_key_waits_on_the_same_page()
    {
        using var one = await installation.SignedInAsync("administrator");
        using var two = await installation.SignedInAsync("administrator-2");
        var keys = new Dictionary<string, string>();
        foreach (var keyId in new[] { "key-2026", "key-2027" })
        {
            using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
            keys[keyId] = key.ExportSubjectPublicKeyInfoPem();
            await (await one.PostAsync("/api/identity/v1/clients/halt/keys", new { keyId, publicKey = keys[keyId] })).JsonAsync();
        }

        await installation.CaughtUpAsync();
        var own = await PageAsync(one);
        own.ShouldContain("sleutel key-2026");
        own[own.IndexOf("sleutel key-2026", StringComparison.Ordinal)..].ShouldNotContain("Goedkeuren");
        var waiting = (await (await two.GetAsync("/api/identity/v1/proposals")).JsonAsync()).EnumerateArray().Where(waits => waits.GetProperty("kind").GetString() == "key").ToList();
        waiting.Select(key => key.GetProperty("right").GetString()).ShouldBe(keys.Keys);
        waiting.Select(key => key.GetProperty("publicKey").GetString()).ShouldBe(keys.Values);
        waiting[0].GetProperty("clientId").GetString().ShouldBe("halt");

        var page = await PageAsync(two);
        page.ShouldContain("Halt (halt)");
        await two.SubmitAsync(Form(page, "sleutel key-2026", "approval"), [], "/account/proposals");
        await two.SubmitAsync(Form(page, "sleutel key-2027", "rejection"), [], "/account/proposals");
        await installation.CaughtUpAsync();
        (await PageAsync(two)).ShouldNotContain("sleutel key-");
        var client = (await (await two.GetAsync("/api/identity/v1/clients")).JsonAsync()).EnumerateArray().Single(row => row.GetProperty("clientId").GetString() == "halt");
        client.GetProperty("keyIds").Strings().ShouldContain("key-2026");
        client.GetProperty("keyIds").Strings().ShouldNotContain("key-2027");
    }

    [Fact]
    public async Task Nobody_changes_their_own_account_and_only_administrators_change_any()
    {
        using var administrator = await installation.SignedInAsync("administrator");
        var own = $"/api/identity/v1/accounts/{DemoAccounts.IdOf("administrator")}";
        var refused = await (await administrator.PostAsync($"{own}/roles", new { grant = new[] { "prosecutor" } })).JsonAsync(409);
        refused.GetProperty("rule").GetString().ShouldBe("own-account");
        await (await administrator.PostAsync($"{own}/invitation", new { })).JsonAsync(409);
        using var auditor = await installation.SignedInAsync("auditor");
        await (await auditor.PostAsync($"{own}/disabling", new { })).JsonAsync(403);
        await (await auditor.GetAsync("/api/identity/v1/accounts")).JsonAsync();
        using var interviewer = await installation.SignedInAsync("interviewer");
        await (await interviewer.GetAsync("/api/identity/v1/accounts")).JsonAsync(403);
    }

    [Fact]
    public async Task A_disabled_account_loses_its_sessions_at_once()
    {
        using var guardian = await installation.SignedInAsync("guardian");
        using var administrator = await installation.SignedInAsync("administrator");
        var path = $"/api/identity/v1/accounts/{DemoAccounts.IdOf("guardian")}";
        (await (await administrator.PostAsync($"{path}/disabling", new { })).JsonAsync()).GetProperty("status").GetString().ShouldBe("disabled");
        await guardian.SignedOutWithinMomentsAsync();
        using var late = installation.Browser();
        await (await late.PostAsync("/account/sign-in", new { loginName = "guardian", password = Installation.Password })).JsonAsync(401);

        // One administrator asks for it, twice if need be; it takes another.
        await (await administrator.PostAsync($"{path}/enabling", new { })).JsonAsync();
        (await (await administrator.PostAsync($"{path}/enabling", new { })).JsonAsync()).GetProperty("status").GetString().ShouldBe("disabled");
        await (await late.PostAsync("/account/sign-in", new { loginName = "guardian", password = Installation.Password })).JsonAsync(401);
        using var another = await installation.SignedInAsync("administrator-2");
        await installation.CaughtUpAsync();
        var own = await PageAsync(administrator);
        own[own.IndexOf("weer in gebruik nemen", StringComparison.Ordinal)..].Split("</tr>")[0].ShouldNotContain("Goedkeuren");
        await another.SubmitAsync(Form(await PageAsync(another), "weer in gebruik nemen", "approval"), [], "/account/proposals");
        await installation.CaughtUpAsync();
        (await PageAsync(another)).ShouldNotContain("weer in gebruik nemen");
        await (await guardian.GetAsync("/api/account/me")).JsonAsync(401);
        await late.SignInAsync("guardian", Installation.Password);
    }

    [Fact]
    public async Task Services_are_told_of_accounts_and_the_same_event_always_says_the_same()
    {
        var stream = Account.Stream(DemoAccounts.IdOf("psychologist"));
        var services = installation.Identity.Services;
        var codec = services.GetRequiredService<EventCodec>();
        var publication = ActivatorUtilities.CreateInstance<PublishAccountChanged>(services, installation.Stores.Log);
        var events = (await installation.Stores.Log.ReadStreamAsync(stream, 0, 100, ReadDirection.Forwards, default)).Select(codec.Decode).ToList();
        var invited = (AccountChanged)(await publication.MessageAsync(events[0], default))!;
        invited.Roles.ShouldBeEmpty("the state as of that event");
        var granted = (AccountChanged)(await publication.MessageAsync(events.Last(e => e.Event is RegionGranted), default))!;
        granted.Roles.ShouldBe(["psychologist"]);
        granted.Regions.ShouldBe(["Amsterdam", "Limburg", "Midden-Nederland", "Noord-Nederland"]);
        granted.AccountId.ShouldBe(DemoAccounts.IdOf("psychologist"));
        services.GetRequiredService<PersonalData>().Open<string>(granted.Name!).ValueOrDefault.ShouldBe("L. Meijer");
        publication.Of.ShouldNotContain(typeof(SignedIn));
    }

    private static async Task<string> PageAsync(Browser browser) => await (await browser.GetAsync("/account/proposals")).Content.ReadAsStringAsync();

    /// <summary>The page from the form on that gives this answer to this proposal.</summary>
    private static string Form(string page, string proposal, string answer)
    {
        var row = page[page.IndexOf(proposal, StringComparison.Ordinal)..];
        return row[row.LastIndexOf("<form", row.IndexOf($"value=\"{answer}\"", StringComparison.Ordinal), StringComparison.Ordinal)..];
    }

    private async Task<(string Type, Guid? By, string? Purpose)> LastAsync(Guid accountId)
    {
        var last = (await installation.Stores.Log.ReadStreamAsync(Account.Stream(accountId), long.MaxValue, 1, ReadDirection.Backwards, default)).Single();
        var envelope = installation.Identity.Services.GetRequiredService<EventCodec>().Decode(last).Envelope;
        return (envelope.Type, envelope.Actor.AccountId, envelope.Purpose);
    }
}
