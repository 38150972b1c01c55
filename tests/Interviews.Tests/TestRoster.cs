using System.Collections.Immutable;
using System.Text.Json;
using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Slots;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Interviews;

/// <summary>The roster of the cases, loaded as a planner would, but without a log.</summary>
internal static class TestRoster
{
    public static RosterDocument Document { get; } = JsonSerializer.Deserialize<RosterDocument>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Cases", "roster.json")), JsonSerializerOptions.Web)!;

    public static RosterImage Image(RosterDocument document)
    {
        document.Check();
        var view = new CurrentRoster(new PersonalData(new MemoryKeyVault()));
        var premises = Premises.Initial;
        foreach (var command in document.PremisesCommands())
        {
            foreach (var e in Events(PremisesDecider.Decider, command, premises))
            {
                premises = Premises.Evolve(premises, e);
                view.Apply(e, TestEvents.Logged(e, DateTimeOffset.UnixEpoch));
            }
        }

        foreach (var person in document.People)
        {
            var enrol = new StaffMemberCommand.Enrol(RosterDocument.EntryOf(person), new StaffIdentity(person.Name, person.Gender), person.Languages ?? [], true);
            var state = StaffMember.Initial;
            var absences = document.AbsencesOf(person.Id)
                .Select((period, i) => (StaffMemberCommand)new StaffMemberCommand.RecordAbsence(DerivedId.From($"absence/{person.Id}/{i}"), period));
            foreach (var command in absences.Prepend(enrol))
            {
                foreach (var e in Events(StaffMemberDecider.Decider, command, state))
                {
                    state = StaffMember.Evolve(state, e);
                    view.Apply(e, TestEvents.Logged(e, DateTimeOffset.UnixEpoch));
                }
            }
        }

        return view.Image;
    }

    public static SlotWorld World(params Reservation[] held) => new(
        Image(Document),
        held.GroupBy(r => AgendaDay.DayOf(AgendaDay.StreamOf(r.From)))
            .ToDictionary(g => g.Key, g => AgendaDay.Initial with { Reservations = g.ToImmutableDictionary(r => r.Id) }),
        InterviewLengths.Shipped());

    private static IReadOnlyList<IEvent> Events<TCommand, TState>(Decider<TCommand, TState> decider, TCommand command, TState state) =>
        decider.Decide(command, state).ShouldBeOfType<Decision.Accepted>().Events;
}
