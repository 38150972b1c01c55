using System.Collections.Immutable;
using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Intake.Access;

/// <summary>Who may see one child, folded from its stream <c>access.child-{id}</c>, which every service reads and Intake alone writes.</summary>
public sealed record Team
{
    public static readonly Team Initial = new();

    public ImmutableHashSet<(Guid AccountId, string Role)> Members { get; init; } = [];

    public ImmutableDictionary<Guid, GrantGiven> Grants { get; init; } = ImmutableDictionary<Guid, GrantGiven>.Empty;

    public ImmutableHashSet<Guid> Conflicts { get; init; } = [];

    public Guid? MergedInto { get; init; }

    public static Team Evolve(Team state, IEvent happened) => happened switch
    {
        MemberAdded e => state with { Members = state.Members.Add((e.AccountId, e.Role)) },
        MemberRemoved e => state with { Members = state.Members.Remove((e.AccountId, e.Role)) },
        GrantGiven e => state with { Grants = state.Grants.SetItem(e.GrantId, e) },
        GrantWithdrawn e => state with { Grants = state.Grants.Remove(e.GrantId) },
        ConflictMarked e => state with { Conflicts = state.Conflicts.Add(e.AccountId) },
        ConflictLifted e => state with { Conflicts = state.Conflicts.Remove(e.AccountId) },
        ChildMerged e => state with { MergedInto = e.IntoChildId },
        _ => throw new InvalidOperationException($"A team does not know {happened.GetType().Name}."),
    };
}

/// <summary>What can be asked of a team.</summary>
public abstract record TeamCommand(Guid ChildId);

/// <param name="Unfit">Members of these that do not hold their role (any more).</param>
public sealed record AddMembers(Guid ChildId, IReadOnlyList<TeamMember> Members, IReadOnlyList<TeamMember> Unfit) : TeamCommand(ChildId);

public sealed record RemoveMember(Guid ChildId, Guid AccountId, string Role) : TeamCommand(ChildId);

public sealed record GiveGrant(Guid ChildId, Guid GrantId, Guid AccountId, DataGroup Group, DateTimeOffset Until, DateTimeOffset Now) : TeamCommand(ChildId);

public sealed record WithdrawGrant(Guid ChildId, Guid GrantId) : TeamCommand(ChildId);

public sealed record MarkConflict(Guid ChildId, Guid AccountId) : TeamCommand(ChildId);

public sealed record LiftConflict(Guid ChildId, Guid AccountId) : TeamCommand(ChildId);

public sealed record MergeTeam(Guid ChildId, Guid Into) : TeamCommand(ChildId);

/// <param name="Other">Team of the file that was merged into this one, as it was frozen.</param>
public sealed record TakeOverTeam(Guid ChildId, Team Other) : TeamCommand(ChildId);

/// <summary>Who may come on a team, and what may be granted.</summary>
public static class TeamDecider
{
    /// <summary>A grant is for a while: nobody keeps a way in that was once needed.</summary>
    public static readonly TimeSpan LongestGrant = TimeSpan.FromDays(90);

    public static readonly Decider<TeamCommand, Team> Decider = new(Team.Initial, Decide, Team.Evolve);

    public static Decision Decide(TeamCommand command, Team state) => command switch
    {
        MergeTeam c => state.MergedInto is null ? Decision.Accept(new ChildMerged(c.ChildId, c.Into)) : Decision.Nothing,
        _ when state.MergedInto is { } into => Decision.Refuse("file-merged", $"This file goes on as {into:D}; use that one."),
        AddMembers c => Add(c, state),
        TakeOverTeam c => Decision.Accept([.. TakenOver(c, state)]),
        RemoveMember c => Remove(c, state),
        GiveGrant c => Give(c, state),
        WithdrawGrant c => state.Grants.ContainsKey(c.GrantId) ? Decision.Accept(new GrantWithdrawn(c.ChildId, c.GrantId)) : Decision.Nothing,
        MarkConflict c => state.Conflicts.Contains(c.AccountId) ? Decision.Nothing : Decision.Accept(new ConflictMarked(c.ChildId, c.AccountId)),
        LiftConflict c => state.Conflicts.Contains(c.AccountId) ? Decision.Accept(new ConflictLifted(c.ChildId, c.AccountId)) : Decision.Nothing,
        _ => throw new InvalidOperationException($"A team does not know {command.GetType().Name}."),
    };

    private static Decision Add(AddMembers c, Team state)
    {
        if (c.Unfit.Count > 0)
        {
            return Decision.Refuse("role-not-held", $"This account does not hold the role {c.Unfit[0].Role}.");
        }

        return c.Members.FirstOrDefault(member => state.Conflicts.Contains(member.AccountId)) is { Role: var role }
            ? Decision.Refuse("conflict-of-interest", $"The account for {role} is marked in conflict of interest with this child.")
            : Decision.Accept([.. c.Members
                .Distinct()
                .Where(member => !state.Members.Contains((member.AccountId, member.Role)))
                .Select(member => new MemberAdded(c.ChildId, member.AccountId, member.Role))]);
    }

    /// <summary>Said once more in this stream, so that it can be taken back here: a member removed, a grant withdrawn, a conflict lifted.</summary>
    private static IEnumerable<IEvent> TakenOver(TakeOverTeam c, Team state) =>
    [
        .. c.Other.Conflicts.Except(state.Conflicts).Order().Select(account => new ConflictMarked(c.ChildId, account)),
        .. c.Other.Members.Except(state.Members).OrderBy(member => member.AccountId).ThenBy(member => member.Role, StringComparer.Ordinal)
            .Select(member => new MemberAdded(c.ChildId, member.AccountId, member.Role)),
        .. c.Other.Grants.Values.Where(grant => !state.Grants.ContainsKey(grant.GrantId)).OrderBy(grant => grant.GrantId)
            .Select(grant => grant with { ChildId = c.ChildId }),
    ];

    private static Decision Remove(RemoveMember c, Team state)
    {
        if (!state.Members.Contains((c.AccountId, c.Role)))
        {
            return Decision.Nothing;
        }

        return c.Role == Roles.IntakeOfficer && state.Members.Count(member => member.Role == Roles.IntakeOfficer) == 1
            ? Decision.Refuse("last-intake-officer", "Somebody must keep this file: add another intake officer first.")
            : Decision.Accept(new MemberRemoved(c.ChildId, c.AccountId, c.Role));
    }

    private static Decision Give(GiveGrant c, Team state)
    {
        if (!state.Members.Any(member => member.AccountId == c.AccountId))
        {
            return Decision.Refuse("not-on-team", "A grant is for somebody on this child's team.");
        }

        return c.Until <= c.Now || c.Until > c.Now + LongestGrant
            ? Decision.Refuse("grant-term", "A grant ends in the future and within 90 days.")
            : Decision.Accept(new GrantGiven(c.ChildId, c.GrantId, c.AccountId, c.Group, c.Until));
    }
}
