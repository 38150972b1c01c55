using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Intake.Access;

/// <summary>Who may come on a team, and what may be granted.</summary>
public static class TeamDecider
{
    /// <summary>A grant is for a while: nobody keeps a way in that was once needed.</summary>
    public static readonly TimeSpan LongestGrant = TimeSpan.FromDays(90);

    private static readonly Decision NotForAWhile = Decision.Refuse("grant-term", "A grant ends in the future and within 90 days.");

    private static readonly Decision NotYours = Decision.Refuse(
        "grant-of-another", "Ask who gives this: the whereabouts the safety coordinator, content for an auditor a prosecutor or an administrator.");

    private static readonly Decision LastOfficer = Decision.Refuse(
        "last-intake-officer", "Nobody else keeps this file: another intake officer comes on the team first, then this one can be marked.");

    public static readonly Decider<TeamCommand, Team> Decider = new(Team.Initial, Decide, Team.Evolve);

    public static Decision Decide(TeamCommand command, Team state) => command switch
    {
        // What was opened under an id that was merged since must still be judged.
        ReviewGlass c => EmergencyDecisions.Review(c, state),
        MergeTeam c => state.MergedInto is null ? Decision.Accept(new ChildMerged(c.ChildId, c.Into)) : Decision.Nothing,
        _ when state.MergedInto is { } into => Decision.Refuse("file-merged", $"This file goes on as {into:D}; use that one."),
        AddMembers c => Add(c, state),
        AdmitMembers c => Decision.Accept([.. Added(c.ChildId, c.Members.Where(member => !state.Conflicts.Contains(member.AccountId)), state)]),
        TakeOverTeam c => TakeOver(c, state),
        RemoveMember c => Remove(c, state),
        GiveGrant c => Give(c, state),
        ProposeGrant c => Propose(c),
        ApproveGrant c => Approve(c, state),
        BreakGlass c => EmergencyDecisions.Break(c, state),
        WithdrawGrant c => Withdraw(c, state),
        MarkConflict c => Mark(c, state),
        LiftConflict c => Lift(c, state),
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
            : Decision.Accept([.. Added(c.ChildId, c.Members, state)]);
    }

    private static IEnumerable<IEvent> Added(Guid childId, IEnumerable<TeamMember> members, Team state) => members
        .Distinct()
        .Where(member => !state.Members.Contains((member.AccountId, member.Role)))
        .Select(member => new MemberAdded(childId, member.AccountId, member.Role));

    /// <summary>
    /// One member of the team alone does not put an auditor out of sight: that takes an administrator, as content for one does. Marking again takes back
    /// that the mark should be lifted.
    /// </summary>
    private static Decision Mark(MarkConflict c, Team state) =>
        state.Conflicts.Contains(c.AccountId) && !state.LiftProposals.ContainsKey(c.AccountId) ? Decision.Nothing
        : state.Conflicts.Contains(c.AccountId) ? Decision.Accept(new ConflictMarked(c.ChildId, c.AccountId))
        : LeavesNobody(c.AccountId, state) ? LastOfficer
        : !c.IsAuditor ? Decision.Accept([.. Marked(c.ChildId, c.AccountId, state)])
        : state.ConflictProposals.ContainsKey(c.AccountId) ? Decision.Nothing
        : Decision.Accept(new ConflictProposed(c.ChildId, c.ProposalId, c.AccountId, c.By));

    private static bool LeavesNobody(Guid accountId, Team state) =>
        state.Members.Contains((accountId, Roles.IntakeOfficer)) && !state.IsKeptWithout(accountId);

    /// <summary>What was granted ends with the mark, as with leaving the team: once the mark is lifted nobody finds a way in that was given before.</summary>
    private static IEnumerable<IEvent> Marked(Guid childId, Guid accountId, Team state) =>
        [new ConflictMarked(childId, accountId), .. Withdrawn(childId, state.Grants.Values.Where(grant => grant.AccountId == accountId))];

    private static IEnumerable<IEvent> Withdrawn(Guid childId, IEnumerable<GrantGiven> grants) =>
        grants.OrderBy(grant => grant.GrantId).Select(grant => new GrantWithdrawn(childId, grant.GrantId));

    /// <summary>Whoever is marked must never see the child: that it ends takes two who are of the team then. What is only proposed is taken back by one.</summary>
    private static Decision Lift(LiftConflict c, Team state)
    {
        if (state.ConflictProposals.ContainsKey(c.AccountId))
        {
            return Decision.Accept(new ConflictLifted(c.ChildId, c.AccountId));
        }

        return !state.Conflicts.Contains(c.AccountId) ? Decision.Nothing
            : !state.LiftProposals.TryGetValue(c.AccountId, out var proposedBy) || (proposedBy != c.By && !state.MaySayOfConflicts(proposedBy))
                ? Decision.Accept(new ConflictLiftProposed(c.ChildId, c.AccountId, c.By))
            : proposedBy == c.By ? Decision.Refuse("two-people", "You asked that this mark be lifted. Another intake officer or the safety coordinator of the team must ask it too.")
            : Decision.Accept(new ConflictLifted(c.ChildId, c.AccountId));
    }

    /// <summary>Where nothing of it is new, whoever is on both teams is said to be on this one once more: so the stream holds that it was decided.</summary>
    private static Decision TakeOver(TakeOverTeam c, Team state)
    {
        var events = TakenOver(c, state).ToList();
        return Decision.Accept(events.Count > 0 ? events : [.. Said(c.ChildId, c.Other.Members)]);
    }

    private static IEnumerable<IEvent> Said(Guid childId, IEnumerable<(Guid AccountId, string Role)> members) => members
        .OrderBy(member => member.AccountId).ThenBy(member => member.Role, StringComparer.Ordinal)
        .Select(member => new MemberAdded(childId, member.AccountId, member.Role));

