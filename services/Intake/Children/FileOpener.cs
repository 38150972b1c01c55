using System.Collections.Immutable;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Children;

/// <summary>Opens a file for one decision or one authorised read.</summary>
public sealed class FileOpener
{
    private readonly PersonalData _personal;

    public FileOpener(PersonalData personal)
    {
        _personal = personal;
        Decider = new(ChildFile.Initial, (command, state) => ChildDecider.Decide(command, WithTasks(state)), ChildFile.Evolve);
    }

    /// <summary>The decider, which stays pure: it decides on a file whose tasks were opened before.</summary>
    public Decider<ChildCommand, ChildFile> Decider { get; }

    /// <summary>The file with its tasks by kind; those whose key was destroyed are not among them.</summary>
    public ChildFile WithTasks(ChildFile file)
    {
        var tasks = ImmutableDictionary.CreateBuilder<string, FileTask>(StringComparer.Ordinal);
        foreach (var trail in file.TaskTrails)
        {
            if (_personal.Open(trail.Kind).ValueOrDefault is { } kind)
            {
                switch (trail.Step)
                {
                    case TaskStep.Arisen:
                        tasks[kind] = new(kind, trail.At, Day(trail.DueOn), null);
                        break;
                    case TaskStep.Done:
                        tasks[kind] = tasks.GetValueOrDefault(kind, new(kind, trail.At, null, null)) with { DoneAt = trail.At };
                        break;
                    default:
                        tasks.Remove(kind);
                        break;
                }
            }
        }

        return file with { Tasks = tasks.ToImmutable() };
    }

    /// <summary>Whether a task that is spoken of is of a kind.</summary>
    public bool IsOf(Personal<string> spoken, string kind) => _personal.Open(spoken).ValueOrDefault == kind;

    /// <summary>Day before which a task must be done; null when there is none, or its key was destroyed.</summary>
    public DateOnly? Day(Personal<DateOnly>? dueOn) => dueOn is not null && _personal.Open(dueOn) is { DestroyedRegime: null } opened ? opened.ValueOrDefault : null;

    /// <summary>The file opened; null when its key was destroyed.</summary>
    public OpenedFile? Open(ChildFile file)
    {
        var referrals = new List<OpenedReferral>(file.Referrals.Count);
        foreach (var referral in file.Referrals)
        {
            if (_personal.Open(referral.Content).ValueOrDefault is not { } content)
            {
                return null;
            }

            referrals.Add(new(referral.Id, referral.ReportedAt, content, referral.NeedsWeighed));
        }

        return new(
            referrals,
            (file.Stated is null ? null : _personal.Open(file.Stated).ValueOrDefault) ?? OpenedFile.Empty.Stated,
            [.. file.Representatives.OrderBy(one => one.Key).Select(one => _personal.Open(one.Value).ValueOrDefault).OfType<Representative>()],
            file.Needs is null ? null : _personal.Open(file.Needs).ValueOrDefault,
            [.. file.Involvements.OrderBy(one => one.Key).Select(one => _personal.Open(one.Value).ValueOrDefault).OfType<Involvement>()]);
    }
}
