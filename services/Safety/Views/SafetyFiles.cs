using System.Collections.Concurrent;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;
using Barnahus.Safety.Children;
using Barnahus.Safety.Files;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Risk;
using Barnahus.Safety.Surroundings;
using Barnahus.Safety.Terms;
using Barnahus.Safety.Willingness;

namespace Barnahus.Safety.Views;

/// <summary>The safety of every child, sealed as in the log, and the agenda that follows from it.</summary>
public sealed class SafetyFiles : View
{
    private readonly ConcurrentDictionary<Guid, Row> _rows = new();
    private readonly PersonalData _personal;
    private readonly SafetyTerms _terms;

    public SafetyFiles(PersonalData personal, SafetyTerms terms)
    {
        _personal = personal;
        _terms = terms;
        Agenda = new(DueFor);
        OnLogged<FileLearned>((e, logged) => Apply(e.ChildId, e, logged, Dates(e)));
        OnLogged<CoordinatorHandedOver>((e, logged) => Apply(e.ChildId, e, logged));
        OnLogged<FileTakenOver>((e, logged) => Apply(e.ChildId, e, logged));
        OnRisk<RiskAssessed>();
        OnRisk<ReassessmentOpened>();
        OnRisk<ReassessmentClosed>();
        OnRisk<PlanAdopted>();
        OnMeasure<MeasureProposed>();
        OnMeasure<MeasureActivated>();
        OnMeasure<MeasureConfirmed>();
        OnMeasure<MeasureExtended>();
        OnMeasure<MeasureEnded>();
        OnMeasure<MeasureWithdrawn>();
        OnMeasure<MeasureLapsed>();
        OnMeasure<AlarmRaised>();
        OnLogged<IncidentRecorded>((e, logged) => Apply(e.ChildId, e, logged));
        OnLogged<WhereaboutsRecorded>((e, logged) => Apply(e.ChildId, e, logged));
        OnLogged<ContactSet>((e, logged) => Apply(e.ChildId, e, logged));
        OnLogged<ReportRouteSet>((e, logged) => Apply(e.ChildId, e, logged));
        OnLogged<WillingnessRecorded>((e, logged) => Apply(e.ChildId, e, logged));
    }

    /// <summary>What is due, for all children.</summary>
    public Agenda Agenda { get; }

    /// <summary>The safety of one child; the initial state at revision -1 when nothing is known yet.</summary>
    public Row Of(Guid childId) => _rows.GetValueOrDefault(childId) ?? Row.Empty;

    /// <inheritdoc/>
    public override void Settle() => Agenda.Settle();

    private void OnRisk<TEvent>()
        where TEvent : RiskEvent => OnLogged<TEvent>((e, logged) => Apply(e.ChildId, e, logged));

    private void OnMeasure<TEvent>()
        where TEvent : MeasureEvent => OnLogged<TEvent>((e, logged) => Apply(e.ChildId, e, logged));

    private void Apply(Guid childId, IEvent @event, LoggedEvent logged, LearnedDates? dates = null)
    {
        var before = Of(childId);
        var row = new Row(ChildSafety.Evolve(before.State, @event), logged.Revision, dates ?? before.Dates);
        _rows[childId] = row;
        Agenda.Changed(childId);
    }

    private (List<AgendaItem> Items, List<Pending> Pending) DueFor(Guid childId)
    {
        var row = Of(childId);
        return ([.. AgendaOf.Items(childId, row.State, row.Dates, _terms, _personal)], [.. AgendaOf.Pending(childId, row.State, row.Dates, _terms, _personal)]);
    }

    private LearnedDates Dates(FileLearned learned) =>
        learned.Facts is { } sealedFacts && _personal.Open(sealedFacts).ValueOrDefault is { } facts
            ? new(facts.AcuteUnsafety, facts.BirthDate is { } birthDate ? AgendaOf.BirthdayOpening(birthDate, _terms) : null)
            : LearnedDates.Unknown;

    /// <param name="State">Personal fields sealed.</param>
    /// <param name="Revision">Revision of its stream.</param>
    /// <param name="Dates">What had to be computed on.</param>
    public sealed record Row(ChildSafety State, long Revision, LearnedDates Dates)
    {
        public static readonly Row Empty = new(ChildSafety.Initial, StreamRevision.None, LearnedDates.Unknown);
    }
}
