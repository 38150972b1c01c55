using Barnahus.Safety.Children;

namespace Barnahus.Safety.Views;

/// <summary>Something that somebody must do before a date: a line of the board.</summary>
/// <param name="Kind">A code of <see cref="ItemKind"/>.</param>
/// <param name="ItemId">The measure, the re-assessment, the record of willingness or (first assessment) the child.</param>
public sealed record AgendaItem(Guid ChildId, string Kind, Guid ItemId, DateTimeOffset DueAt);

/// <summary>Something that time itself does.</summary>
/// <param name="Id">Says item, date and threshold: the id of the command follows from it.</param>
/// <param name="At">From when.</param>
/// <param name="Command">What is sent then, at the time of sending.</param>
public sealed record Pending(string Id, DateTimeOffset At, SystemCommand Command);

/// <summary>What must be computed on, opened once when the file is learned; nothing else of the facts is kept in clear.</summary>
/// <param name="Acute">The child was reported acutely or structurally unsafe.</param>
/// <param name="BirthdayOpensAt">When the re-assessment of the 18th birthday opens; null when the birth date is not known.</param>
public sealed record LearnedDates(bool Acute, DateTimeOffset? BirthdayOpensAt)
{
    public static readonly LearnedDates Unknown = new(false, null);
}
