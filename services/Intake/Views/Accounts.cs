using System.Collections.Concurrent;
using Barnahus.Intake.Accounts;
using Barnahus.Platform.Views;

namespace Barnahus.Intake.Views;

/// <summary>Accounts as Intake learned of them.</summary>
public sealed class AccountsView : View
{
    private readonly ConcurrentDictionary<Guid, Account> _accounts = new();

    public AccountsView() => On<AccountLearned>(e => _accounts[e.AccountId] = Account.Evolve(Find(e.AccountId) ?? Account.Initial, e));

    public Account? Find(Guid accountId) => _accounts.GetValueOrDefault(accountId);

    /// <summary>The account is known and may act in the role now.</summary>
    public bool Holds(Guid accountId, string role) => Find(accountId)?.Holds(role) == true;
}
