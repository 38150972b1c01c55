using Barnahus.Interviews.Roster;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;

namespace Barnahus.Interviews.Views;

/// <summary>
/// The roster as it is now. Gender, languages, working hours and absences are opened while folding, because the slot search compares them; names stay sealed.
/// Of a person whose key was destroyed nothing of it is left.
/// </summary>
public sealed class CurrentRoster : View
{
    private readonly PersonalData _personal;
    private volatile RosterImage _image = RosterImage.Empty;

    public CurrentRoster(PersonalData personal)
    {
        _personal = personal;
        OnPremises<StudioOpened>();
        OnPremises<RoomEquipped>();
        OnPremises<OpeningHoursSet>();
        OnPremises<ClosingPlanned>();
        OnPremises<ClosingWithdrawn>();
        OnPremises<TravelTimeSet>();
        On<PersonEnrolled>(Enrol);
        On<WorkingHoursSet>(e => Change(e.PersonId, p => p with { Hours = _personal.Open(e.Hours).ValueOrDefault ?? [] }));
        On<AbsenceRecorded>(e => Change(e.PersonId, p => p with { Absences = With(p.Absences, e) }));
        On<AbsenceWithdrawn>(e => Change(e.PersonId, p => p with { Absences = [.. p.Absences.Where(a => a.Id != e.AbsenceId)] }));
    }

    /// <summary>The image: take it once per question, so that one answer rests on one roster.</summary>
    public RosterImage Image => _image;

    private void OnPremises<TEvent>()
        where TEvent : IEvent => On<TEvent>(e => _image = _image with { Premises = Premises.Evolve(_image.Premises, e) });

    private void Enrol(PersonEnrolled e)
    {
        var gender = _personal.Open(e.Identity).ValueOrDefault?.Gender;
        var languages = _personal.Open(e.Languages).ValueOrDefault ?? [];
        var person = _image.People.TryGetValue(e.Entry.Id, out var known)
            ? known with { Entry = e.Entry, Gender = gender, Languages = languages, Identity = e.Identity }
            : new RosterPerson(e.Entry, gender, languages, e.Identity, [], []);
        _image = _image with { People = _image.People.SetItem(e.Entry.Id, person) };
    }

    private List<Absence> With(IReadOnlyList<Absence> absences, AbsenceRecorded e) =>
    [
        .. absences.Where(a => a.Id != e.AbsenceId),
        .. _personal.Open(e.Period).ValueOrDefault is { } period ? new[] { new Absence(e.AbsenceId, period.From, period.To) } : [],
    ];

    private void Change(string personId, Func<RosterPerson, RosterPerson> change)
    {
        var known = _image.People[personId];
        _image = _image with { People = _image.People.SetItem(personId, change(known)) };
    }
}
