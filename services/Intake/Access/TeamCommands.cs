using Barnahus.Intake.Referrals;
using Barnahus.Platform.Access;

namespace Barnahus.Intake.Access;

/// <summary>What can be asked of a team.</summary>
public abstract record TeamCommand(Guid ChildId);

/// <param name="Unfit">Members of these that do not hold their role (any more).</param>
public sealed record AddMembers(Guid ChildId, IReadOnlyList<TeamMember> Members, IReadOnlyList<TeamMember> Unfit) : TeamCommand(ChildId);

/// <summary>What follows from a decision that stands: who may come on the team comes on it, and who is in conflict with the child stays out.</summary>
public sealed record AdmitMembers(Guid ChildId, IReadOnlyList<TeamMember> Members) : TeamCommand(ChildId);

public sealed record RemoveMember(Guid ChildId, Guid AccountId, string Role) : TeamCommand(ChildId);

public sealed record GiveGrant(Guid ChildId, Guid GrantId, Guid AccountId, DataGroup Group, DateTimeOffset Until, DateTimeOffset Now) : TeamCommand(ChildId);

/// <summary>What one person asks and another allows: content for an auditor.</summary>
/// <param name="IsAuditor">The account holds the role of auditor now.</param>
public sealed record ProposeGrant(
    Guid ChildId, Guid GrantId, Guid AccountId, bool IsAuditor, DataGroup Group, DateTimeOffset Until, Guid By, DateTimeOffset Now) : TeamCommand(ChildId);

/// <param name="GrantId">A grant, or a conflict of an auditor, that was proposed.</param>
public sealed record ApproveGrant(Guid ChildId, Guid GrantId, Guid By, DateTimeOffset Now) : TeamCommand(ChildId);

/// <param name="Role">In which role: nobody ends what is another's to give.</param>
public sealed record WithdrawGrant(Guid ChildId, Guid GrantId, string Role) : TeamCommand(ChildId);

/// <param name="IsAuditor">The account holds the role of auditor now: then an administrator must say yes.</param>
/// <param name="ProposalId">What the administrator is to decide on.</param>
public sealed record MarkConflict(Guid ChildId, Guid AccountId, bool IsAuditor, Guid ProposalId, Guid By) : TeamCommand(ChildId);

/// <param name="By">Of two different people of the team the second lifts it.</param>
public sealed record LiftConflict(Guid ChildId, Guid AccountId, Guid By) : TeamCommand(ChildId);

public sealed record BreakGlass(Guid ChildId, Guid BreakId, Guid AccountId, string Role, string Reason, DateTimeOffset Now) : TeamCommand(ChildId);

public sealed record ReviewGlass(Guid ChildId, Guid BreakId, Guid By, bool Justified, string? Remark) : TeamCommand(ChildId);

public sealed record MergeTeam(Guid ChildId, Guid Into) : TeamCommand(ChildId);

/// <param name="Other">Team of the file that was merged into this one, as it was frozen.</param>
public sealed record TakeOverTeam(Guid ChildId, Team Other) : TeamCommand(ChildId);
