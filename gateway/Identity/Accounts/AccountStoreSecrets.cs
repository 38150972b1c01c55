using Microsoft.AspNetCore.Identity;

namespace Barnahus.Identity.Accounts;

/// <summary>Password, second factor, lockout and roles, as ASP.NET Core Identity asks for them.</summary>
public sealed partial class AccountStore :
    IUserPasswordStore<AccountUser>,
    IUserAuthenticatorKeyStore<AccountUser>,
    IUserLockoutStore<AccountUser>,
    IUserRoleStore<AccountUser>
{
    /// <summary>UserManager also calls this to hash the same password with a stronger setting, right after it was verified.</summary>
    public Task SetPasswordHashAsync(AccountUser user, string? passwordHash, CancellationToken cancellationToken)
    {
        user.PasswordHash = passwordHash;
        if (user.State.PasswordHash is not null && passwordHash is not null)
        {
            user.Pending.Add(new AccountCommand.SetPassword(passwordHash, EndsSessions: false, hand.Now));
        }

        return Task.CompletedTask;
    }

    public Task<string?> GetPasswordHashAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetAuthenticatorKeyAsync(AccountUser user, string key, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The key of the second factor is set where the invitation is taken up.");

    public Task<string?> GetAuthenticatorKeyAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.AuthenticatorKey);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult(user.State.LockedUntil);

    public Task SetLockoutEndDateAsync(AccountUser user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken)
    {
        if (lockoutEnd is { } until)
        {
            user.Pending.Add(new AccountCommand.Lock(until));
        }

        return Task.CompletedTask;
    }

    /// <summary>On the log at once, so that attempts at the same time are all counted.</summary>
    public async Task<int> IncrementAccessFailedCountAsync(AccountUser user, CancellationToken cancellationToken)
    {
        await SendAsync(user, new AccountCommand.FailSignIn(hand.Now), cancellationToken);
        return user.State.FailedSignIns;
    }

    // Success and lock set the count back themselves, in the same event.
    public Task ResetAccessFailedCountAsync(AccountUser user, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<int> GetAccessFailedCountAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(user.State.FailedSignIns);

    public Task<bool> GetLockoutEnabledAsync(AccountUser user, CancellationToken cancellationToken) => Task.FromResult(true);

    // Every account can be locked.
    public Task SetLockoutEnabledAsync(AccountUser user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>By an administrator's hand it is proposed, and given when another approves.</summary>
    public Task AddToRoleAsync(AccountUser user, string roleName, CancellationToken cancellationToken)
    {
        user.Pending.Add(new AccountCommand.Grant(Right.Role(roleName), hand.AccountId, hand.Now));
        return Task.CompletedTask;
    }

    public Task RemoveFromRoleAsync(AccountUser user, string roleName, CancellationToken cancellationToken)
    {
        user.Pending.Add(new AccountCommand.TakeRole(roleName, hand.AccountId));
        return Task.CompletedTask;
    }

    public Task<IList<string>> GetRolesAsync(AccountUser user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<string>>([.. user.State.Roles]);

    public Task<bool> IsInRoleAsync(AccountUser user, string roleName, CancellationToken cancellationToken) =>
        Task.FromResult(user.State.Roles.Contains(roleName));

    public async Task<IList<AccountUser>> GetUsersInRoleAsync(string roleName, CancellationToken cancellationToken)
    {
        List<AccountUser> users = [];
        foreach (var row in index.Rows.Where(row => row.Roles.Contains(roleName)))
        {
            if (await LoadAsync(row.AccountId, cancellationToken) is { } user)
            {
                users.Add(user);
            }
        }

        return users;
    }
}
