using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace Barnahus.Interviews.Slots;

/// <summary>The fast search answers as the reference does, slot by slot and rule by rule.</summary>
public sealed class SlotSearchPropertyTests
{
    private static readonly bool All = Environment.GetEnvironmentVariable("BARNAHUS_ALL") == "1";

    [Fact]
    public void The_search_gives_the_answer_of_the_reference_in_every_small_world()
    {
        var (slots, rejected) = (0, 0);
        var rules = new HashSet<string>();
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(All ? 5000 : 400),
            Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
            {
                var random = new RandomWorld(seed);
                var expected = new NaiveSlotSearch(random.Question, random.World).Find();
                var actual = SlotSearch.Find(random.Question, random.World);
                Print(actual).ShouldBe(Print(expected), $"seed {seed}");
                (slots, rejected) = (slots + expected.Slots.Count, rejected + expected.Rejected.Count);
                rules.UnionWith(expected.Rejected.SelectMany(r => r.Rules));
            }));

        // The worlds must be worth it: plenty of slots and of reasons against them.
        slots.ShouldBeGreaterThan(200);
        rejected.ShouldBeGreaterThan(2000);
        rules.Count.ShouldBeGreaterThan(28, string.Join(' ', rules));
    }

    [Fact]
    public void Every_slot_found_stands_up_to_the_check_of_a_choice_and_every_start_of_a_rejected_candidate_does_not()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(All ? 1000 : 60),
            Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
            {
                var random = new RandomWorld(seed);
                var answer = SlotSearch.Find(random.Question, random.World);
                foreach (var slot in answer.Slots)
                {
                    var choice = new SlotChoice(slot.Start, slot.RoomId, slot.InterviewerId, slot.PsychologistId, slot.InterpreterId, slot.SupportId);
                    SlotSearch.Objections(random.Question, choice, random.World).ShouldBeEmpty($"seed {seed}, {choice}");
                }

                foreach (var rejection in answer.Rejected)
                {
                    foreach (var choice in Teams(random, rejection))
                    {
                        SlotSearch.Objections(random.Question, choice, random.World).ShouldNotBeEmpty($"seed {seed}, {choice}");
                    }
                }
            }));
    }

    [Fact]
    public void The_search_gives_the_answer_of_the_reference_in_four_busy_weeks()
    {
        var world = BusyWorld.Make();
        foreach (var i in All ? Enumerable.Range(0, 12) : [1])
        {
            var question = BusyWorld.Question(i);
            var answer = SlotSearch.Find(question, world);
            Print(answer).ShouldBe(Print(new NaiveSlotSearch(question, world).Find()));
            answer.Slots.Count.ShouldBeGreaterThan(20);
            answer.Rejected.Count.ShouldBeGreaterThan(500);
        }
    }

    // Any two of the roster that could be tried at a rejected start.
    private static IEnumerable<SlotChoice> Teams(RandomWorld random, Rejection rejection) =>
        from interviewer in random.World.Roster.People.Values.Where(p => p.Role == "interviewer")
        from psychologist in random.World.Roster.People.Values.Where(p => p.Role == "psychologist")
        from interpreter in random.World.Roster.People.Values.Where(p => p.Role == "interpreter").Select(p => p.Id).DefaultIfEmpty()
        select new SlotChoice(rejection.From, rejection.RoomId, interviewer.Id, psychologist.Id, random.Question.Needs.Interpreter is null ? null : interpreter);

    private static string Print(SlotAnswer answer) => string.Join(
        '\n',
        answer.Slots.Select(s => string.Create(CultureInfo.InvariantCulture,
                $"{s.Start:u}-{s.End:u} {s.RoomId} {s.InterviewerId} {s.PsychologistId} {s.InterpreterId} {s.SupportId} {s.Score} {string.Join(',', s.Why)}"))
            .Concat(answer.Rejected.Select(r => string.Create(CultureInfo.InvariantCulture,
                $"{r.RoomId} {r.From:u}-{r.To:u} {string.Join(',', r.Rules)}"))));
}
