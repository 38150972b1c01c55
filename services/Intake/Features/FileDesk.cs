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
    /// <param name="made">What it made, or took over, to answer beside the short form.</param>
    public async Task<Answer<FileShort>> ChangeAsync(
        Guid childId,
        IReadOnlyList<string?> texts,
        Func<ChildFile, OpenedFile, CommandContext, ChildCommand> command,
        CancellationToken cancellationToken,
        FileChange? made = null)
    {
        gate.RequireMember(childId);
        var context = caller.Command();
        var wording = terminology.Check(texts);
        var result = await files.ChangeAsync(
            childId,
            context,
            (state, opened) => command(state, opened, context) with { KeptTerms = [.. wording.Select(term => term.Text).Distinct(StringComparer.Ordinal)] },
            cancellationToken);
        return Reply.Changed(result, Short(result.State, wording, made));
    }

    /// <summary>The short form of a file after a command, for its team: where it stands and what is to be done.</summary>
    public FileShort Short(ChildFile file, IReadOnlyList<Term> wording, FileChange? made = null)
    {
        var body = BodyOf(file);
        return new(
            file.Id,
            file.Status.Code(),
            file.Region,
            file.MergedInto,
            body.HidesTasks ? null
                : [.. opener.WithTasks(file).Tasks.Values.Where(task => task.DoneAt is null && body.Tells(task.Kind)).Select(task => task.Kind).Order(StringComparer.Ordinal)],
            wording,
            made);
    }

    /// <summary>Which parts of the file this caller gets.</summary>
    internal FileBody BodyOf(ChildFile file) => FileBody.Of(file, gate, caller);
}

/// <param name="Status">Where it stands, e.g. <c>open</c>.</param>
/// <param name="OpenTasks">Kinds of the tasks that are still to be done; absent for whom parts of the file are kept from.</param>
/// <param name="Wording">Terms that have a better one.</param>
/// <param name="Result">What the command made, where it made something.</param>
public sealed record FileShort(
    Guid ChildId, string Status, string Region, Guid? MergedInto, IReadOnlyList<string>? OpenTasks, IReadOnlyList<Term> Wording, FileChange? Result);

/// <param name="InvolvementId">Involvement that was recorded.</param>
/// <param name="PersonId">Person that was recorded.</param>
/// <param name="Absorbed">File that was taken over.</param>
public sealed record FileChange(Guid? InvolvementId = null, Guid? PersonId = null, Guid? Absorbed = null);
