using Barnahus.Platform.Deciding;

namespace Barnahus.Intake.Children;

/// <summary>Changes a file on what it says now: opens it, lets the command be made from it, and has it decided at exactly that revision.</summary>
public sealed class ChildFiles(CommandHandler handler, FileOpener opener)
{
    private const int MaxAttempts = 20;

    /// <exception cref="UnknownException">There is no such file.</exception>
    /// <exception cref="RefusedException">A rule refuses, or the file was destroyed.</exception>
    /// <exception cref="StaleException">The user saw another revision.</exception>
    public async Task<CommandResult<ChildFile>> ChangeAsync(
        Guid childId, CommandContext context, Func<ChildFile, OpenedFile, ChildCommand> command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (state, opened, revision) = await OpenAsync(childId, cancellationToken);
            try
            {
                return await handler.HandleAsync(
                    opener.Decider, ChildFile.Stream(childId), command(state, opened), context with { IfRevision = context.IfRevision ?? revision }, cancellationToken);
            }
            catch (StaleException) when (context.IfRevision is null && attempt < MaxAttempts)
            {
                // Somebody was first: open it as it is now and decide on that.
            }
        }
    }

    /// <summary>A command that needs nothing opened.</summary>
    public Task<CommandResult<ChildFile>> HandleAsync(Guid childId, ChildCommand command, CommandContext context, CancellationToken cancellationToken) =>
        handler.HandleAsync(opener.Decider, ChildFile.Stream(childId), command, context, cancellationToken);

    /// <summary>The file as it stands in the log now.</summary>
    /// <exception cref="UnknownException">There is no such file.</exception>
    /// <exception cref="RefusedException">Its key was destroyed.</exception>
    public async Task<(ChildFile State, OpenedFile Opened, long Revision)> OpenAsync(Guid childId, CancellationToken cancellationToken)
    {
        var (state, revision) = await StateAsync(childId, cancellationToken);
        return state.Status == FileStatus.None
            ? throw new UnknownException()
            : (state, opener.Open(state) ?? throw new RefusedException("erased", "The data of this child was destroyed."), revision);
    }

    /// <summary>The id of the file that now holds this child: its own when it was not merged.</summary>
    public async Task<Guid> PresentIdAsync(Guid childId, CancellationToken cancellationToken)
    {
        while ((await StateAsync(childId, cancellationToken)).State.MergedInto is { } into)
        {
            childId = into;
        }

        return childId;
    }

    public Task<(ChildFile State, long Revision)> StateAsync(Guid childId, CancellationToken cancellationToken) =>
        handler.StateAsync(opener.Decider, ChildFile.Stream(childId), cancellationToken);
}
