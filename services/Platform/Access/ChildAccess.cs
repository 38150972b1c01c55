using System.Collections.Concurrent;
using System.Collections.Immutable;
using Barnahus.Platform.Views;

namespace Barnahus.Platform.Access;

/// <summary>Who may see which child, folded from the access streams in every service.</summary>
public sealed class ChildAccess : View
{
    private const int LongestWay = 64;
    private readonly ConcurrentDictionary<Guid, Door> _doors = new();

    public ChildAccess()
    {
        On<MemberAdded>((e, envelope) => Change(e.ChildId, door => door.With((e.AccountId, e.Role), new(envelope.OccurredAt, Left: false))));
        On<MemberRemoved>(e => Change(e.ChildId, door => door.Without((e.AccountId, e.Role))));
        On<GrantGiven>(e => Change(e.ChildId, door => door with { Grants = door.Grants.Add(new(e.GrantId, e.AccountId, e.Group, e.Until)) }));
        On<GrantWithdrawn>(e => Change(e.ChildId, door => door with { Grants = door.Grants.RemoveAll(grant => grant.GrantId == e.GrantId) }));
        On<ConflictMarked>(e => Change(e.ChildId, door => door with { Conflicts = door.Conflicts.Add(e.AccountId) }));
        On<ConflictLifted>(e => Change(e.ChildId, door => door with { Conflicts = door.Conflicts.Remove(e.AccountId) }));
        On<GlassBroken>((e, envelope) => Change(e.ChildId, door => door.With((e.AccountId, e.Role), new(envelope.OccurredAt, Left: true)) with
        {
            Breaks = door.Breaks.Add(new(e.BreakId, e.AccountId, e.Role, e.Until)),
        }));
        On<GlassReviewed>(e => Change(Surviving(e.ChildId), door => door with { Breaks = door.Breaks.RemoveAll(one => one.BreakId == e.BreakId) }));
        On<ChildMerged>(e =>
        {
            var old = OwnDoorOf(e.ChildId);
            Change(e.ChildId, door => door with { MergedInto = e.IntoChildId });
            Change(e.IntoChildId, door => door with
            {
                Stays = old.Stays.Aggregate(door, (both, stay) => both.With(stay.Key, stay.Value)).Stays,
                Grants = door.Grants.AddRange(old.Grants),
                Conflicts = door.Conflicts.Union(old.Conflicts),
                Breaks = door.Breaks.AddRange(old.Breaks),
            });
        });
    }

    /// <summary>Whether there is such a child at all.</summary>
    public bool Knows(Guid childId) => _doors.ContainsKey(childId);

    /// <summary>The file that now holds this child, when it was merged.</summary>
    public Guid? MergedInto(Guid childId) => OwnDoorOf(childId).MergedInto;

    /// <summary>Team of a child: accounts with the role each is on it in.</summary>
    public IReadOnlyCollection<(Guid AccountId, string Role)> Team(Guid childId) =>
        [.. DoorOf(childId).Stays.Where(stay => !stay.Value.Left).Select(stay => stay.Key)];

    /// <summary>
    /// Accounts that could have read a part of the file that is restricted until the interview: who ever saw files whole in its role on this
    /// team (by break-glass, too), and interviewers who came on it before the part was restricted.
    /// </summary>
    /// <param name="childId">The child.</param>
    /// <param name="since">Since when it is restricted.</param>
    public IReadOnlyCollection<Guid> CouldRead(Guid childId, DateTimeOffset since) =>
    [
        .. DoorOf(childId).Stays
            .Where(stay => AccessMatrix.Of(stay.Key.Role, DataGroup.File).Sight is var sight
                && (sight == Sight.Full || (sight == Sight.UntilInterview && stay.Value.Since < since)))
            .Select(stay => stay.Key.AccountId)
            .Distinct(),
    ];

    /// <summary>Accounts in conflict of interest with a child.</summary>
    public IReadOnlyCollection<Guid> Conflicts(Guid childId) => DoorOf(childId).Conflicts;

    /// <summary>Whether an account is on the child's team in a role and not in conflict.</summary>
    public bool IsMember(Guid childId, Guid accountId, string role)
    {
        var door = DoorOf(childId);
        return door.IsMember(accountId, role) && !door.Conflicts.Contains(accountId);
    }

