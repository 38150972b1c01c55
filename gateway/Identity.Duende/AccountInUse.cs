using Barnahus.Identity.Accounts;
using Barnahus.Platform.Deciding;
using Duende.IdentityServer.Extensions;
using Duende.IdentityServer.Models;
using Duende.IdentityServer.Services;

namespace Barnahus.Identity.Duende;

/// <summary>
/// Whether an account may be let in, by its own stream as it stands now. Identity tokens say whom and no more: a person's access token is that of the
/// session (<see cref="Tokens.AccessTokens"/>).
/// </summary>
public sealed class AccountInUse(CommandHandler handler) : IProfileService
{
    public Task GetProfileDataAsync(ProfileDataRequestContext context) => Task.CompletedTask;

    public async Task IsActiveAsync(IsActiveContext context)
    {
        var (account, _) = await handler.StateAsync(
            AccountDecider.Decider, Account.Stream(Guid.Parse(context.Subject.GetSubjectId())), CancellationToken.None);
        context.IsActive = account is { Disabled: false, PasswordHash: not null, Name: not null };
    }
}
