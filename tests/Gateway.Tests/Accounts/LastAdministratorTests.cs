using Barnahus.Identity.Accounts;
using Barnahus.Identity.Setup;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Barnahus.Gateway.Tests.Accounts;

/// <summary>Who may go is decided in one stream.</summary>
public sealed class AdministratorsTests() : DeciderSpec<LetAdministratorGo, Administrators>(Administrators.Decider)
{
    private static readonly Guid Boer = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly Guid Tweede = Guid.Parse("01990000-0000-7000-8000-000000000002");
    private static readonly LetAdministratorGo Go = new(Boer, 7, new Dictionary<Guid, long> { [Boer] = 7, [Tweede] = 4 });

    [Fact]
    public Task An_administrator_goes_while_another_stays() => Given().When(Go).Then(new AdministratorLetGo(Boer, 7));

    [Fact]
    public void The_last_one_stays() => Given().When(Go with { InUse = new Dictionary<Guid, long> { [Boer] = 7 } }).ThenRefused("last-administrator");

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Who_is_about_to_go_does_not_stay(long at) => Given(new AdministratorLetGo(Tweede, at)).When(Go).ThenRefused("last-administrator");

    [Fact]
    public Task Who_was_to_go_and_did_not_stays() => Given(new AdministratorLetGo(Tweede, 3)).When(Go).Then(new AdministratorLetGo(Boer, 7));

    [Fact]
    public Task Who_was_let_go_already_is_not_asked_of_again() => Given(new AdministratorLetGo(Boer, 7)).When(Go).Then();
}

/// <summary>Two administrators take the role, or the account, from each other.</summary>
public sealed class LastAdministratorTests : IAsyncLifetime
{
    private static readonly Guid Boer = DemoAccounts.IdOf("administrator");
    private static readonly Guid Tweede = DemoAccounts.IdOf("administrator-2");
    private Installation _installation = null!;

    public async Task InitializeAsync() => _installation = await Installation.StartAsync();

    public async Task DisposeAsync() => await _installation.DisposeAsync();

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task At_the_same_moment_one_of_them_stays(bool firstTakesRole, bool secondTakesRole)
    {
        await using var first = await BegunAsync(Boer, Tweede, firstTakesRole);
        await using var second = await BegunAsync(Tweede, Boer, secondTakesRole);
        bool[] done = await Task.WhenAll(first.EndAsync(), second.EndAsync());
        done.ShouldContain(true);
        done.ShouldContain(false);
        (await InUseAsync(Boer)).ShouldBe(!done[1]);
        (await InUseAsync(Tweede)).ShouldBe(!done[0]);
    }

    [Fact]
    public async Task Who_is_no_administrator_any_more_takes_no_account_from_the_last_one()
    {
        await using (var first = await BegunAsync(Boer, Tweede, takesRole: true))
        {
            (await first.EndAsync()).ShouldBeTrue();
        }

        // The token is good for some minutes more.
        await using var second = await BegunAsync(Tweede, Boer, takesRole: false);
        (await second.EndAsync()).ShouldBeFalse();
        (await InUseAsync(Boer)).ShouldBeTrue();
    }

    private async Task<bool> InUseAsync(Guid account)
    {
        var (state, _) = await _installation.Identity.Services.GetRequiredService<CommandHandler>()
            .StateAsync(AccountDecider.Decider, Account.Stream(account), default);
        return state.IsAdministrator;
    }

    /// <summary>As a request of one administrator about the other, up to where it is saved.</summary>
    private async Task<Deed> BegunAsync(Guid by, Guid from, bool takesRole)
    {
        var scope = _installation.Identity.Services.CreateAsyncScope();
        var id = Guid.CreateVersion7();
        scope.ServiceProvider.GetRequiredService<Hand>()
            .Acts(new CommandContext(id, new Actor(by, Roles.Administrator, null, "gateway"), "administration", default, id));
        var store = scope.ServiceProvider.GetRequiredService<AccountStore>();
        var user = (await store.FindByIdAsync(from.ToString("D"), default))!;
        if (takesRole)
        {
            await store.RemoveFromRoleAsync(user, Roles.Administrator, default);
        }

        return new(scope, () => takesRole ? store.UpdateAsync(user, default) : store.SendAsync(user, new AccountCommand.Disable(by), default));
    }

    private sealed record Deed(AsyncServiceScope Scope, Func<Task> Save) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Scope.DisposeAsync();

        /// <summary>Whether it was done; else the other one stays the last.</summary>
        public async Task<bool> EndAsync()
        {
            try
            {
                await Save();
                return true;
            }
            catch (RefusedException refused)
            {
                refused.Rule.ShouldBe("last-administrator");
                return false;
            }
        }
    }
}
