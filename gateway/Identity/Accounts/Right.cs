using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;

namespace Barnahus.Identity.Accounts;

/// <summary>
/// What an account may act as, or where. One administrator proposes it, with the invitation or later; it is given when another approves, after its
/// holder took the invitation up: before that nobody can tell whose hands the account is in. The installation itself gives at once.
/// </summary>
/// <param name="Kind"><see cref="RoleKind"/> or <see cref="RegionKind"/>.</param>
/// <param name="Name">Of the role or the region.</param>
public sealed record Right(string Kind, string Name)
{
    public const string RoleKind = "role";
    public const string RegionKind = "region";

    /// <summary>A week to take the invitation up, and another for the second administrator.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(14);

    public static Right Role(string name) => new(RoleKind, name);

    public static Right Region(string name) => new(RegionKind, name);

    internal static Decision Decide(AccountCommand.Grant c, Account account) => account switch
    {
        _ when c.By == account.Id => Own,
        _ when c.Right.IsHeldBy(account) => Decision.Nothing,
        _ when c.By is null => Decision.Accept(c.Right.Granted(account.Id!.Value)),
        _ when account.Proposed.TryGetValue(c.Right, out var open) && open.IsOpen(c.At, Life) => open.ProposedBy == c.By
            ? Decision.Nothing
            : Decision.Refuse("right-proposed", "Another administrator proposed this already. Approve or reject that."),
        _ => Decision.Accept(new RightProposed(account.Id!.Value, c.Right.Kind, c.Right.Name, c.By!.Value, c.At)),
    };

    internal static Decision Decide(AccountCommand.ApproveRight c, Account account)
    {
        var proposal = account.Proposed.GetValueOrDefault(c.Right);
        return Proposal.Refusal(account, proposal, c.By, c.At, Life, Own, NoProposal)
            ?? (account.PasswordHash is null
                ? Decision.Refuse("account-not-active", "Its holder has not taken the invitation up yet. Approve it after that, when you have asked the holder in person.")
                : Decision.Accept(
                    new RightApproved(account.Id!.Value, c.Right.Kind, c.Right.Name, proposal!.ProposedBy, c.By, c.At),
                    c.Right.Granted(account.Id.Value)));
    }

    internal static Decision Decide(AccountCommand.RejectRight c, Account account) => account.Proposed.ContainsKey(c.Right)
        ? Decision.Accept(new RightRejected(account.Id!.Value, c.Right.Kind, c.Right.Name, c.By, c.At))
        : Decision.Nothing;

    private static Decision Own { get; } =
        Decision.Refuse("own-account", "Nobody changes the rights of their own account. Ask another administrator.");

    private static Decision NoProposal { get; } = Decision.Refuse("no-proposal", "Nobody proposed this within the last two weeks. Propose it first.");

    private bool IsHeldBy(Account account) => (Kind == RoleKind ? account.Roles : account.Regions).Contains(Name);

    private IEvent Granted(Guid accountId) => Kind == RoleKind ? new RoleGranted(accountId, Name) : new RegionGranted(accountId, Name);
}

/// <summary>A right that waits for a second administrator.</summary>
/// <param name="Kind"><c>role</c> or <c>region</c>.</param>
/// <param name="ProposedBy">Account of the administrator who proposed it.</param>
public sealed record ProposedRight(string Kind, string Name, Guid ProposedBy, DateTimeOffset At)
{
    /// <summary>Of an account, in a stable order; lapsed ones are left out.</summary>
    /// <param name="now">Security time.</param>
    internal static IReadOnlyList<ProposedRight> Of(IEnumerable<KeyValuePair<Right, Proposal>> proposed, DateTimeOffset now) =>
    [
        .. proposed.Where(one => one.Value.IsOpen(now, Right.Life))
            .Select(one => new ProposedRight(one.Key.Kind, one.Key.Name, one.Value.ProposedBy, one.Value.At))
            .OrderByDescending(one => one.Kind, StringComparer.Ordinal).ThenBy(one => one.Name, StringComparer.Ordinal),
    ];
}
