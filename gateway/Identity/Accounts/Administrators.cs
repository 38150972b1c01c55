using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Identity.Accounts;

/// <summary>
/// There is always an administrator left. Who takes the role or the account from one says so here first, in one stream for all: two administrators
/// who take it from each other at the same moment cannot both.
/// </summary>
/// <param name="LetGo">
/// By account, the revision of its stream at which it goes, and at no other. Once that stream has moved on, the account either went or stayed, and this
/// says nothing any more: so what a crash left here keeps nobody out.
/// </param>
public sealed record Administrators(ImmutableDictionary<Guid, long> LetGo)
{
    public const string Stream = "identity.administrators";

    public static readonly Administrators Initial = new(ImmutableDictionary<Guid, long>.Empty);

    public static readonly Decider<LetAdministratorGo, Administrators> Decider = new(Initial, Decide, Evolve);

    // Who was let go at a later revision than was seen goes too: it was seen too early.
    private bool Goes(Guid accountId, long seenAt) => LetGo.TryGetValue(accountId, out var at) && at >= seenAt;

    private static Decision Decide(LetAdministratorGo command, Administrators state) =>
        state.Goes(command.AccountId, command.Revision) ? Decision.Nothing
        : command.InUse.Any(other => other.Key != command.AccountId && !state.Goes(other.Key, other.Value))
            ? Decision.Accept(new AdministratorLetGo(command.AccountId, command.Revision))
        : Decision.Refuse("last-administrator", "This is the last administrator. Make another account administrator first.");

    private static Administrators Evolve(Administrators state, IEvent @event) => @event switch
    {
        AdministratorLetGo e => new(state.LetGo.SetItem(e.AccountId, e.Revision)),
        _ => throw new InvalidOperationException($"Administrators do not know {@event.GetType().Name}."),
    };
}

/// <param name="AccountId">An administrator in use.</param>
/// <param name="Revision">Of that account's stream; the deed itself is appended right behind it, or not at all.</param>
/// <param name="InUse">All administrators in use, each with the revision of its stream at which that was seen.</param>
public sealed record LetAdministratorGo(Guid AccountId, long Revision, IReadOnlyDictionary<Guid, long> InUse);

/// <summary>An administrator may go, since another stays. The role or the account is taken at this revision of the account's stream, or not at all.</summary>
/// <param name="Revision">Of the account's stream.</param>
[EventType("identity.administrator-let-go.v1")]
public sealed record AdministratorLetGo(Guid AccountId, long Revision) : IEvent
{
    public SubjectId Subject => SubjectId.Account(AccountId);
}
