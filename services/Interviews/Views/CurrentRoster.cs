using Barnahus.Interviews.Roster;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;

namespace Barnahus.Interviews.Views;

/// <summary>
/// The roster as it is now. Gender is opened while folding, because a child's wish is compared with it; names stay sealed.
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
        On<WorkingHoursSet>(e => Change(e.PersonId, p => p with { Hours = e.Hours }));
        On<AbsenceRecorded>(e => Change(e.PersonId, p => p with
        {
            Absences = [.. p.Absences.Where(a => a.Id != e.AbsenceId), new Absence(e.AbsenceId, e.From, e.To)],
        }));
        On<AbsenceWithdrawn>(e => Change(e.PersonId, p => p with { Absences = [.. p.Absences.Where(a => a.Id != e.AbsenceId)] }));
    }

    /// <summary>The image: take it once per question, so that one answer rests on one roster.</summary>
    public RosterImage Image => _image;

    private void OnPremises<TEvent>()
        where TEvent : IEvent => On<TEvent>(e => _image = _image with { Premises = Premises.Evolve(_image.Premises, e) });

    private void Enrol(PersonEnrolled e)
    {
        var gender = _personal.Open(e.Identity).ValueOrDefault?.Gender;
        var person = _image.People.TryGetValue(e.Entry.Id, out var known)
            ? known with { Entry = e.Entry, Gender = gender, Identity = e.Identity }
            : new RosterPerson(e.Entry, gender, e.Identity, [], []);
        _image = _image with { People = _image.People.SetItem(e.Entry.Id, person) };
    }

    private void Change(string personId, Func<RosterPerson, RosterPerson> change)
    {
        var known = _image.People[personId];
        _image = _image with { People = _image.People.SetItem(personId, change(known)) };
    }
}
