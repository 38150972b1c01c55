using Barnahus.Interviews.Roster;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Slots;

/// <summary>The reference, people: who is free for a visit, and every rule against everybody when nobody is.</summary>
public sealed class NaivePeople(SlotQuestion question, SlotWorld world)
{
    /// <summary>Who is free; when nobody is, the rules are added.</summary>
    public IReadOnlyList<RosterPerson> Free(string role, Studio studio, NaiveVisit visit, List<string> rules)
    {
        var free = new List<RosterPerson>();
        var against = new List<string>();
        var anybody = false;
        foreach (var person in world.Roster.People.Values)
        {
            if (person.Role != role || (!person.Entry.Regions.Contains(studio.Region) && !IsWaived($"{role}-region")))
            {
                continue;
            }

            if (role == "interpreter" && !person.Languages.Any(l => l.Equals(question.Needs.Interpreter, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            anybody = true;
            var his = Against(person, role, studio, visit).Where(r => !IsWaived(r)).ToList();
            against.AddRange(his);
            if (his.Count == 0)
            {
                free.Add(person);
            }
        }

        if (free.Count == 0)
        {
            rules.AddRange(anybody ? against : [$"no-{role}"]);
        }

        return free;
    }

    /// <summary>Whether somebody could be in the observation room; what is waived for others is not for who watches.</summary>
    public bool CanWatch(string id, Studio studio, NaiveVisit visit) =>
        world.Roster.People.TryGetValue(id, out var person)
        && !Against(person, "observer", studio, visit).Any();

    private bool IsWaived(string rule) => question.WaivedRules.Contains(rule) && SlotRules.CanBeWaived.Contains(rule);

    private IEnumerable<string> Against(RosterPerson person, string role, Studio studio, NaiveVisit visit)
    {
        if (person.Entry.AccountId is { } account && question.ConflictingAccountIds.Contains(account))
        {
            yield return $"{role}-conflict";
        }

        if (role == "interviewer")
        {
            foreach (var rule in AgainstInterviewer(person, visit))
            {
                yield return rule;
            }
        }

        if (person.Absences.Any(a => visit.From < a.To && a.From < visit.To))
        {
            yield return $"{role}-absent";
        }

        if (person.Hours.Count > 0 && !person.Hours.Any(h => h.Day == visit.Day.DayOfWeek
            && visit.From >= DutchTime.FromDutch(visit.Day, h.From) && visit.To <= DutchTime.FromDutch(visit.Day, h.To)))
        {
            yield return $"{role}-working-hours";
        }

        foreach (var held in visit.Held.Where(r => r.PersonIds.Contains(person.Id)))
        {
            var way = held.StudioId == studio.Id ? TimeSpan.Zero
                : TimeSpan.FromMinutes(world.Roster.Premises.Travel.Minutes(held.StudioId, studio.Id));
            if (visit.From < held.To && held.From < visit.To)
            {
                yield return $"{role}-taken";
            }
            else if (visit.From < held.To + way && held.From - way < visit.To)
            {
                yield return $"{role}-travel";
            }
        }
    }

    private IEnumerable<string> AgainstInterviewer(RosterPerson person, NaiveVisit visit)
    {
        if (person.Entry.AccountId is { } account && question.BlockedAccountIds.Contains(account))
        {
            yield return "interviewer-blocked";
        }

        if (question.Needs.InterviewerGender is { } wish && wish != person.Gender)
        {
            yield return "interviewer-gender";
        }

        var certificate = person.Entry.Certified;
        if (certificate is null || visit.Day > certificate.ValidUntil)
        {
            yield return "interviewer-not-certified";
            yield break;
        }

        if (visit.Age is { } age && (age < certificate.AgeFrom || age > certificate.AgeTo))
        {
            yield return "interviewer-certified-age";
        }

        if (question.Needs.Lvb && !certificate.Lvb)
        {
            yield return "interviewer-certified-lvb";
        }
    }
}

/// <summary>The reference, ranking: every possible team, and the best of them.</summary>
public sealed class NaiveRanking(SlotQuestion question, SlotWorld world, Room room, NaiveVisit visit, bool? watched)
{
    public Slot Best(
        IReadOnlyList<RosterPerson> interviewers,
        IReadOnlyList<RosterPerson> psychologists,
        IReadOnlyList<RosterPerson> interpreters,
        IReadOnlyList<RosterPerson> supporters)
    {
        var teams =
            from interviewer in interviewers
            from psychologist in psychologists
            from interpreter in interpreters.Cast<RosterPerson?>().DefaultIfEmpty()
            from support in supporters.Cast<RosterPerson?>().DefaultIfEmpty()
            select Rate(interviewer, psychologist, interpreter, support);
        return teams
            .OrderByDescending(s => s.Score)
            .ThenBy(s => s.InterviewerId, StringComparer.Ordinal)
            .ThenBy(s => s.PsychologistId, StringComparer.Ordinal)
            .ThenBy(s => s.InterpreterId, StringComparer.Ordinal)
            .ThenBy(s => s.SupportId, StringComparer.Ordinal)
            .First();
    }

    private Slot Rate(RosterPerson interviewer, RosterPerson psychologist, RosterPerson? interpreter, RosterPerson? support)
    {
        var (score, why) = (0, new List<string>());
        void Count(bool holds, int points, string reason)
        {
            if (holds)
            {
                score += points;
                why.Add(reason);
            }
        }

        var marks = world.Lengths.WaitingMarks;
        var waited = visit.Day.DayNumber - Day(question.RequestedAt).DayNumber;
        var mark = question.Urgent ? marks.UrgentDays : visit.Age < marks.YoungBelowAge ? marks.YoungDays : marks.MostDays;
        var certificate = interviewer.Entry.Certified;
        Count(question.PreviousPersonIds.Contains(interviewer.Id), 1000, "same-interviewer");
        Count(question.PreviousPersonIds.Contains(psychologist.Id), 100, "same-psychologist");
        Count(interpreter is not null && question.PreviousPersonIds.Contains(interpreter.Id), 50, "same-interpreter");
        Count(waited <= mark, 500, "within-waiting-mark");
        Count(waited > mark, waited <= marks.MostDays ? 250 : 0, "after-waiting-mark");
        Count(question.ExaminedBy is { } examined && Day(examined) == visit.Day, 20, "same-visit-as-medical");
        Count(certificate is not null && certificate.AgeTo - certificate.AgeFrom < world.Lengths.SpecialisedYears, 5, "specialised");
        Count(room.AgeTo - room.AgeFrom < world.Lengths.SpecialisedYears, 3, "room-for-age");
        Count(visit.Age is { } age && (visit.End - visit.Start).TotalMinutes > age * world.Lengths.WarnAboveMinutesPerYear, 0, "long-for-age");
        Count(question.Needs.SupportPerson && support is null, 0, "support-person-to-arrange");
        Count(watched == true, 9, "observers-free");
        Count(watched == false, 0, "observer-unavailable");
        score -= 10 * (visit.Day.DayNumber - Day(question.From).DayNumber);
        return new Slot(visit.Start, visit.End, room.Id, interviewer.Id, psychologist.Id, interpreter?.Id, support?.Id, score, why);
    }

    private static DateOnly Day(DateTimeOffset moment) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, DutchTime.Zone).DateTime);
}
