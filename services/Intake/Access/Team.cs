using System.Collections.Immutable;
using Barnahus.Platform.Access;
using Barnahus.Platform.EventLog;

namespace Barnahus.Intake.Access;

/// <summary>Who may see one child, folded from its stream <c>access.child-{id}</c>, which every service reads and Intake alone writes.</summary>
public sealed record Team
{
    public static readonly Team Initial = new();

    public ImmutableHashSet<(Guid AccountId, string Role)> Members { get; init; } = [];

    public ImmutableDictionary<Guid, GrantGiven> Grants { get; init; } = ImmutableDictionary<Guid, GrantGiven>.Empty;

    public ImmutableHashSet<Guid> Conflicts { get; init; } = [];

    /// <summary>Conflicts of auditors, by account, that somebody of the team named and no administrator has decided on.</summary>
    public ImmutableDictionary<Guid, ConflictProposed> ConflictProposals { get; init; } = ImmutableDictionary<Guid, ConflictProposed>.Empty;

    /// <summary>Accounts whose mark one of the team wants lifted, and who that is.</summary>
    public ImmutableDictionary<Guid, Guid> LiftProposals { get; init; } = ImmutableDictionary<Guid, Guid>.Empty;

    /// <summary>Grants that a prosecutor asked for and no administrator has decided on.</summary>
    public ImmutableDictionary<Guid, GrantProposed> Proposals { get; init; } = ImmutableDictionary<Guid, GrantProposed>.Empty;

    /// <summary>Emergency openings that nobody has judged yet.</summary>
    public ImmutableDictionary<Guid, GlassBroken> Breaks { get; init; } = ImmutableDictionary<Guid, GlassBroken>.Empty;

    public Guid? MergedInto { get; init; }

    /// <summary>An intake officer of the team, another than this account, may see the child: somebody keeps its file.</summary>
    public bool IsKeptWithout(Guid accountId) =>
        Members.Any(member => member.Role == Roles.IntakeOfficer && member.AccountId != accountId && !Conflicts.Contains(member.AccountId));

    /// <summary>May say what happens to marks of conflict: an intake officer or safety coordinator of the team who is not marked.</summary>
    public bool MaySayOfConflicts(Guid accountId) => Has(accountId, Roles.IntakeOfficer) || Has(accountId, Roles.SafetyCoordinator);

    /// <summary>On the team in this role and not marked.</summary>
    public bool Has(Guid accountId, string role) => Members.Contains((accountId, role)) && !Conflicts.Contains(accountId);

    public static Team Evolve(Team state, IEvent happened) => happened switch
    {
        MemberAdded e => state with { Members = state.Members.Add((e.AccountId, e.Role)) },
        MemberRemoved e => state with { Members = state.Members.Remove((e.AccountId, e.Role)) },
        GrantProposed e => state with { Proposals = state.Proposals.SetItem(e.GrantId, e) },
        GrantGiven e => state with { Grants = state.Grants.SetItem(e.GrantId, e), Proposals = state.Proposals.Remove(e.GrantId) },
        GrantWithdrawn e => state with { Grants = state.Grants.Remove(e.GrantId), Proposals = state.Proposals.Remove(e.GrantId) },
        GlassBroken e => state with { Breaks = state.Breaks.SetItem(e.BreakId, e) },
        GlassReviewed e => state with { Breaks = state.Breaks.Remove(e.BreakId) },
        ConflictProposed e => state with { ConflictProposals = state.ConflictProposals.SetItem(e.AccountId, e) },
        ConflictMarked e => Settled(state, e.AccountId) with { Conflicts = state.Conflicts.Add(e.AccountId) },
        ConflictLiftProposed e => state with { LiftProposals = state.LiftProposals.SetItem(e.AccountId, e.ProposedBy) },
        ConflictLifted e => Settled(state, e.AccountId) with { Conflicts = state.Conflicts.Remove(e.AccountId) },
        ChildMerged e => state with { MergedInto = e.IntoChildId },
        _ => throw new InvalidOperationException($"A team does not know {happened.GetType().Name}."),
    };

    /// <summary>Whatever was proposed about a conflict of this account has been decided.</summary>
    private static Team Settled(Team state, Guid accountId) =>
        state with { ConflictProposals = state.ConflictProposals.Remove(accountId), LiftProposals = state.LiftProposals.Remove(accountId) };
}
