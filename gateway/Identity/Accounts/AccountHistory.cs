using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Accounts;

// A version that is read and never written any more: the key of the second factor came with the invitation.

/// <summary>The holder took the invitation up.</summary>
[EventType("identity.account-activated.v1", Retired = true)]
public sealed record AccountActivatedV1(
    Guid AccountId,
    [property: Personal(Regime.Police)] Personal<string> PasswordHash,
    bool SecondFactor,
    DateTimeOffset At) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>The key is the invitation's.</summary>
internal sealed class AccountHistory : IUpcaster<AccountActivatedV1, AccountActivated>
{
    public AccountActivated Upcast(AccountActivatedV1 old) => new(old.AccountId, old.PasswordHash, null, old.SecondFactor, old.At);
}
