using Barnahus.Intake.Children;
using Barnahus.Intake.Wording;
using Barnahus.Intake.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Intake.Features;

/// <summary>What every command on a child's file has in common: only its team, decided on what the file says now, wording checked.</summary>
public sealed class FileDesk(Caller caller, AccessGate gate, ChildFiles files, FileOpener opener, Terminology terminology)
{
    /// <param name="texts">Free text of the request, checked against the terminology list: a hit warns and is recorded, it does not stop.</param>
    /// <param name="command">The command, from the file and the opened file.</param>
    /// <param name="body">More to answer than the short form.</param>
    public async Task<IResult> ChangeAsync(
        Guid childId,
        IReadOnlyList<string?> texts,
        Func<ChildFile, OpenedFile, CommandContext, ChildCommand> command,
        CancellationToken cancellationToken,
        object? body = null)
    {
        gate.RequireMember(childId);
        var context = caller.Command();
        var wording = terminology.Check(texts);
        var result = await files.ChangeAsync(
            childId,
            context,
            (state, opened) => command(state, opened, context) with { KeptTerms = [.. wording.Select(term => term.Text).Distinct(StringComparer.Ordinal)] },
            cancellationToken);
        return Reply.Changed(result, Short(result.State, wording, body));
    }

    /// <summary>The short form of a file after a command, for its team: where it stands and what is to be done.</summary>
    public object Short(ChildFile file, IReadOnlyList<Term> wording, object? more = null) => new
    {
        childId = file.Id,
        status = file.Status.Code(),
        region = file.Region,
        mergedInto = file.MergedInto,
        openTasks = opener.WithTasks(file).Tasks.Values.Where(task => task.DoneAt is null).Select(task => task.Kind).Order(StringComparer.Ordinal),
        wording,
        result = more,
    };
}
