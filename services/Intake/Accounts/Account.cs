using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Accounts;

/// <summary>What Intake learned of an account: whole state, at a revision of Identity's stream.</summary>
[EventType("intake.account-learned.v1")]
public sealed record AccountLearned(
    Guid AccountId,
    long SourceRevision,
    IReadOnlyList<string> Roles,
    string? Organisation,
    IReadOnlyList<string> Regions,
    bool Disabled,
    [property: Personal(Regime.Police)] Personal<string>? Name) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}

/// <summary>An account as Intake knows it: who can be put on a team, and as what.</summary>
public sealed record Account(
    Guid Id,
    long SourceRevision,
    IReadOnlyList<string> Roles,
    string? Organisation,
    IReadOnlyList<string> Regions,
    bool Disabled,
    Personal<string>? Name)
{
    public static readonly Account Initial = new(Guid.Empty, -1, [], null, [], false, null);

    public static string Stream(Guid accountId) => $"intake.account-{accountId:D}";

    /// <summary>May act in the role now.</summary>
    public bool Holds(string role) => !Disabled && Roles.Contains(role);

    public static Account Evolve(Account state, IEvent happened) => happened switch
    {
        AccountLearned e => new(e.AccountId, e.SourceRevision, e.Roles, e.Organisation, e.Regions, e.Disabled, e.Name),
        _ => throw new InvalidOperationException($"An account does not know {happened.GetType().Name}."),
    };
}

public sealed record LearnAccount(
    Guid AccountId,
    long SourceRevision,
    IReadOnlyList<string> Roles,
    string? Organisation,
    IReadOnlyList<string> Regions,
    bool Disabled,
    string? Name);

/// <summary>Messages come in any order and more than once: what is not newer is ignored.</summary>
public static class AccountDecider
{
    public static readonly Decider<LearnAccount, Account> Decider = new(Account.Initial, Decide, Account.Evolve);

    public static Decision Decide(LearnAccount c, Account state) => c.SourceRevision <= state.SourceRevision
        ? Decision.Nothing
        : Decision.Accept(new AccountLearned(
            c.AccountId, c.SourceRevision, c.Roles, c.Organisation, c.Regions, c.Disabled, Personal.OfNullable(c.Name)));
}