    /// <summary>Said once more in this stream, so that it can be taken back here: a member removed, a grant withdrawn, a conflict lifted, a proposal decided.</summary>
    private static IEnumerable<IEvent> TakenOver(TakeOverTeam c, Team state)
    {
        bool IsMarked(Guid accountId) => state.Conflicts.Contains(accountId) || c.Other.Conflicts.Contains(accountId);

        return
        [
            .. c.Other.Conflicts.Except(state.Conflicts).Order().SelectMany(account => Marked(c.ChildId, account, state)),
            .. Said(c.ChildId, c.Other.Members.Except(state.Members)),
            .. Withdrawn(c.ChildId, c.Other.Grants.Values.Where(grant => IsMarked(grant.AccountId))),
            .. c.Other.Grants.Values.Where(grant => !state.Grants.ContainsKey(grant.GrantId) && !IsMarked(grant.AccountId)).OrderBy(grant => grant.GrantId)
                .Select(grant => grant with { ChildId = c.ChildId }),
            .. c.Other.Proposals.Values.Where(asked => !state.Proposals.ContainsKey(asked.GrantId) && !state.Grants.ContainsKey(asked.GrantId)).OrderBy(asked => asked.GrantId)
                .Select(asked => asked with { ChildId = c.ChildId }),
            .. c.Other.ConflictProposals.Values.Where(asked => !state.Conflicts.Contains(asked.AccountId) && !state.ConflictProposals.ContainsKey(asked.AccountId))
                .OrderBy(asked => asked.ProposalId).Select(asked => asked with { ChildId = c.ChildId }),
        ];
    }

    private static Decision Remove(RemoveMember c, Team state)
    {
        if (!state.Members.Contains((c.AccountId, c.Role)))
        {
            return Decision.Nothing;
        }

        if (c.Role == Roles.IntakeOfficer && !state.IsKeptWithout(c.AccountId))
        {
            return Decision.Refuse("last-intake-officer", "Somebody must keep this file: add another intake officer first.");
        }

        // Who comes back finds no way in that was given to who left.
        var leaves = state.Members.Count(member => member.AccountId == c.AccountId) == 1;
        return Decision.Accept(
        [
            new MemberRemoved(c.ChildId, c.AccountId, c.Role),
            .. Withdrawn(c.ChildId, state.Grants.Values.Where(grant => leaves && grant.AccountId == c.AccountId && grant.Group == DataGroup.Whereabouts)),
        ]);
    }

    private static Decision Give(GiveGrant c, Team state)
    {
        if (!state.Members.Any(member => member.AccountId == c.AccountId))
        {
            return Decision.Refuse("not-on-team", "A grant is for somebody on this child's team.");
        }

        return IsForAWhile(c.Until, c.Now)
            ? Decision.Accept(new GrantGiven(c.ChildId, c.GrantId, c.AccountId, c.Group, c.Until))
            : NotForAWhile;
    }

    private static Decision Propose(ProposeGrant c) =>
        !c.IsAuditor ? Decision.Refuse("not-an-auditor", "Only an auditor can be granted content; name an account that holds that role.")
        : IsForAWhile(c.Until, c.Now) ? Decision.Accept(new GrantProposed(c.ChildId, c.GrantId, c.AccountId, c.Group, c.Until, c.By))
        : NotForAWhile;

    private static Decision Approve(ApproveGrant c, Team state)
    {
        if (state.Grants.ContainsKey(c.GrantId))
        {
            return Decision.Nothing;
        }

        if (ConflictAsked(c.GrantId, state) is { } conflict)
        {
            return NotOne(c.By, conflict.ProposedBy, conflict.AccountId) ?? (LeavesNobody(conflict.AccountId, state) ? LastOfficer : Decision.Accept([.. Marked(c.ChildId, conflict.AccountId, state)]));
        }

        if (!state.Proposals.TryGetValue(c.GrantId, out var proposed))
        {
            return Decision.Refuse("no-such-proposal", "Nobody asked for this, or it was withdrawn or decided. Look at the list of proposals again.");
        }

        return NotOne(c.By, proposed.ProposedBy, proposed.AccountId) ?? (IsForAWhile(proposed.Until, c.Now)
            ? Decision.Accept(new GrantGiven(c.ChildId, c.GrantId, proposed.AccountId, proposed.Group, proposed.Until))
            : NotForAWhile);
    }

    /// <summary>Two people: neither who asked nor whom it is about may say yes.</summary>
    private static Decision? NotOne(Guid by, Guid proposedBy, Guid about) => by == proposedBy || by == about
        ? Decision.Refuse("two-people", "Another administrator must decide this: you asked for it, or it is about you.")
        : null;

    private static ConflictProposed? ConflictAsked(Guid proposalId, Team state) =>
        state.ConflictProposals.Values.FirstOrDefault(asked => asked.ProposalId == proposalId);

    private static Decision Withdraw(WithdrawGrant c, Team state)
    {
        if (ConflictAsked(c.GrantId, state) is { } conflict)
        {
            return c.Role == Roles.Administrator ? Decision.Accept(new ConflictLifted(c.ChildId, conflict.AccountId)) : NotYours;
        }

        var group = state.Grants.GetValueOrDefault(c.GrantId)?.Group ?? state.Proposals.GetValueOrDefault(c.GrantId)?.Group;
        return group is null ? Decision.Nothing
            : group == (c.Role == Roles.SafetyCoordinator ? DataGroup.Whereabouts : DataGroup.Timeline) ? Decision.Accept(new GrantWithdrawn(c.ChildId, c.GrantId))
            : NotYours;
    }

    private static bool IsForAWhile(DateTimeOffset until, DateTimeOffset now) => until > now && until <= now + LongestGrant;
}
