using Barnahus.Intake.Access;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Children;

/// <summary>
/// Carries a prepared merge to its end: the other file is merged and frozen, this one takes over its content, both teams become one.
/// Every step has an id derived from the preparation; a reaction resumes it after a crash.
/// </summary>
public sealed class Merging(CommandHandler handler, ChildFiles files, PersonalData personal)
{
    /// <param name="target">File that goes on.</param>
    /// <param name="from">File that is taken over.</param>
    /// <param name="preparedAt">When the target prepared to.</param>
    /// <param name="context">Context of the command that prepared.</param>
    /// <exception cref="RefusedException">The other file could not be merged; the preparation was taken back.</exception>
    public async Task<CommandResult<ChildFile>> FinishAsync(
        Guid target, Guid from, DateTimeOffset preparedAt, CommandContext context, CancellationToken cancellationToken)
    {
        // Asked for again, or resumed, once it was done: who left the team since stays out, a grant withdrawn, a mark lifted.
        if (!(await files.StateAsync(target, cancellationToken)).State.Absorbed.Contains(from))
        {
            await MergeAwayAsync(target, from, preparedAt, context, cancellationToken);
            await MergeTeamsAsync(target, from, context, cancellationToken);
        }

        var (old, content, _) = await files.OpenAsync(from, cancellationToken);
        var wishes = old.Wishes
            .Select(wish => (wish.At, Words: personal.Open(wish.Words).ValueOrDefault))
            .Where(wish => wish.Words is not null)
            .Select(wish => (wish.At, wish.Words!))
            .ToList();
        var assessments = old.Assessments
            .Select(made => (made.At, Assessment: personal.Open(made.Content).ValueOrDefault))
            .Where(made => made.Assessment is not null)
            .Select(made => (made.At, made.Assessment!))
            .ToList();
        return await files.ChangeAsync(
            target,
            context.Then("absorb"),
            (_, mine) => new Absorb(old, content, wishes, assessments) { Now = context.Now, After = Together(mine, content) },
            cancellationToken);
    }

    private async Task MergeAwayAsync(Guid target, Guid from, DateTimeOffset preparedAt, CommandContext context, CancellationToken cancellationToken)
    {
        try
        {
            var merged = await files.HandleAsync(from, new MergeInto(target, preparedAt) { Now = context.Now }, context.Then("merge"), cancellationToken);
            if (merged.State.MergedInto != target)
            {
                throw new RefusedException("merge-under-way", "Another file is being merged into that one; try again when that is done.");
            }
        }
        catch (RefusedException)
        {
            await files.HandleAsync(target, new AbandonMerge(from, preparedAt) { Now = context.Now }, context.Then("abandon"), cancellationToken);
            throw;
        }
    }

    /// <summary>
    /// The old team is frozen first and then said again in this file's stream. It comes before the content: while that is under way this file cannot
    /// be merged away itself. It is decided once for these two files, whoever asks for the merge how often: who was taken off since stays off.
    /// </summary>
    private async Task MergeTeamsAsync(Guid target, Guid from, CommandContext context, CancellationToken cancellationToken)
    {
        var old = await handler.HandleAsync(
            TeamDecider.Decider, AccessStream.Of(from), new MergeTeam(from, target), context.Then("team"), cancellationToken);
        var once = context with { CommandId = DerivedId.From(target, $"take-over-team/{from:D}"), IfRevision = null, BodyMark = null };
        await handler.HandleAsync(TeamDecider.Decider, AccessStream.Of(target), new TakeOverTeam(target, old.State), once, cancellationToken);
    }

    /// <summary>Both files in one: what this file knows goes before what the other knew.</summary>
    public static OpenedFile Together(OpenedFile mine, OpenedFile other)
    {
        var stated = new Dictionary<string, string?>(other.Stated, StringComparer.Ordinal);
        foreach (var (field, value) in mine.Stated)
        {
            stated[field] = value;
        }

        var both = new OpenedFile(
            [.. mine.Referrals, .. other.Referrals.Where(referral => mine.Referrals.All(known => known.Id != referral.Id))],
            stated,
            [.. mine.Recorded.Concat(other.Recorded).GroupBy(one => one.PersonId, (_, entries) => entries.Aggregate(KnownRepresentative.Together))],
            mine.RecordedNeeds,
            [.. mine.Involvements, .. other.Involvements.Where(one => !mine.Involvements.Any(known => Same(known, one)))]);
        return other.RecordedNeeds is null ? both : both.WithNeeds(OpenedFile.Both(mine.Needs(), other.Needs()));
    }

    /// <summary>The child itself is one person, under whichever id each file had it.</summary>
    private static bool Same(Involvement known, Involvement one) =>
        known.Category == one.Category && (known.PersonId == one.PersonId || (known.IsTheChild && one.IsTheChild));
}