    /// <summary>What an account sees of a group, acting in a role, at a moment of domain time. An unknown child: nothing, by the same path.</summary>
    public Sight SightOf(Guid childId, Guid accountId, string role, DataGroup group, DateTimeOffset now)
    {
        var door = DoorOf(childId);
        var cell = AccessMatrix.Of(role, group);
        var granted = door.Grants.Any(grant => grant.AccountId == accountId && grant.Group == group && now < grant.Until);
        var open = cell.Through switch
        {
            Through.Team => door.LetsIn(accountId, role, now),
            Through.Grant => granted && door.IsMember(accountId, role),
            Through.Role => Knows(childId),
            _ => false,
        };
        return !open || door.Conflicts.Contains(accountId) ? Sight.None
            : granted && cell.Granted != Sight.None ? cell.Granted
            : cell.Sight;
    }

    /// <summary>
    /// Whether the personal fields of a sentence on the timeline are opened: for who may see that group of data whole. A grant of the timeline (an
    /// auditor's) is for its content, whatever group, but for the whereabouts: they have a grant of their own.
    /// </summary>
    public bool OpensOnTimeline(Guid childId, Guid accountId, string role, DataGroup group, DateTimeOffset now) =>
        SightOf(childId, accountId, role, DataGroup.Timeline, now) == Sight.Full
        && (AccessMatrix.Of(role, DataGroup.Timeline).Granted == Sight.Full
            ? group != DataGroup.Whereabouts
            : SightOf(childId, accountId, role, group, now) == Sight.Full);

    /// <summary>The id under which the child goes on; its own when it was not merged.</summary>
    public Guid Surviving(Guid childId)
    {
        for (var steps = 0; steps < LongestWay && OwnDoorOf(childId).MergedInto is { } into; steps++)
        {
            childId = into;
        }

        return childId;
    }

    /// <summary>
    /// The door of the file that now holds the child. Who left its team or was marked in conflict there must not come in by the old id,
    /// under which other services may still keep what was known before.
    /// </summary>
    private Door DoorOf(Guid childId)
    {
        // Intake refuses merges in a circle; were there one all the same, it opens to nobody.
        var door = OwnDoorOf(Surviving(childId));
        return door.MergedInto is null ? door : Door.Closed;
    }

    private Door OwnDoorOf(Guid childId) => _doors.GetValueOrDefault(childId) ?? Door.Closed;

    private void Change(Guid childId, Func<Door, Door> change) => _doors[childId] = change(OwnDoorOf(childId));

    private sealed record Door(
        ImmutableDictionary<(Guid AccountId, string Role), Stay> Stays,
        ImmutableList<GivenGrant> Grants,
        ImmutableHashSet<Guid> Conflicts,
        ImmutableList<Break> Breaks,
        Guid? MergedInto)
    {
        public static readonly Door Closed = new(ImmutableDictionary<(Guid, string), Stay>.Empty, [], [], [], null);

        /// <summary>On the team in this role, or in by break-glass in it.</summary>
        public bool LetsIn(Guid accountId, string role, DateTimeOffset now) =>
            IsMember(accountId, role) || Breaks.Exists(one => one.AccountId == accountId && one.Role == role && now < one.Until);

        public bool IsMember(Guid accountId, string role) => Stays.TryGetValue((accountId, role), out var stay) && !stay.Left;

        // Who comes back has been there since the first time.
        public Door With((Guid AccountId, string Role) who, Stay stay) => this with
        {
            Stays = Stays.SetItem(who, Stays.TryGetValue(who, out var before)
                ? new(before.Since < stay.Since ? before.Since : stay.Since, before.Left && stay.Left)
                : stay),
        };

        public Door Without((Guid AccountId, string Role) who) =>
            Stays.TryGetValue(who, out var stay) ? this with { Stays = Stays.SetItem(who, stay with { Left = true }) } : this;
    }

    /// <summary>A member of the team, now or before, or somebody who broke the glass: who left may still know what was there to read.</summary>
    private readonly record struct Stay(DateTimeOffset Since, bool Left);

    private sealed record Break(Guid BreakId, Guid AccountId, string Role, DateTimeOffset Until);

    private sealed record GivenGrant(Guid GrantId, Guid AccountId, DataGroup Group, DateTimeOffset Until);
}
