using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;

namespace Barnahus.Interviews.Roster;

/// <summary>What a planner may do with a person on the roster.</summary>
public abstract record StaffMemberCommand
{
    private StaffMemberCommand()
    {
    }

    /// <param name="Entry">The entry as a whole.</param>
    /// <param name="Identity">Name and gender.</param>
    /// <param name="Languages">Languages of an interpreter, ISO 639-1.</param>
    /// <param name="SealedChanged">Whether name, gender or languages differ from what is kept: compared by the feature, since it is kept sealed.</param>
    public sealed record Enrol(StaffEntry Entry, StaffIdentity Identity, IReadOnlyList<string> Languages, bool SealedChanged) : StaffMemberCommand;

    /// <param name="Hours">All of them.</param>
    /// <param name="HoursChanged">As <see cref="Enrol.SealedChanged"/>.</param>
    public sealed record SetWorkingHours(IReadOnlyList<WorkingHours> Hours, bool HoursChanged) : StaffMemberCommand;

    /// <param name="AbsenceId">New, or one that is to be changed.</param>
    /// <param name="Period">When.</param>
    public sealed record RecordAbsence(Guid AbsenceId, Period Period) : StaffMemberCommand;

    public sealed record WithdrawAbsence(Guid AbsenceId) : StaffMemberCommand;
}

/// <summary>Decides on a person on the roster. What is already so changes nothing: an import may be repeated.</summary>
public static class StaffMemberDecider
{
    public static readonly Decider<StaffMemberCommand, StaffMember> Decider = new(StaffMember.Initial, Decide, StaffMember.Evolve);

    private static Decision Decide(StaffMemberCommand command, StaffMember state) => (command, state.Entry) switch
    {
        (StaffMemberCommand.Enrol enrol, var known) => Enrol(enrol, known),
        (_, null) => Decision.Refuse("person-unknown", "There is no such person on the roster. Check the code, or enrol the person first."),
        (StaffMemberCommand.SetWorkingHours hours, var known) => SetHours(hours, known.Id),
        (StaffMemberCommand.RecordAbsence absence, var known) => Record(absence, known.Id),
        (StaffMemberCommand.WithdrawAbsence { AbsenceId: var id }, var known) =>
            state.Absences.ContainsKey(id) ? Decision.Accept(new AbsenceWithdrawn(known.Id, id)) : Decision.Nothing,
        _ => throw new InvalidOperationException($"{command.GetType().Name} is no command of a person on the roster."),
    };

    private static Decision Enrol(StaffMemberCommand.Enrol enrol, StaffEntry? known)
    {
        if (known is not null && known.Role != enrol.Entry.Role)
        {
            return Decision.Refuse("person-role", "This code belongs to a person in another role. Choose another code.");
        }

        if (enrol.Entry.Certified is { } certificate && certificate.AgeFrom > certificate.AgeTo)
        {
            return Decision.Refuse("certificate-ages", "The youngest age of a certificate lies above its oldest. Turn them round.");
        }

        return known == enrol.Entry && !enrol.SealedChanged
            ? Decision.Nothing
            : Decision.Accept(new PersonEnrolled(enrol.Entry, Personal.Of(enrol.Identity), Personal.Of(enrol.Languages)));
    }

    private static Decision SetHours(StaffMemberCommand.SetWorkingHours command, string personId) =>
        command.Hours.Any(h => h.From >= h.To) ? Decision.Refuse("working-hours", "Working hours must end after they begin.")
        : !command.HoursChanged ? Decision.Nothing
        : Decision.Accept(new WorkingHoursSet(personId, Personal.Of(command.Hours)));

    private static Decision Record(StaffMemberCommand.RecordAbsence absence, string personId) =>
        absence.Period.From >= absence.Period.To
            ? Decision.Refuse("absence-empty", "An absence must end after it begins.")
            : Decision.Accept(new AbsenceRecorded(personId, absence.AbsenceId, Personal.Of(absence.Period)));
}
