using Barnahus.Identity.Accounts;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Gateway.Tests.Accounts;

/// <summary>An invitation ended right behind the login name, which was taken for an account that was never made.</summary>
public sealed class TakenNameTests(Installation installation) : IClassFixture<Installation>
{
    private const string Accounts = "/api/identity/v1/accounts";

    [Fact]
    public async Task Its_name_is_invited_again_once()
    {
        var lost = Guid.CreateVersion7();
        var context = new CommandContext(Guid.CreateVersion7(), Actor.System("identity"), null, default, lost);
        await installation.Identity.Services.GetRequiredService<CommandHandler>().HandleAsync(
            LoginNames.Decider, LoginNames.Stream, new TakeLoginName(lost, LoginNameNormaliser.Normalise("j.verloren")!), context, default);
        await installation.CaughtUpAsync();

        using var administrator = await installation.SignedInAsync("administrator");
        var request = new { loginName = "J.Verloren", name = "J. Verloren", organisation = "00000000000099900101", roles = new[] { "interviewer" } };
        var invited = await (await administrator.PostAsync(Accounts, request, ("Idempotency-Key", "again"))).JsonAsync(201);
        invited.GetProperty("accountId").GetGuid().ShouldBe(lost);
        invited.GetProperty("invitationCode").GetString().ShouldNotBeNullOrEmpty();
        await installation.CaughtUpAsync();
        (await (await administrator.GetAsync($"{Accounts}/{lost}")).JsonAsync()).GetProperty("proposed").GetArrayLength().ShouldBe(1);

        var repeated = await (await administrator.PostAsync(Accounts, request, ("Idempotency-Key", "again"))).JsonAsync(201);
        repeated.GetProperty("accountId").GetGuid().ShouldBe(lost);
        repeated.TryGetProperty("invitationCode", out _).ShouldBeFalse("it was shown once");
        await (await administrator.PostAsync(Accounts, request, ("Idempotency-Key", "another"))).JsonAsync(400);

        // The first one was only slow, and goes on.
        await using var scope = installation.Identity.Services.CreateAsyncScope();
        var account = new NewAccount(lost, "j.verloren", "Somebody else", "00000000000099900101", ["auditor"], []);
        var refused = await Should.ThrowAsync<InvalidException>(scope.ServiceProvider.GetRequiredService<Invitations>().InviteAsync(account, null, default));
        refused.Errors.Keys.ShouldBe(["loginName"]);
    }
}
