using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;

namespace Barnahus.Platform.Access;

/// <summary>
/// Judges one request against the matrix and the access streams, object by object. Refusal looks like absence.
/// What it opens is written in the request's access record.
/// </summary>
public sealed class AccessGate(Caller caller, ChildAccess access, ViewHost views, DomainClock clock)
{
    /// <summary>What this caller sees of a group of a child; recorded as a look when it is something.</summary>
    /// <exception cref="UnknownException">Nothing: no such child, or not for this caller.</exception>
    /// <exception cref="NotReadyException">The access streams are not up to date here (503).</exception>
    public Sight Require(Guid childId, DataGroup group)
    {
        var sight = Look(childId, group);
        return sight == Sight.None ? throw new UnknownException() : sight;
    }

    /// <summary>As <see cref="Require"/>, for a part of a body: none where the caller sees nothing.</summary>
    public Sight Look(Guid childId, DataGroup group)
    {
        var sight = SightOf(childId, group);
        if (sight != Sight.None)
        {
            caller.Saw(SubjectId.Child(childId), Name(group, sight));
        }

        return sight;
    }

    /// <summary>Whether the personal fields of a sentence of this group are opened on the timeline; recorded as a look at the group when they are.</summary>
    public bool LookOnTimeline(Guid childId, DataGroup group)
    {
        RequireFresh();
        var opens = caller.AccountId is { } account && access.OpensOnTimeline(childId, account, caller.Role, group, clock.Now);
        if (opens)
        {
            caller.Saw(SubjectId.Child(childId), group.ToString());
        }

        return opens;
    }

    /// <summary>How much of a group is to be seen; records nothing. For deciding whether to look.</summary>
    public Sight SightOf(Guid childId, DataGroup group)
    {
        RequireFresh();
        return caller.AccountId is { } account
            ? access.SightOf(childId, account, caller.Role, group, clock.Now)
            : Sight.None;
    }

    /// <summary>Whether anything of a group is to be seen; records nothing. For filtering lists before they are looked at.</summary>
    public bool May(Guid childId, DataGroup group) => SightOf(childId, group) != Sight.None;

    /// <summary>For commands: the caller is on the child's team in the role it acts in.</summary>
    /// <exception cref="UnknownException">It is not, or there is no such child.</exception>
    public void RequireMember(Guid childId)
    {
        if (!IsMember(childId))
        {
            throw new UnknownException();
        }

        caller.Admit(SubjectId.Child(childId));
    }

    /// <summary>Whether the caller is on the child's team in the role it acts in; break-glass makes nobody a member.</summary>
    public bool IsMember(Guid childId)
    {
        RequireFresh();
        return caller.AccountId is { } account && access.IsMember(childId, account, caller.Role);
    }

    /// <summary>For what judges by the access streams itself.</summary>
    /// <exception cref="NotReadyException">They are not up to date here (503).</exception>
    public void RequireFresh() => views.RequireFresh();

    private static string Name(DataGroup group, Sight sight) =>
        sight == Sight.Full ? group.ToString() : $"{group}:{sight}";
}
