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

    public static readonly Decider<TeamCommand, Team> Decider = new(Team.Initial, Decide, Team.Evolve);

    public static Decision Decide(TeamCommand command, Team state) => command switch
    {
        // What was opened under an id that was merged since must still be judged.
        ReviewGlass c => EmergencyDecisions.Review(c, state),
        MergeTeam c => state.MergedInto is null ? Decision.Accept(new ChildMerged(c.ChildId, c.Into)) : Decision.Nothing,
        _ when state.MergedInto is { } into => Decision.Refuse("file-merged", $"This file goes on as {into:D}; use that one."),
        AddMembers c => Add(c, state),
        TakeOverTeam c => Decision.Accept([.. TakenOver(c, state)]),
        RemoveMember c => Remove(c, state),
        GiveGrant c => Give(c, state),
        ProposeGrant c => Propose(c),
        ApproveGrant c => Approve(c, state),
        BreakGlass c => EmergencyDecisions.Break(c, state),
        WithdrawGrant c => state.Grants.ContainsKey(c.GrantId) || state.Proposals.ContainsKey(c.GrantId) ? Decision.Accept(new GrantWithdrawn(c.ChildId, c.GrantId)) : Decision.Nothing,
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

    /// <summary>Said once more in this stream, so that it can be taken back here: a member removed, a grant withdrawn, a conflict lifted, a proposal decided.</summary>
    private static IEnumerable<IEvent> TakenOver(TakeOverTeam c, Team state) =>
    [
        .. c.Other.Conflicts.Except(state.Conflicts).Order().Select(account => new ConflictMarked(c.ChildId, account)),
        .. c.Other.Members.Except(state.Members).OrderBy(member => member.AccountId).ThenBy(member => member.Role, StringComparer.Ordinal)
            .Select(member => new MemberAdded(c.ChildId, member.AccountId, member.Role)),
        .. c.Other.Grants.Values.Where(grant => !state.Grants.ContainsKey(grant.GrantId)).OrderBy(grant => grant.GrantId)
            .Select(grant => grant with { ChildId = c.ChildId }),
        .. c.Other.Proposals.Values.Where(asked => !state.Proposals.ContainsKey(asked.GrantId) && !state.Grants.ContainsKey(asked.GrantId)).OrderBy(asked => asked.GrantId)
            .Select(asked => asked with { ChildId = c.ChildId }),
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

        if (!state.Proposals.TryGetValue(c.GrantId, out var proposed))
        {
            return Decision.Refuse("no-such-proposal", "Nobody asked for this grant, or it was withdrawn. Look at the list of proposals again.");
        }

        // Two people: neither who asked nor who gains may say yes.
        return c.By == proposed.ProposedBy || c.By == proposed.AccountId
            ? Decision.Refuse("two-people", "Another administrator must decide this: you asked for it, or it is for you.")
            : IsForAWhile(proposed.Until, c.Now)
                ? Decision.Accept(new GrantGiven(c.ChildId, c.GrantId, proposed.AccountId, proposed.Group, proposed.Until))
                : NotForAWhile;
    }

    private static bool IsForAWhile(DateTimeOffset until, DateTimeOffset now) => until > now && until <= now + LongestGrant;
}
