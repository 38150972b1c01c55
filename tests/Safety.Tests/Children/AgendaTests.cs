using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Files;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Terms;
using Barnahus.Safety.Views;
using Barnahus.Testing;

namespace Barnahus.Safety.Tests.Children;

/// <summary>What is due when, computed from the state and the terms.</summary>
public sealed class AgendaTests : SafetySpec
{
    private static readonly DateTimeOffset Start = Now - Day;
    private static readonly PersonalData Opener = new(new MemoryKeyVault());

    private List<Pending> Pending(LearnedDates dates, params IReadOnlyList<IEvent> events) => [.. AgendaOf.Pending(Child, Fold(events), dates, Terms, Opener)];

    private List<DateTimeOffset> Alarms(string kind, params IReadOnlyList<IEvent> events) =>
        [.. Pending(LearnedDates.Unknown, events).Where(one => one.Command is RaiseAlarm alarm && alarm.Kind == kind).Select(one => one.At).Order()];

    private static MeasureProposed Until(DateTimeOffset end) => new(Child, MeasureId, Start, end, Personal.Of(Start + Day), Start, Personal.Of(PhoneSwap));

    [Fact]
    public void What_cannot_be_computed_is_not_forgotten()
    {
        var fails = true;
        var agenda = new Agenda(child => fails
            ? throw new InvalidOperationException("It cannot be computed.")
            : ([new AgendaItem(child, ItemKind.Reassessment, child, Now)], []));
        agenda.Changed(Child);
        Should.Throw<InvalidOperationException>(agenda.Settle);
        Should.Throw<InvalidOperationException>(() => agenda.DueUntil(Now));
        fails = false;
        agenda.DueUntil(Now).ShouldHaveSingleItem().ChildId.ShouldBe(Child);
        agenda.DueUntil(Now).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_long_measure_warns_at_every_threshold_before_its_end() => Alarms(ItemKind.MeasureLapsing, Until(Start + (30 * Day)))
        .ShouldBe([Start + (16 * Day), Start + (27 * Day), Start + (29 * Day)]);

    [Fact]
    public void A_measure_too_short_for_every_threshold_warns_half_way() => Alarms(ItemKind.MeasureLapsing, Until(Start + TimeSpan.FromHours(8)))
        .ShouldBe([Start + TimeSpan.FromHours(4)]);

    [Fact]
    public void An_extension_warns_anew_and_only_after_it() =>
        Alarms(ItemKind.MeasureLapsing, Until(Start + Day), new MeasureExtended(Child, MeasureId, Now + (5 * Day), Now, Personal.Of("x")))
            .ShouldBe([Now + (2 * Day), Now + (4 * Day)]);

    [Fact]
    public void An_unconfirmed_measure_warns_before_its_term_and_at_it() => Alarms(ItemKind.MeasureUnconfirmed, Until(Start + (30 * Day)))
        .ShouldBe([Start + (Day / 2), Start + Day]);

    [Fact]
    public void A_confirmed_measure_does_not() => Alarms(ItemKind.MeasureUnconfirmed, Until(Start + (30 * Day)), Activated, Confirmed).ShouldBeEmpty();

    [Fact]
    public void What_was_raised_is_not_pending_any_more()
    {
        var alarm = (RaiseAlarm)Pending(LearnedDates.Unknown, Opened()).ShouldHaveSingleItem().Command;
        Pending(LearnedDates.Unknown, Opened(), new AlarmRaised(Child, alarm.AlarmId, Personal.Of(new AlarmContent(alarm.Kind, alarm.ItemId, alarm.DueAt, alarm.Threshold)), Now)).ShouldBeEmpty();
    }

    [Fact]
    public void An_acute_child_is_assessed_sooner()
    {
        DateTimeOffset Due(bool acute) => AgendaOf.Items(Child, Fold(Learned(File())), new LearnedDates(acute, null), Terms, Opener)
            .Single(item => item.Kind == ItemKind.FirstAssessment).DueAt;
        Due(acute: true).ShouldBe(Start + Day);
        Due(acute: false).ShouldBe(Start + (3 * Day));
    }

    [Fact]
    public void A_file_that_took_another_over_still_owes_its_first_assessment()
    {
        bool Owed(params IReadOnlyList<IEvent> events) => AgendaOf.Items(Child, Fold(events), LearnedDates.Unknown, Terms, Opener)
            .Any(item => item.Kind == ItemKind.FirstAssessment);
        Owed(Learned(File()), new FileTakenOver(Child, OtherChild, Now)).ShouldBeTrue();
        Owed(Learned(File()), new FileTakenOver(Child, OtherChild, Now), Assessed).ShouldBeFalse();
    }

    [Fact]
    public void Nothing_is_due_in_a_merged_file()
    {
        var merged = Learned(File(9, "merged", OtherChild));
        AgendaOf.Items(Child, Fold(Until(Start + (30 * Day)), Opened(), merged), LearnedDates.Unknown, Terms, Opener).ShouldBeEmpty();
        Pending(LearnedDates.Unknown, Until(Start + (30 * Day)), Opened(), merged).ShouldBeEmpty();
    }

    [Fact]
    public void The_birthday_opens_on_the_first_of_the_month_before_and_does_not_give_the_day_away()
    {
        var opens = DutchTime.FromDutch(new DateOnly(2026, 11, 1), TimeOnly.MinValue);
        AgendaOf.BirthdayOpening(new DateOnly(2008, 12, 1), Terms).ShouldBe(opens);
        AgendaOf.BirthdayOpening(new DateOnly(2008, 12, 31), Terms).ShouldBe(opens);
        Pending(new LearnedDates(false, opens), Learned(File())).ShouldContain(one => one.At == opens && one.Command is OpenByTime);
    }

    [Fact]
    public void A_child_born_on_a_leap_day_has_a_birthday_too() =>
        AgendaOf.BirthdayOpening(new DateOnly(2008, 2, 29), Terms).ShouldBe(DutchTime.FromDutch(new DateOnly(2026, 1, 1), TimeOnly.MinValue));

    [Fact]
    public void Terms_that_lack_a_trigger_are_refused_at_the_start()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var shipped = typeof(SafetyTerms).Assembly.GetManifestResourceStream("Barnahus.Safety.Terms.terms.json")!;
            var text = new StreamReader(shipped).ReadToEnd();
            System.IO.File.WriteAllText(path, text);
            SafetyTerms.From(path).Version.ShouldBe(Terms.Version);
            System.IO.File.WriteAllText(path, text.Replace("\"review-date\"", "\"other-date\"", StringComparison.Ordinal));
            Should.Throw<InvalidDataException>(() => SafetyTerms.From(path)).Message.ShouldContain("review-date");
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
