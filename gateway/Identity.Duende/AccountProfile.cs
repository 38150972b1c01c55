using System.Security.Claims;
using Barnahus.Identity.Accounts;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Duende.IdentityServer.Extensions;
using Duende.IdentityServer.Models;
using Duende.IdentityServer.Services;

namespace Barnahus.Identity.Duende;

/// <summary>The claim contract for persons, from the account's own stream as it stands now.</summary>
public sealed class AccountProfile(CommandHandler handler, PersonalData personal) : IProfileService
{
    public static IReadOnlyList<string> ClaimTypes { get; } = ["name", "role", "org", "region"];

    public async Task GetProfileDataAsync(ProfileDataRequestContext context)
    {
        if (await FindAsync(context.Subject) is { } account)
        {
            context.AddRequestedClaims(
            [
                new("name", personal.Open(account.Name!).ValueOrDefault ?? ""),
                new("org", account.Organisation!),
                .. account.Roles.Select(role => new Claim("role", role)),
                .. account.Regions.Select(region => new Claim("region", region)),
            ]);
        }
    }

    public async Task IsActiveAsync(IsActiveContext context) => context.IsActive = await FindAsync(context.Subject) is not null;

    private async Task<Account?> FindAsync(ClaimsPrincipal subject)
    {
        var (account, _) = await handler.StateAsync(AccountDecider.Decider, Account.Stream(Guid.Parse(subject.GetSubjectId())), CancellationToken.None);
        return account is { Disabled: false, PasswordHash: not null, Name: not null } ? account : null;
    }
}
