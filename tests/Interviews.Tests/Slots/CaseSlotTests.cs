using System.Globalization;
using Barnahus.Contracts;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews.Slots;

/// <summary>Slots of the cases on their own roster, worked out by hand.</summary>
public sealed class CaseSlotTests
{
    private const string Midden = "Midden-Nederland";
    private static readonly SlotWorld World = TestRoster.World();

    [Fact]
    public void Case_01_Jason_of_eight_is_heard_for_an_hour_in_utr_1_by_Brouwer_until_15_October_and_by_Vos_after_her_absence()
    {
        var answer = Ask(Midden, "2026-10-08", "2026-10-24", q => q with { BirthDate = new DateOnly(2018, 3, 11) });

        answer.Slots.Select(s => s.RoomId).Distinct().ShouldBe(["utr-1"]);
        answer.Slots.ShouldAllBe(s => s.End - s.Start == TimeSpan.FromMinutes(60) && s.Why.Contains(SlotReasons.LongForAge));
        Interviewers(answer, "2026-10-08").ShouldBe(["i-brouwer"]);
        Interviewers(answer, "2026-10-15").ShouldBe(["i-brouwer"]);
        Interviewers(answer, "2026-10-16").ShouldBeEmpty();
        Interviewers(answer, "2026-10-19").ShouldBe(["i-vos"]);
        Rules(answer, "utr-1", "2026-10-16T10:00").ShouldBe(["interviewer-not-certified", "interviewer-absent"]);
        Rules(answer, "utr-2", "2026-10-16T10:00").ShouldBe(["room-age", "interviewer-not-certified", "interviewer-absent"]);
        Rules(answer, "lwd-1", "2026-10-16T10:00").ShouldBe(["other-region"]);
    }

    [Fact]
    public void The_visit_with_welcome_and_aftercare_lies_within_the_opening_hours_in_summer_and_in_winter_time()
    {
        var answer = Ask(Midden, "2026-10-22", "2026-10-28", q => q with { BirthDate = new DateOnly(2018, 3, 11) });

        Starts(answer, "2026-10-23").First().ShouldBe("08:45");
        Starts(answer, "2026-10-23").Last().ShouldBe("16:00");
        Starts(answer, "2026-10-26").First().ShouldBe("08:45");
        Starts(answer, "2026-10-26").Last().ShouldBe("16:00");
        Rules(answer, "utr-1", "2026-10-24T10:00").ShouldBe(["closed-day"]);
        Rules(answer, "utr-1", "2026-10-26T16:15").ShouldBe(["outside-opening-hours"]);
    }

    [Fact]
    public void The_psychologist_is_needed_and_nobody_is_told_that_it_is_she_who_is_away()
    {
        var answer = Ask(Midden, "2026-09-28", "2026-09-30", q => q with { BirthDate = new DateOnly(2018, 3, 11) });

        Rules(answer, "utr-1", "2026-09-28T10:00").ShouldBe(["psychologist-absent"]);
        Starts(answer, "2026-09-29").ShouldNotBeEmpty();
        answer.Slots.ShouldAllBe(s => s.PsychologistId == "p-meijer");
    }

    [Fact]
    public void Case_03_Eva_comes_to_Leeuwarden_after_half_past_one_and_has_more_breaks()
    {
        var answer = Ask("Noord-Nederland", "2026-09-07", "2026-09-08", q => q with
        {
            BirthDate = new DateOnly(2010, 1, 20),
            Needs = new StructuredNeeds(NotBefore: new TimeOnly(13, 30), ExtraBreaks: true),
        });

        Starts(answer, "2026-09-07").ShouldBe(["13:30", "13:45", "14:00", "14:15", "14:30", "14:45", "15:00"]);
        answer.Slots.ShouldAllBe(s => s.RoomId == "lwd-1" && s.InterviewerId == "i-dijkstra" && s.PsychologistId == "p-hoekstra");
        answer.Slots.ShouldAllBe(s => s.End - s.Start == TimeSpan.FromMinutes(120));
        Rules(answer, "lwd-1", "2026-09-07T13:15").ShouldBe(["child-not-before"]);
    }

    [Fact]
    public void Case_04_Sylvia_comes_to_Maastricht_after_one_with_Claessen()
    {
        var answer = Ask("Limburg", "2026-09-10", "2026-09-11", q => q with
        {
            BirthDate = new DateOnly(2011, 5, 2),
            Needs = new StructuredNeeds(NotBefore: new TimeOnly(13, 0)),
        });

        Starts(answer, "2026-09-10").First().ShouldBe("13:00");
        answer.Slots.ShouldAllBe(s => s.RoomId == "mst-1" && s.InterviewerId == "i-claessen");
    }

    [Fact]
    public void Case_05_Nuria_is_heard_by_a_woman_and_a_man_is_rejected_by_that_rule()
    {
        var nuria = (SlotQuestion q) => q with
        {
            BirthDate = new DateOnly(2008, 12, 19),
            OtherRegions = [Midden],
            Needs = new StructuredNeeds(InterviewerGender: "f"),
        };
        var answer = Ask("Amsterdam", "2026-09-14", "2026-09-15", nuria);

        answer.Slots.Select(s => (s.RoomId, s.InterviewerId)).Distinct().Order().ShouldBe([("ams-2", "i-okafor"), ("utr-2", "i-vos")]);
        Rules(Ask("Amsterdam", "2026-10-13", "2026-10-14", nuria), "utr-2", "2026-10-13T10:00")
            .ShouldBe(["interviewer-gender", "interviewer-certified-age", "interviewer-absent"]);
        Objections(nuria, "2026-09-14T10:00", "utr-2", "i-brouwer", "p-meijer").ShouldBe(["interviewer-gender", "interviewer-certified-age"]);
    }

