using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Clocks;

namespace Barnahus.Turnaround.Features;

/// <summary>
/// What a caller sees of a case, child by child: a child one may not see is not in it, nor are its clocks. The auditor sees every case by pseudonyms
/// of its children; never its numbers or reasons.
/// </summary>
public sealed class CaseSight(AccessGate gate, Caller caller, ChildAccess access, Pseudonym pseudonym)
{
    /// <summary>Roles that may see clocks at all (access.md).</summary>
    public static readonly string[] Readers = [.. Roles.All.Where(role => AccessMatrix.Of(role, DataGroup.Clocks).Sight != Sight.None)];

    /// <summary>Free text and numbers of the case are for those who lead it: dates serve the others.</summary>
    private static readonly string[] ReadersOfReasons = [Roles.Prosecutor, Roles.ExaminingJudge, Roles.IntakeOfficer];

    /// <summary>True when something of the case is to be seen; records nothing.</summary>
    public bool May(Case state) => state.Children.Exists(child => gate.May(Now(child), DataGroup.Clocks));

    /// <summary>How a child is named to this caller: by its id, to an auditor by a pseudonym.</summary>
    public string NameOf(Guid child) => caller.Role == Roles.Auditor ? pseudonym.Of(Now(child)) : child.ToString("D");

    /// <summary>A row as this caller may read it: to an auditor the child by its pseudonym, and no interview by its id, beside which it would not be one for long.</summary>
    public ClockRow Named(Clock clock, ClockRow row) => clock.ChildId is { } child
        ? row with { ChildId = NameOf(child), InterviewId = caller.Role == Roles.Auditor ? null : row.InterviewId }
        : row;

    /// <summary>True when a clock is about the case as a whole, or about a child whose clocks one may see; records nothing.</summary>
    public bool May(ClockTrail clock) => clock.ChildId is not { } child || gate.May(Now(child), DataGroup.Clocks);

    /// <summary>
    /// As <see cref="May(ClockTrail)"/>, of an open clock. One that counts from the last known moment of abuse is for who sees the file whole, like the
    /// moment itself: its state, its colour and its place among others by due date would tell it.
    /// </summary>
    public bool May(Clock clock) => May((ClockTrail)clock)
        && (clock.Norm.Rule.Start != Moment.LastEvent || (clock.ChildId is { } about && gate.SightOf(Now(about), DataGroup.File) == Sight.Full));

    /// <summary>Children of the case whose clocks this caller may see; the look is recorded.</summary>
    /// <exception cref="UnknownException">None.</exception>
    public IReadOnlyList<Guid> Require(Case? state) =>
        state is { IsOpen: true } && Look(state) is { Count: > 0 } children ? children : throw new UnknownException();

    /// <summary>As <see cref="Require"/>, for a row of a list.</summary>
    public IReadOnlyList<Guid> Look(Case state) => [.. state.Children.Where(child => gate.Look(Now(child), DataGroup.Clocks) != Sight.None)];

    /// <summary>Whether reasons sealed under this child's key and the case's numbers are opened to this caller.</summary>
    public bool MayReadReasons(Guid child) =>
        ReadersOfReasons.Contains(caller.Role) && gate.Look(Now(child), DataGroup.Clocks) == Sight.Full;

    /// <summary>The clocks of a case that one may see, in the order in which they started.</summary>
    public IEnumerable<Clock> Clocks(Case state) =>
        state.Clocks.Values.Where(clock => May(clock)).OrderBy(clock => clock.StartedAt).ThenBy(clock => clock.ClockId);

    /// <summary>For commands: on the team of every child of the case in this role, since what is decided stands in each child's file.</summary>
    /// <exception cref="UnknownException">The caller is not, or there is no such case.</exception>
    public void RequireMember(Case state) => RequireMember(state.IsOpen ? state.Children : throw new UnknownException());

    /// <inheritdoc cref="RequireMember(Case)"/>
    public void RequireMember(IReadOnlyList<Guid> children)
    {
        foreach (var child in children)
        {
            gate.RequireMember(Now(child));
        }
    }

    /// <summary>The file that holds the child now: after a merge its team is the one that counts.</summary>
    private Guid Now(Guid child) => access.Surviving(child);
}
