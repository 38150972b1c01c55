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
        On<FileLearned>((e, envelope) => Apply(e.ChildId, e, envelope, Dates(e)));
        On<CoordinatorHandedOver>((e, envelope) => Apply(e.ChildId, e, envelope));
        On<FileTakenOver>((e, envelope) => Apply(e.ChildId, e, envelope));
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
        On<IncidentRecorded>((e, envelope) => Apply(e.ChildId, e, envelope));
        On<WhereaboutsRecorded>((e, envelope) => Apply(e.ChildId, e, envelope));
        On<ContactSet>((e, envelope) => Apply(e.ChildId, e, envelope));
        On<ReportRouteSet>((e, envelope) => Apply(e.ChildId, e, envelope));
        On<WillingnessRecorded>((e, envelope) => Apply(e.ChildId, e, envelope));
    }

    /// <summary>What is due, for all children.</summary>
    public Agenda Agenda { get; } = new();

    /// <summary>The safety of one child; the initial state at revision -1 when nothing is known yet.</summary>
    public Row Of(Guid childId) => _rows.GetValueOrDefault(childId) ?? Row.Empty;

    private void OnRisk<TEvent>()
        where TEvent : RiskEvent => On<TEvent>((e, envelope) => Apply(e.ChildId, e, envelope));

    private void OnMeasure<TEvent>()
        where TEvent : MeasureEvent => On<TEvent>((e, envelope) => Apply(e.ChildId, e, envelope));

    private void Apply(Guid childId, IEvent @event, Envelope envelope, LearnedDates? dates = null)
    {
        var before = Of(childId);
        var row = new Row(ChildSafety.Evolve(before.State, @event), envelope.Revision, dates ?? before.Dates);
        _rows[childId] = row;
        Agenda.Set(
            childId,
            [.. AgendaOf.Items(childId, row.State, row.Dates, _terms)],
            [.. AgendaOf.Pending(childId, row.State, row.Dates, _terms)]);
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