    [Fact]
    public void Case_07_Dorian_is_heard_by_Okafor_in_ams_2_who_is_certified_for_him()
    {
        var answer = Ask("Amsterdam", "2026-09-21", "2026-09-22", q => q with
        {
            BirthDate = new DateOnly(2009, 2, 14),
            Needs = new StructuredNeeds(Lvb: true),
        });

        answer.Slots.ShouldNotBeEmpty();
        answer.Slots.ShouldAllBe(s => s.RoomId == "ams-2" && s.InterviewerId == "i-okafor" && s.Why.Contains(SlotReasons.Specialised));
        Rules(answer, "ams-1", "2026-09-21T10:00").ShouldBe(["room-age"]);
    }

    [Fact]
    public void Case_08_Lotte_is_not_interviewed_before_the_medical_examination()
    {
        var lotte = (SlotQuestion q) => q with { BirthDate = new DateOnly(2011, 11, 30), Needs = new StructuredNeeds(MedicalFirst: true) };
        Ask(Midden, "2026-09-15", "2026-09-18", lotte).Slots.ShouldBeEmpty();
        var answer = Ask(Midden, "2026-09-15", "2026-09-18", q => lotte(q) with { ExaminedBy = At("2026-09-16T11:00") });

        answer.Slots.ShouldAllBe(s => s.Start >= At("2026-09-16T11:00") && s.RoomId == "utr-2" && s.InterviewerId == "i-vos");
        answer.Slots[0].Why.ShouldContain(SlotReasons.SameVisitAsMedical);
        Rules(answer, "utr-2", "2026-09-16T10:45").ShouldBe(["medical-first"]);
    }

    [Fact]
    public void Case_10_Linh_is_heard_in_Leeuwarden_with_the_interpreter_for_Vietnamese()
    {
        var answer = Ask("Noord-Nederland", "2026-09-21", "2026-09-22", q => q with
        {
            EstimatedAge = 15,
            EstimatedOn = new DateOnly(2026, 9, 18),
            Needs = new StructuredNeeds(Interpreter: "vi"),
        });

        answer.Slots.ShouldNotBeEmpty();
        answer.Slots.ShouldAllBe(s => s.RoomId == "lwd-1" && s.InterviewerId == "i-dijkstra" && s.InterpreterId == "t-pham");
        Rules(Ask("Noord-Nederland", "2026-09-21", "2026-09-22", q => q with { EstimatedAge = 15, Needs = new StructuredNeeds(Interpreter: "ti") }),
            "lwd-1", "2026-09-21T10:00").ShouldBe(["no-interpreter"]);
    }

    [Fact]
    public void A_waiver_opens_a_closed_building_but_brings_nobody_back_from_leave()
    {
        var jason = (SlotQuestion q) => q with { BirthDate = new DateOnly(2018, 3, 11) };
        Ask(Midden, "2026-09-12", "2026-09-13", jason).Slots.ShouldBeEmpty();
        Ask(Midden, "2026-09-12", "2026-09-13", q => jason(q) with { WaivedRules = ["closed-day"] }).Slots.ShouldNotBeEmpty();
        var evening = Ask(Midden, "2026-09-10", "2026-09-11", q => jason(q) with { WaivedRules = ["outside-opening-hours"] });
        evening.Slots.ShouldContain(s => s.Start == At("2026-09-10T20:00"));
        Ask(Midden, "2026-10-16", "2026-10-17", q => jason(q) with { WaivedRules = ["interviewer-absent", "closed-day"] }).Slots.ShouldBeEmpty();
    }

    private static DateTimeOffset At(string dutch) =>
        DateTime.ParseExact(dutch, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) is var local
            ? DutchTime.FromDutch(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local))
            : default;

    private static SlotQuestion Question(string region, string from, string to, Func<SlotQuestion, SlotQuestion> of) =>
        of(new SlotQuestion(Guid.CreateVersion7(), region, At(from + "T00:00"), At(from + "T00:00"), At(to + "T00:00"), At(from + "T00:00")));

    private static SlotAnswer Ask(string region, string from, string to, Func<SlotQuestion, SlotQuestion> of) =>
        SlotSearch.Find(Question(region, from, to, of), World);

    private static IReadOnlyList<string> Objections(Func<SlotQuestion, SlotQuestion> of, string start, string room, string interviewer, string psychologist) =>
        SlotSearch.Objections(Question("Amsterdam", start[..10], start[..10], of), new SlotChoice(At(start), room, interviewer, psychologist), World);

    private static IEnumerable<string> Interviewers(SlotAnswer answer, string day) =>
        answer.Slots.Where(s => s.Start.DutchDate() == DateOnly.Parse(day)).Select(s => s.InterviewerId).Distinct();

    private static List<string> Starts(SlotAnswer answer, string day) =>
        [.. answer.Slots.Where(s => s.Start.DutchDate() == DateOnly.Parse(day)).Select(s => s.Start).Order().Select(s => $"{s.ToDutch():HH:mm}")];

    private static IReadOnlyList<string> Rules(SlotAnswer answer, string room, string moment) =>
        answer.Rejected.Single(r => r.RoomId == room && r.From <= At(moment) && At(moment) < r.To).Rules;
}
