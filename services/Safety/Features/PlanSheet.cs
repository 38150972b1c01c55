using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Risk;
using Barnahus.Safety.Surroundings;
using Barnahus.Safety.Terms;
using Barnahus.Safety.Willingness;

namespace Barnahus.Safety.Features;

/// <summary>What a plan shows to whoever sees it whole; opened for one read.</summary>
public sealed record PlanSheet(
    Guid ChildId,
    string? FileStatus,
    Guid? MergedInto,
    Guid? CoordinatorId,
    IReadOnlyList<PlanSheet.Assessment> Assessments,
    IReadOnlyList<PlanSheet.Version> Plans,
    IReadOnlyList<PlanSheet.Duty> Reassessments,
    IReadOnlyList<PlanSheet.Protection> Measures,
    IReadOnlyList<PlanSheet.Event> Incidents,
    IReadOnlyList<PlanSheet.Place> Contacts,
    Opened<ReportRouteContent>? ReportRoute,
    IReadOnlyList<PlanSheet.Will> Willingness)
{
    /// <summary>Absent for everybody but those who may see it: not even that it is known is told.</summary>
    public Residence? Whereabouts { get; init; }

    /// <param name="hiding">Terms that say what tells where the child stays, for a reader who may not know that; null for one who may.</param>
    public static PlanSheet Whole(Guid childId, ChildSafety state, IReadOnlyCollection<ChildSafety> earlier, PersonalData personal, SafetyTerms? hiding)
    {
        var all = earlier.Append(state).ToList();
        var representatives = state.Contacts.Count == 0 ? null : SetContacts.Known(state.File, personal);
        return new PlanSheet(
            childId,
            state.File?.Status,
            state.MergedInto,
            state.CoordinatorId,
            InOrder(all, one => one.Assessments, a => a.AssessedAt, a => new Assessment(a.AssessmentId, a.Version, a.AssessedAt, a.ReviewAt, personal.Open(a.Content))),
            InOrder(all, one => one.Plans, p => p.AdoptedAt, p => new Version(p.PlanId, p.Version, p.AdoptedAt, personal.Open(p.Content))),
            [.. state.Reassessments.Values
                .Select(r => new Duty(r.ReassessmentId, r.OpenedAt, personal.Open(r.DueAt), r.AnsweredBy, personal.Open(r.Trigger)))
                .OrderBy(duty => duty.DueAt.ValueOrDefault)],
            InOrder([state], one => one.Measures.Values, m => m.Start, m =>
                new Protection(m.MeasureId, m.Status, m.Start, m.End, personal.Open(m.ConfirmBy), m.ConfirmedAt, m.ClosedAt, personal.Open(m.Content).Map(Shown))),
            InOrder(all, one => one.Incidents, i => i.RecordedAt, i =>
                new Event(i.IncidentId, i.RecordedAt, personal.Open(i.Content).Map(content => hiding is null ? content : content with { Where = null }))),
            InOrder([state], one => one.Contacts.Values, c => c.SetAt, c => PlaceOf(c, personal.Open(c.Content))),
            state.ReportRoute is { } route ? personal.Open(route.Content) : null,
            InOrder(all, one => one.Willingness, w => w.RecordedAt, w => new Will(w.RecordId, w.RecordedAt, w.ReflectionUntil, personal.Open(w.Content))));

        // A shelter's name, its contact and its reason lead to the child as surely as its address.
        MeasureShown Shown(MeasureContent content) => hiding?.TellsPlace(content.Type) == true
            ? new(content.Type, null, null, null, null)
            : new(content.Type, content.Ground, content.OwnerOrganisation, content.OwnerPerson, content.Details);

        // Who may be told is judged at every read on what is known now: a parent who became a suspect yesterday is told nothing today.
        Place PlaceOf(Contact contact, Opened<ContactContent> opened)
        {
            var barred = contact.PersonId is { } person && representatives?.FirstOrDefault(known => known.PersonId == person) is not { Barred: false };
            return new Place(
                contact.ContactId,
                contact.PersonId,
                contact.SetAt,
                barred ? [] : opened.ValueOrDefault?.MayBeTold ?? [],
                barred ? Topics.All : opened.ValueOrDefault?.MayNotBeTold ?? Topics.All,
                barred ? "may-not-be-informed" : null,
                opened.ValueOrDefault?.Name,
                opened.ValueOrDefault?.Relation,
                opened.ValueOrDefault?.Phone,
                opened.ValueOrDefault?.Note);
        }
    }

    // Most files have nothing of most kinds: those cost no more than to see that.
    private static IReadOnlyList<TShown> InOrder<T, TShown>(
        List<ChildSafety> files, Func<ChildSafety, IEnumerable<T>> of, Func<T, DateTimeOffset> at, Func<T, TShown> show) =>
        files.Exists(file => of(file).Any()) ? [.. files.SelectMany(of).OrderBy(at).Select(show)] : [];

    /// <summary>Where the child stays, for whoever may know.</summary>
    public static Residence Stay(ChildSafety state, PersonalData personal) => state.Whereabouts is { } stay
        ? new Residence(true, stay.Since, personal.Open(stay.Content))
        : new Residence(false, null, null);

    /// <summary>Names of the measures in force, and nothing of what they say.</summary>
    public static IReadOnlyList<MeasureName> Names(ChildSafety state, PersonalData personal, SafetyTerms terms) =>
    [
        .. state.Measures.Values
            .Where(measure => measure.Status is MeasureStatus.Active or MeasureStatus.Confirmed)
            .Select(measure => personal.Open(measure.Content).ValueOrDefault?.Type)
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(code => terms.Measures.FirstOrDefault(type => type.Code == code) is { } type
                ? new MeasureName(type.Code, type.Nl, type.En)
                : new MeasureName(code, code, code)),
    ];

    public sealed record Assessment(Guid AssessmentId, int Version, DateTimeOffset AssessedAt, DateTimeOffset? ReviewAt, Opened<RiskContent> Content);

    public sealed record Version(Guid PlanId, int Number, DateTimeOffset AdoptedAt, Opened<PlanContent> Content);

    public sealed record Duty(Guid ReassessmentId, DateTimeOffset OpenedAt, Opened<DateTimeOffset> DueAt, Guid? AnsweredBy, Opened<TriggerContent> Trigger);

    public sealed record Protection(
        Guid MeasureId,
        MeasureStatus Status,
        DateTimeOffset Start,
        DateTimeOffset? End,
        Opened<DateTimeOffset> ConfirmBy,
        DateTimeOffset? ConfirmedAt,
        DateTimeOffset? ClosedAt,
        Opened<MeasureShown> Content);

    /// <summary>What a measure says; only its type where the rest would tell a reader who may not know it where the child stays.</summary>
    public sealed record MeasureShown(string Type, string? Ground, string? OwnerOrganisation, string? OwnerPerson, string? Details);

    public sealed record Event(Guid IncidentId, DateTimeOffset RecordedAt, Opened<IncidentContent> Content);

    /// <param name="Barred">The rule that leaves them nothing to be told; null when none does.</param>
    public sealed record Place(
        Guid ContactId,
        Guid? PersonId,
        DateTimeOffset SetAt,
        IReadOnlyList<string> MayBeTold,
        IReadOnlyList<string> MayNotBeTold,
        string? Barred,
        string? Name,
        string? Relation,
        string? Phone,
        string? Note);

    public sealed record Will(Guid RecordId, DateTimeOffset RecordedAt, DateTimeOffset? ReflectionUntil, Opened<WillingnessContent> Content);

    public sealed record Residence(bool Known, DateTimeOffset? Since, Opened<WhereaboutsContent>? Content);

    /// <summary>In place of the plan, for who may know that there are measures and nothing of what they say.</summary>
    public sealed record NamesOnly(Guid ChildId, IReadOnlyList<MeasureName> Measures);

    /// <summary>In place of the plan under an id that was merged: where the child's file goes on, and nothing else.</summary>
    public sealed record Pointer(Guid ChildId, string FileStatus, Guid MergedInto);

    public sealed record MeasureName(string Type, string Nl, string En);
}
