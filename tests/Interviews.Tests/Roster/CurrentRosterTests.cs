using Barnahus.Interviews.Views;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Interviews.Roster;

/// <summary>The roster as folded from a real log: names stay sealed, an import that changes one thing appends one event.</summary>
public sealed class CurrentRosterTests : IAsyncLifetime
{
    private TemporaryLog _temporary = null!;
    private readonly MemoryKeyVault _vault = new();
    private EventCodec _codec = null!;
    private RosterImport _import = null!;

    public async Task InitializeAsync()
    {
        _temporary = Open();
        _codec = new EventCodec(TestEvents.Of(typeof(Premises).Assembly), _vault);
        _import = new RosterImport(new CommandHandler(_temporary.Log, _codec), new PersonalData(_vault));
        await LoadAsync(TestRoster.Document);
    }

    public async Task DisposeAsync() => await _temporary.DisposeAsync();

    [Fact]
    public async Task The_log_gives_the_image_that_the_document_says()
    {
        var image = await FoldAsync();
        var expected = TestRoster.Image(TestRoster.Document);
        image.Premises.Rooms.Values.ShouldBe(expected.Premises.Rooms.Values);
        image.Premises.Studios.Values.ShouldBe(expected.Premises.Studios.Values);
        image.People.Values.Select(p => (p.Entry, p.Gender)).ShouldBe(expected.People.Values.Select(p => (p.Entry, p.Gender)));
        Times(image.People["i-vos"].Absences).ShouldBe(Times(expected.People["i-vos"].Absences));
        Times(image.People["i-vos"].Absences).ShouldNotBeEmpty();
        image.People.Values.SelectMany(p => p.Languages).ShouldBe(expected.People.Values.SelectMany(p => p.Languages));
        image.People.Values.SelectMany(p => p.Languages).ShouldNotBeEmpty();
        image.People["i-vos"].Identity!.IsPlain.ShouldBeFalse();
    }

    private static IEnumerable<(DateTimeOffset, DateTimeOffset)> Times(IEnumerable<Absence> absences) => absences.Select(a => (a.From, a.To));

    [Fact]
    public async Task Neither_a_name_nor_the_days_of_a_leave_nor_working_hours_stand_in_the_log_in_clear()
    {
        await _import.SetHoursAsync("i-vos", [new WorkingHours(DayOfWeek.Monday, new TimeOnly(9, 13), new TimeOnly(12, 47))], Context(), default);
        var days = TestRoster.Document.Absences!.SelectMany(a => new[] { $"{a.From:yyyy-MM-dd}", $"{a.To:yyyy-MM-dd}", "09:13", "12:47" });
        foreach (var logged in await _temporary.Log.ReadAllAsync(LogPosition.Start, 1000, default))
        {
            var text = System.Text.Encoding.UTF8.GetString(logged.Data.Span);
            days.ShouldAllBe(day => !text.Contains(day, StringComparison.Ordinal));
        }

        (await FoldAsync()).People["i-vos"].Hours.ShouldBe([new WorkingHours(DayOfWeek.Monday, new TimeOnly(9, 13), new TimeOnly(12, 47))]);
        var before = await CountAsync();
        await _import.SetHoursAsync("i-vos", [new WorkingHours(DayOfWeek.Monday, new TimeOnly(9, 13), new TimeOnly(12, 47))], Context(), default);
        (await CountAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_leave_that_was_written_in_clear_is_still_known()
    {
        var old = new AbsenceRecordedV1("i-vos", Guid.NewGuid(), DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddDays(1));
        var view = new CurrentRoster(new PersonalData(_vault));
        foreach (var logged in await _temporary.Log.ReadAllAsync(LogPosition.Start, 1000, default))
        {
            view.Apply(_codec.Decode(logged).Event, logged);
        }

        var upcast = new StaffMemberHistory().Upcast(old);
        view.Apply(upcast, TestEvents.Logged(upcast, DateTimeOffset.UnixEpoch)).ShouldBeTrue();
        Times(view.Image.People["i-vos"].Absences).ShouldContain((old.From, old.To));
    }

    [Fact]
    public async Task No_name_stands_in_the_log_in_clear()
    {
        foreach (var logged in await _temporary.Log.ReadAllAsync(LogPosition.Start, 1000, default))
        {
            var text = System.Text.Encoding.UTF8.GetString(logged.Data.Span);
            TestRoster.Document.People.ShouldAllBe(person => !text.Contains(person.Name, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Another_name_or_another_certificate_is_one_event_and_keeps_the_absences()
    {
        var before = await CountAsync();
        var changed = TestRoster.Document with
        {
            People = [.. TestRoster.Document.People.Select(p => p.Id == "i-vos" ? p with { Name = "T. Vos-de Boer" } : p)],
        };
        await LoadAsync(changed);
        (await CountAsync()).ShouldBe(before + 1);
        (await FoldAsync()).People["i-vos"].Absences.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_a_person_whose_key_was_destroyed_neither_name_nor_gender_nor_leave_is_left()
    {
        await _import.SetHoursAsync("i-vos", [new WorkingHours(DayOfWeek.Monday, new TimeOnly(9, 0), new TimeOnly(12, 0))], Context(), default);
        await _vault.DestroyAsync(new KeyName(SubjectId.Person(StaffMember.KeyOf("i-vos")), Regime.Police), DateTimeOffset.UnixEpoch, default);
        var person = (await FoldAsync()).People["i-vos"];
        person.Gender.ShouldBeNull();
        person.Absences.ShouldBeEmpty();
        person.Hours.ShouldBeEmpty();
        new PersonalData(_vault).Open(person.Identity!).ValueOrDefault.ShouldBeNull();
    }

    [Fact]
    public void A_demonstration_plays_the_same_roster_some_weeks_later()
    {
        var later = TestRoster.Document.Later(3);
        later.People.Single(p => p.Id == "i-brouwer").Certified!.ValidUntil.ShouldBe(new DateOnly(2026, 11, 5));
        later.Absences![0].From.ShouldBe(TestRoster.Document.Absences![0].From.AddDays(21));
    }

    private Task<LogPosition> LoadAsync(RosterDocument document) =>
        _import.LoadAsync(document, Context(), default);

    private static CommandContext Context() => new(Guid.CreateVersion7(), Actor.System("test"), null, DateTimeOffset.UnixEpoch, Guid.Empty);

    private static TemporaryLog Open() => new();

    private async Task<int> CountAsync() => (await _temporary.Log.ReadAllAsync(LogPosition.Start, 1000, default)).Count;

    private async Task<RosterImage> FoldAsync()
    {
        var view = new CurrentRoster(new PersonalData(_vault));
        foreach (var logged in await _temporary.Log.ReadAllAsync(LogPosition.Start, 1000, default))
        {
            view.Apply(_codec.DecodeEvent(logged), logged).ShouldBeTrue();
        }

        return view.Image;
    }
}
