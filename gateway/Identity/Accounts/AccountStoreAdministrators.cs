using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;

namespace Barnahus.Identity.Accounts;

/// <summary>The role or the account taken from an administrator: only while another stays (<see cref="Administrators"/>).</summary>
public sealed partial class AccountStore
{
    private async Task<CommandResult<Account>> LetGoAsync(Guid accountId, AccountCommand command, CommandContext context, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (account, revision) = await handler.StateAsync(AccountDecider.Decider, Account.Stream(accountId), cancellationToken);
            var at = context.IfRevision ?? revision;
            if (at == revision && account.IsAdministrator && AccountDecider.Decider.Decide(command, account) is Decision.Accepted { Events.Count: > 0 })
            {
                var letGo = new LetAdministratorGo(accountId, revision, await AdministratorsAsync(cancellationToken));
                await handler.HandleAsync(Administrators.Decider, Administrators.Stream, letGo, context.Then($"let-go/{revision}"), cancellationToken);
            }

            try
            {
                return await handler.HandleAsync(
                    AccountDecider.Decider, Account.Stream(accountId), command, context with { IfRevision = at }, cancellationToken);
            }
            catch (StaleException) when (context.IfRevision is null && attempt < MaxAttempts)
            {
                // Something else happened to the account meanwhile, a sign-in for one: look again who stays.
            }
        }
    }

    /// <summary>Administrators in use, each by its own stream, with where that stands.</summary>
    private async Task<IReadOnlyDictionary<Guid, long>> AdministratorsAsync(CancellationToken cancellationToken)
    {
        Dictionary<Guid, long> inUse = [];
        foreach (var row in index.Rows.Where(row => row.Roles.Contains(Roles.Administrator)))
        {
            var (account, revision) = await handler.StateAsync(AccountDecider.Decider, Account.Stream(row.AccountId), cancellationToken);
            if (account.IsAdministrator)
            {
                inUse[row.AccountId] = revision;
            }
        }

        return inUse;
    }
}
