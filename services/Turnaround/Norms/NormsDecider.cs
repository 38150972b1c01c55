using Barnahus.Platform.Deciding;
using Barnahus.Turnaround.Cases;

namespace Barnahus.Turnaround.Norms;

public abstract record NormCommand
{
    /// <summary>Takes up what came with the program and is not in the book yet.</summary>
    /// <param name="Norms">What came with it.</param>
    /// <param name="Today">The Dutch day.</param>
    public sealed record LoadShipped(IReadOnlyList<Norm> Norms, DateOnly Today) : NormCommand;

    /// <summary>A new version of a definition, or a new definition. The version number is the book's to give.</summary>
    /// <param name="Today">The Dutch day.</param>
    public sealed record Publish(string Key, NormName Name, NormRule Rule, NormSource Source, DateOnly ValidFrom, DateOnly Today) : NormCommand;
}

/// <summary>
/// How norms change: by new versions only, from a day that has not begun yet. So no clock that runs, or that is learned of late, can ever fall
/// under a version that was published after it started.
/// </summary>
public static class NormsDecider
{
    public static readonly Decider<NormCommand, NormBook> Decider = new(NormBook.Initial, Decide, NormBook.Evolve);

    private static Decision Decide(NormCommand command, NormBook book) => command switch
    {
        NormCommand.LoadShipped load => Load(load, book),
        NormCommand.Publish publish => Publish(publish, book),
        _ => throw new InvalidOperationException($"Norms do not know {command.GetType().Name}."),
    };

    /// <summary>The first time as they are, since there are no clocks yet; what a later release brings holds from tomorrow at the earliest.</summary>
    private static Decision Load(NormCommand.LoadShipped command, NormBook book)
    {
        var earliest = book.Versions.IsEmpty ? DateOnly.MinValue : command.Today.AddDays(1);
        var unknown =
            from norm in command.Norms
            let known = book.Of(norm.Key)
            where known.TrueForAll(version => version.Version < norm.Version)
            select norm with { ValidFrom = Latest(norm.ValidFrom, earliest, known is [.., var last] ? last.ValidFrom.AddDays(1) : earliest) };
        return Decision.Accept([.. unknown.Select(norm => new NormPublished(norm, Shipped: true))]);
    }

    private static DateOnly Latest(params ReadOnlySpan<DateOnly> days)
    {
        var latest = days[0];
        foreach (var day in days)
        {
            latest = day > latest ? day : latest;
        }

        return latest;
    }

    private static Decision Publish(NormCommand.Publish command, NormBook book)
    {
        var rule = command.Rule;
        if (!Moment.Starts.Contains(rule.Start) || !Moment.Stops.Contains(rule.Stop))
        {
            return Decision.Refuse("unknown-moment", "The system does not learn of this start or stop by itself. Choose from the moments that it knows.");
        }

        if (rule.AppliesTo is { IsComplete: false })
        {
            return Decision.Refuse("unknown-applicability", "For which children it counts is not complete. Choose urgent with recentDays, under-age with underAge, or recent-abuse with suspicions.");
        }

        var versions = book.Of(command.Key);
        if (command.ValidFrom <= command.Today || (versions is [.., var last] && command.ValidFrom <= last.ValidFrom))
        {
            return Decision.Refuse(
                "norm-reaches-back", "A version holds from tomorrow at the earliest, and from later than the one before. Choose a later day: history is not rewritten.");
        }

        var alternatives = book.Versions.Values.Select(norms => norms[^1].Rule).Where(other => other.Clock == rule.Clock).ToList();
        if (alternatives.Exists(other => other.Start != rule.Start || other.Stop != rule.Stop))
        {
            return Decision.Refuse("clock-measures-otherwise", "The clock of this name starts or stops at another moment. Use its moments, or a clock of its own.");
        }

        if (versions is [.., var before] && before.Rule.Clock != rule.Clock)
        {
            return Decision.Refuse("norm-changes-clock", "A definition stays with its clock. Publish a definition of its own for another clock.");
        }

        var version = versions is [.., var newest] ? newest.Version + 1 : 1;
        return Decision.Accept(new NormPublished(new(command.Key, version, command.Name, rule, command.Source, command.ValidFrom), Shipped: false));
    }
}
