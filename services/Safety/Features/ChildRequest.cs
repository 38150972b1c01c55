using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;

namespace Barnahus.Safety.Features;

/// <summary>A request that commands something for one child: the caller is on its team, and the command goes to its stream.</summary>
public sealed class ChildRequest(Caller caller, AccessGate gate, CommandHandler handler, PersonalData personal)
{
    /// <summary>Roles that see measures whole and may change them (access.md).</summary>
    internal static readonly string[] Keepers = [Roles.SafetyCoordinator, Roles.Prosecutor, Roles.YouthCare];

    /// <summary>Roles that may report what they see happen; reporting shows them nothing.</summary>
    internal static readonly string[] Reporters =
        [Roles.SafetyCoordinator, Roles.Prosecutor, Roles.YouthCare, Roles.IntakeOfficer, Roles.Interviewer, Roles.Psychologist, Roles.Medical];

    /// <summary>Every role with a team.</summary>
    internal static readonly string[] Team =
        [.. Reporters, Roles.ExaminingJudge, Roles.Lawyer, Roles.Guardian, Roles.VictimSupport];

    /// <summary>The one thing this request makes, by an id that a repetition gives again.</summary>
    /// <exception cref="UnknownException">The caller is not on this child's team in this role, or there is no such child.</exception>
    public (CommandContext Context, Guid NewId) Begin(Guid childId)
    {
        gate.RequireMember(childId);
        var context = caller.Command();
        return (context, DerivedId.From(context.CommandId, "safety"));
    }

    public Task<CommandResult<ChildSafety>> SendAsync(SafetyCommand command, CommandContext context, CancellationToken cancellationToken) =>
        handler.HandleAsync(ChildSafetyDecider.Decider, ChildSafety.Stream(command.ChildId), command, context, cancellationToken);

    /// <summary>The child's safety as the log has it now.</summary>
    public async Task<ChildSafety> StateAsync(Guid childId, CancellationToken cancellationToken) =>
        (await handler.StateAsync(ChildSafetyDecider.Decider, ChildSafety.Stream(childId), cancellationToken)).State;

    /// <summary>Opens what the caller has just said, or what follows from it, for the answer.</summary>
    public Opened<T> Open<T>(Personal<T> value)
        where T : notnull => personal.Open(value);

    /// <summary>Where the answer to a command can be read.</summary>
    public static string PlanPath(Guid childId) => $"/safety/v1/children/{childId:D}/plan";
}
