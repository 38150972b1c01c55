using Barnahus.Interviews.Roster;

namespace Barnahus.Interviews.Slots;

/// <summary>One person on one day in one building: which starts which rule rejects.</summary>
internal sealed class PersonDay
{
    public PersonDay(RosterPerson person, PersonRules rules, SearchDay day, Studio studio)
    {
        Person = person;
        Bits = new RuleBits(day.Search.Waived);
        Rank = SlotRanking.Of(person, rules, day.Search);
        AskStanding(rules, day);
        AskTime(rules, day, studio);
    }

    public RosterPerson Person { get; }

    public RuleBits Bits { get; }

    /// <summary>Points and reason codes for the ranking.</summary>
    public SlotRank Rank { get; }

    public UInt128 Free(UInt128 starts) => starts & ~Bits.Any;

    // What holds the whole day.
    private void AskStanding(PersonRules rules, SearchDay day)
    {
        var question = day.Search.Question;
        var all = day.Grid.All;
        if (Person.Entry.AccountId is { } account && question.ConflictingAccountIds.Contains(account))
        {
            Bits.Add(rules.Conflict, all);
        }

        if (rules.IsInterviewer)
        {
            AskInterviewer(day, question, all);
        }
    }

    private void AskInterviewer(SearchDay day, SlotQuestion question, UInt128 all)
    {
        if (Person.Entry.AccountId is { } account && question.BlockedAccountIds.Contains(account))
        {
            Bits.Add(SlotRule.InterviewerBlocked, all);
        }

        if (question.Needs.InterviewerGender is { } wish && Person.Gender != wish)
        {
            Bits.Add(SlotRule.InterviewerGender, all);
        }

        if (Person.Entry.Certified is not { } certificate || certificate.ValidUntil < day.Grid.Day)
        {
            Bits.Add(SlotRule.InterviewerNotCertified, all);
            return;
        }

        if (day.Age is { } age && (age < certificate.AgeFrom || age > certificate.AgeTo))
        {
            Bits.Add(SlotRule.InterviewerCertifiedAge, all);
        }

        if (question.Needs.Lvb && !certificate.Lvb)
        {
            Bits.Add(SlotRule.InterviewerCertifiedLvb, all);
        }
    }

    private void AskTime(PersonRules rules, SearchDay day, Studio studio)
    {
        var grid = day.Grid;
        foreach (var absence in Person.Absences)
        {
            Bits.Add(rules.Absent, grid.Overlapping(absence.From, absence.To, day.Visit));
        }

        if (Person.Hours.Count > 0)
        {
            UInt128 within = 0;
            foreach (var hours in Person.Hours.Where(h => h.Day == grid.Day.DayOfWeek))
            {
                within |= grid.Within(grid.Wall(hours.From), grid.Wall(hours.To), day.Visit);
            }

            Bits.Add(rules.WorkingHours, grid.All & ~within);
        }

        foreach (var held in day.HeldBy(Person.Id))
        {
            var taken = grid.Overlapping(held.From, held.To, day.Visit);
            Bits.Add(rules.Taken, taken);
            if (held.StudioId != studio.Id)
            {
                var way = TimeSpan.FromMinutes(day.Search.Roster.Premises.Travel.Minutes(held.StudioId, studio.Id));
                Bits.Add(rules.Travel, grid.Overlapping(held.From - way, held.To + way, day.Visit) & ~taken);
            }
        }
    }
}

/// <summary>What the rules of one role are called.</summary>
internal sealed record PersonRules(
    string Role, SlotRule Nobody, SlotRule Region, SlotRule Conflict, SlotRule Absent, SlotRule WorkingHours, SlotRule Taken, SlotRule Travel)
{
    public static PersonRules Interviewer { get; } = new(
        StaffRoles.Interviewer, SlotRule.NoInterviewer, SlotRule.InterviewerRegion, SlotRule.InterviewerConflict, SlotRule.InterviewerAbsent,
        SlotRule.InterviewerWorkingHours, SlotRule.InterviewerTaken, SlotRule.InterviewerTravel);

    public static PersonRules Psychologist { get; } = new(
        StaffRoles.Psychologist, SlotRule.NoPsychologist, SlotRule.PsychologistRegion, SlotRule.PsychologistConflict,
        SlotRule.PsychologistAbsent, SlotRule.PsychologistWorkingHours, SlotRule.PsychologistTaken, SlotRule.PsychologistTravel);

    public static PersonRules Interpreter { get; } = new(
        StaffRoles.Interpreter, SlotRule.NoInterpreter, SlotRule.InterpreterRegion, SlotRule.InterpreterConflict, SlotRule.InterpreterAbsent,
        SlotRule.InterpreterWorkingHours, SlotRule.InterpreterTaken, SlotRule.InterpreterTravel);

    // A missing support person rejects nothing: it is a warning, so "nobody" is never said.
    public static PersonRules Support { get; } = new(
        StaffRoles.Support, SlotRule.PersonUnknown, SlotRule.SupportRegion, SlotRule.SupportConflict, SlotRule.SupportAbsent,
        SlotRule.SupportWorkingHours, SlotRule.SupportTaken, SlotRule.SupportTravel);

    // Who watches rejects nothing either: these are never named, and none of them can be waived.
    public static PersonRules Observer { get; } = new(
        StaffRoles.Observer, SlotRule.PersonUnknown, SlotRule.PersonUnknown, SlotRule.PersonUnknown, SlotRule.PersonTaken,
        SlotRule.PersonTaken, SlotRule.PersonTaken, SlotRule.PersonTravel);

    public bool IsInterviewer => ReferenceEquals(this, Interviewer);
}
