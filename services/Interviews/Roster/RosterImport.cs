using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Roster;

/// <summary>
/// Loads a roster document: one command per building, room and person, each with a derived id. What is already so changes nothing,
/// so a load that broke off half-way is simply repeated.
/// </summary>
public sealed class RosterImport(CommandHandler handler, PersonalData personal)
{
    /// <returns>Where the premises and the people stand in the log afterwards: the highest position.</returns>
    /// <exception cref="InvalidException">The document has errors.</exception>
    /// <exception cref="RefusedException">A rule refuses a part; the parts before it are loaded.</exception>
    public async Task<LogPosition> LoadAsync(RosterDocument document, CommandContext context, CancellationToken cancellationToken)
    {
        document.Check();
        var position = LogPosition.Start;
        var step = 0;
        foreach (var command in document.PremisesCommands())
        {
            var result = await handler.HandleAsync(PremisesDecider.Decider, Premises.Stream, command, context.Then($"premises/{step++}"), cancellationToken);
            position = Later(position, result.Position);
        }

        foreach (var person in document.People)
        {
            var enrolled = await EnrolAsync(person, context.Then($"person/{person.Id}"), cancellationToken);
            position = Later(position, enrolled.Position);
            foreach (var absence in NewAbsences(document.AbsencesOf(person.Id), enrolled.State))
            {
                // The id follows from the load and not from the dates: these could be guessed from it.
                var recording = context.Then($"absence/{person.Id}/{step++}");
                var result = await handler.HandleAsync(
                    StaffMemberDecider.Decider,
                    StaffMember.StreamOf(person.Id),
                    new StaffMemberCommand.RecordAbsence(recording.CommandId, absence),
                    recording,
                    cancellationToken);
                position = Later(position, result.Position);
            }
        }

        return position;
    }

    /// <summary>Enrols a person, or changes the entry. Compares what is sealed here, since a decider opens nothing.</summary>
    public async Task<CommandResult<StaffMember>> EnrolAsync(
        RosterDocument.PersonPart person, CommandContext context, CancellationToken cancellationToken)
    {
        var entry = RosterDocument.EntryOf(person);
        var identity = new StaffIdentity(person.Name, person.Gender);
        var languages = person.Languages ?? [];
        var stream = StaffMember.StreamOf(entry.Id);
        var (known, _) = await handler.StateAsync(StaffMemberDecider.Decider, stream, cancellationToken);
        var changed = known.Identity is not { } kept || personal.Open(kept).ValueOrDefault != identity
            || known.Languages is not { } spoken || personal.Open(spoken).ValueOrDefault?.SequenceEqual(languages, StringComparer.Ordinal) != true;
        return await handler.HandleAsync(
            StaffMemberDecider.Decider, stream, new StaffMemberCommand.Enrol(entry, identity, languages, changed), context, cancellationToken);
    }

    /// <summary>Sets the working hours of a person. Compares the sealed hours here, as with the name.</summary>
    public async Task<CommandResult<StaffMember>> SetHoursAsync(
        string personId, IReadOnlyList<WorkingHours> hours, CommandContext context, CancellationToken cancellationToken)
    {
        var stream = StaffMember.StreamOf(personId);
        var (known, _) = await handler.StateAsync(StaffMemberDecider.Decider, stream, cancellationToken);
        var changed = known.Hours is not { } kept || personal.Open(kept).ValueOrDefault is not { } before || !before.SequenceEqual(hours);
        return await handler.HandleAsync(
            StaffMemberDecider.Decider, stream, new StaffMemberCommand.SetWorkingHours(hours, changed), context, cancellationToken);
    }

    private List<Period> NewAbsences(IEnumerable<Period> wanted, StaffMember known) =>
        [.. wanted.Except(known.Absences.Values.Select(kept => personal.Open(kept).ValueOrDefault).OfType<Period>())];

    private static LogPosition Later(LogPosition a, LogPosition b) => a.CompareTo(b) >= 0 ? a : b;
}
