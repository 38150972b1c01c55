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
    public async Task Roles_are_granted_and_taken_by_another_hand_which_the_log_names()
    {
        using var administrator = await installation.SignedInAsync("administrator");
        var path = $"/api/identity/v1/accounts/{DemoAccounts.IdOf("planner")}/roles";
        var granted = await (await administrator.PostAsync(path, new { grant = new[] { "auditor" } })).JsonAsync();
        granted.GetProperty("roles").Strings().ShouldBe(["auditor", "planner"]);
        var taken = await (await administrator.PostAsync(path, new { take = new[] { "auditor" } })).JsonAsync();
        taken.GetProperty("roles").Strings().ShouldBe(["planner"]);
        await (await administrator.PostAsync(path, new { grant = new[] { "king" } })).JsonAsync(400);

        var stream = Account.Stream(DemoAccounts.IdOf("planner"));
        var last = (await installation.Stores.Log.ReadStreamAsync(stream, long.MaxValue, 1, ReadDirection.Backwards, default)).Single();
        var envelope = installation.Identity.Services.GetRequiredService<EventCodec>().Decode(last).Envelope;
        envelope.Type.ShouldBe("identity.role-taken.v1");
        envelope.Actor.AccountId.ShouldBe(DemoAccounts.IdOf("administrator"));
        envelope.Purpose.ShouldBe("administration");
    }

    [Fact]
    public async Task A_grant_of_two_roles_that_ended_half_way_gives_both_when_it_is_sent_again()
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
            answer.GetProperty("roles").Strings().ShouldBe(["auditor", "medical", "planner"]);
        }

        var granted = (await installation.Stores.Log.ReadStreamAsync(Account.Stream(account), 0, 100, ReadDirection.Forwards, default))
            .Count(e => e.Type == "identity.role-granted.v1");
        granted.ShouldBe(3, "the first of the demonstration, and each of the two once");
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

        await (await administrator.PostAsync($"{path}/enabling", new { })).JsonAsync();
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
}
