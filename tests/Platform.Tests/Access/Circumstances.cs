using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.Access;

/// <summary>Whether the account is on the child's team.</summary>
public enum Membership
{
    None,
    InThisRole,
    InAnotherRole,
    Ended,
}

/// <summary>Whether the account was granted the group.</summary>
public enum Granted
{
    Nothing,
    ThisGroup,
    UntilNow,
    AnotherGroup,
    Withdrawn,
    OnlyProposed,
    ToAnotherAccount,
}

/// <summary>Whether the account broke glass.</summary>
public enum Glass
{
    Whole,
    Broken,
    SixtyMinutesAgo,
    InAnotherRole,
    Reviewed,
}

/// <summary>How one account stands to one child, and the events that make it so.</summary>
public sealed record Circumstances(string Role, DataGroup Group, Membership Membership, Granted Granted, Glass Glass, bool Conflict)
{
    public static readonly Guid Child = DerivedId.From("child");
    public static readonly Guid Account = DerivedId.From("account");
    public static readonly DateTimeOffset Now = new(2026, 9, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid OtherChild = DerivedId.From("other-child");
    private static readonly Guid Somebody = DerivedId.From("somebody");
    private static readonly Guid Id = DerivedId.From("id");

    /// <summary>Every combination for a role and a group.</summary>
    public static IEnumerable<Circumstances> Of(string role, DataGroup part) =>
        from membership in Enum.GetValues<Membership>()
        from granted in Enum.GetValues<Granted>()
        from glass in Enum.GetValues<Glass>()
        from conflict in new[] { false, true }
        select new Circumstances(role, part, membership, granted, glass, conflict);

    /// <summary>A role of another kind, which the account may hold as well.</summary>
    public string AnotherRole => Role == Roles.Psychologist ? Roles.Interviewer : Roles.Psychologist;

    /// <summary>The doors as these events leave them. Another child stands wide open to the account, and must make no difference.</summary>
    public ChildAccess Fold()
    {
        var access = new ChildAccess();
        foreach (var happened in Open(OtherChild).Append(new MemberAdded(Child, Somebody, Role)).Concat(Events()))
        {
            access.Apply(happened, Logged(happened)).ShouldBe(happened is not GrantProposed, $"{happened}");
        }

        return access;
    }

    /// <summary>An event as a view gets it.</summary>
    public static LoggedEvent Logged(IEvent happened) => TestEvents.Logged(happened, Now, AccessStream.Of(Child));

    private IEnumerable<IEvent> Events() =>
    [
        .. Membership switch
        {
            Membership.InThisRole => (IEvent[])[new MemberAdded(Child, Account, Role)],
            Membership.InAnotherRole => [new MemberAdded(Child, Account, AnotherRole)],
            Membership.Ended => [new MemberAdded(Child, Account, Role), new MemberRemoved(Child, Account, Role)],
            _ => [],
        },
        .. Granted switch
        {
            Granted.ThisGroup => (IEvent[])[Grant(Group, Now.AddMinutes(1))],
            Granted.UntilNow => [Grant(Group, Now)],
            Granted.AnotherGroup => [Grant(Group == DataGroup.Whereabouts ? DataGroup.Timeline : DataGroup.Whereabouts, Now.AddMinutes(1))],
            Granted.Withdrawn => [Grant(Group, Now.AddMinutes(1)), new GrantWithdrawn(Child, Id)],
            Granted.OnlyProposed => [new GrantProposed(Child, Id, Account, Group, Now.AddMinutes(1), Somebody)],
            Granted.ToAnotherAccount => [Grant(Group, Now.AddMinutes(1)) with { AccountId = Somebody }],
            _ => [],
        },
        .. Glass switch
        {
            Glass.Broken => (IEvent[])[Break(Role, 1)],
            Glass.SixtyMinutesAgo => [Break(Role, 0)],
            Glass.InAnotherRole => [Break(AnotherRole, 1)],
            Glass.Reviewed => [Break(Role, 1), new GlassReviewed(Child, Id, true, null)],
            _ => [],
        },
        .. Conflict ? (IEvent[])[new ConflictMarked(Child, Account)] : [new ConflictMarked(Child, Account), new ConflictLifted(Child, Account)],
    ];

    private IEnumerable<IEvent> Open(Guid child) =>
    [
        new MemberAdded(child, Account, Role),
        new GrantGiven(child, DerivedId.From("other-grant"), Account, Group, Now.AddDays(1)),
        new GlassBroken(child, DerivedId.From("other-break"), Account, Role, Now.AddMinutes(60), Personal.Of("x")),
    ];

    private static GrantGiven Grant(DataGroup group, DateTimeOffset until) => new(Child, Id, Account, group, until);

    private static GlassBroken Break(string role, int minutesLeft) => new(Child, Id, Account, role, Now.AddMinutes(minutesLeft), Personal.Of("x"));
}
