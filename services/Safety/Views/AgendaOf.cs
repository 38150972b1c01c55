using System.Globalization;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Measures;
using Barnahus.Safety.Terms;

namespace Barnahus.Safety.Views;

/// <summary>
/// What is due for one child, and what time will do of itself: computed from the state and the terms, without a clock. Dates that give a term away are
/// opened for it; what was destroyed is due no more.
/// </summary>
public static class AgendaOf
{
    /// <summary>What somebody must do. Nothing for a merged file: its matters were taken over.</summary>
    public static IEnumerable<AgendaItem> Items(Guid childId, ChildSafety state, LearnedDates dates, SafetyTerms terms, PersonalData personal)
    {
        if (state.MergedInto is not null)
        {
            yield break;
        }

        foreach (var measure in state.Measures.Values.Where(measure => measure.IsOpen))
        {
            if (measure.AwaitsConfirmation && Moment(measure.ConfirmBy, personal) is { } confirmBy)
            {
                yield return new(childId, ItemKind.MeasureUnconfirmed, measure.MeasureId, confirmBy);
            }

            if (measure.End is { } end)
            {
                yield return new(childId, ItemKind.MeasureLapsing, measure.MeasureId, end);
            }
        }

        foreach (var reassessment in state.Reassessments.Values.Where(reassessment => reassessment.IsOpen))
        {
            if (Moment(reassessment.DueAt, personal) is { } dueAt)
            {
                yield return new(childId, ItemKind.Reassessment, reassessment.ReassessmentId, dueAt);
            }
        }

        if (FirstAssessmentDue(state, dates, terms) is { } due)
        {
            yield return new(childId, ItemKind.FirstAssessment, childId, due);
        }

        if (state.Willingness is [.., { ReflectionUntil: { } until } last])
        {
            yield return new(childId, ItemKind.ReflectionEnds, last.RecordId, until);
        }
    }

    /// <summary>What time does: alarms, lapses and triggers that follow from a date. What is in the state already is not in it.</summary>
    public static IEnumerable<Pending> Pending(Guid childId, ChildSafety state, LearnedDates dates, SafetyTerms terms, PersonalData personal) =>
        state.MergedInto is not null ? [] : Alarms(childId, state, dates, terms, personal).Concat(Lapses(childId, state, terms)).Concat(Triggers(childId, state, dates, terms));

    /// <summary>
    /// When the re-assessment of the 18th birthday opens: the first of a month, never the day itself or one at a fixed distance. When something
    /// happened stands in the log in clear and outlives the key; so it must not give the birth date away.
    /// </summary>
    public static DateTimeOffset BirthdayOpening(DateOnly birthDate, SafetyTerms terms)
    {
        var month = new DateOnly(birthDate.Year, birthDate.Month, 1).AddYears(18).AddMonths(-terms.BirthdayOpensMonthsBefore);
        return DutchTime.FromDutch(month, TimeOnly.MinValue);
    }

    private static DateTimeOffset? Moment(Personal<DateTimeOffset> at, PersonalData personal) =>
        personal.Open(at) is { DestroyedRegime: null, ValueOrDefault: var moment } ? moment : null;

    private static DateTimeOffset? FirstAssessmentDue(ChildSafety state, LearnedDates dates, SafetyTerms terms) =>
        state is { File: { IsOpen: true } file, Assessments.IsEmpty: true } ? terms.FirstAssessmentBy(file.OpenedAt, dates.Acute) : null;

    private static IEnumerable<Pending> Alarms(Guid childId, ChildSafety state, LearnedDates dates, SafetyTerms terms, PersonalData personal)
    {
        var thresholds = Items(childId, state, dates, terms, personal).SelectMany(item => item.Kind switch
        {
            ItemKind.MeasureUnconfirmed => Unconfirmed(state.Measures[item.ItemId], item.DueAt, terms),
            ItemKind.MeasureLapsing => Lapsing(state.Measures[item.ItemId], item.DueAt, terms),
            ItemKind.Reassessment or ItemKind.FirstAssessment => [(At: item.DueAt, Threshold: "due")],
            _ => [],
        }, (item, threshold) => (Item: item, threshold.At, threshold.Threshold));
        foreach (var (item, at, threshold) in thresholds)
        {
            var id = DerivedId.From(item.ItemId, string.Create(CultureInfo.InvariantCulture, $"{item.Kind}/{item.DueAt.ToUniversalTime():O}/{threshold}"));
            if (!state.Alarms.ContainsKey(id))
            {
                yield return new($"alarm:{id:D}", at, new RaiseAlarm(childId, at, id, item.Kind, item.ItemId, item.DueAt, threshold));
            }
        }
    }

    private static IEnumerable<(DateTimeOffset At, string Threshold)> Unconfirmed(Measure measure, DateTimeOffset confirmBy, SafetyTerms terms) =>
        terms.UnconfirmedAt.Select(part =>
            (measure.CountsFrom + ((confirmBy - measure.CountsFrom) * part), string.Create(CultureInfo.InvariantCulture, $"{part:0.##} of term")));

    /// <summary>A term too short for every threshold is still warned about, half-way: no measure lapses unannounced.</summary>
    private static IEnumerable<(DateTimeOffset At, string Threshold)> Lapsing(Measure measure, DateTimeOffset end, SafetyTerms terms)
    {
        var fitting = terms.LapsingBefore.Where(before => end - before > measure.TermFrom).ToList();
        return fitting.Count > 0
            ? fitting.Select(before => (end - before, before.ToString("c", CultureInfo.InvariantCulture) + " before"))
            : [(measure.TermFrom + ((end - measure.TermFrom) / 2), "half-way")];
    }

    private static IEnumerable<Pending> Lapses(Guid childId, ChildSafety state, SafetyTerms terms)
    {
        foreach (var measure in state.Measures.Values.Where(measure => measure.IsOpen))
        {
            if (measure.End is { } end)
            {
                var moment = end.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);
                var reassessment = DerivedId.From(measure.MeasureId, $"lapsed/{moment}");
                var lapse = new LapseMeasure(childId, end, measure.MeasureId, end, reassessment, terms.Trigger(TriggerCodes.MeasureLapsed).DueWithin);
                yield return new($"lapse:{measure.MeasureId:D}:{moment}", end, lapse);
            }
        }
    }

    private static IEnumerable<Pending> Triggers(Guid childId, ChildSafety state, LearnedDates dates, SafetyTerms terms)
    {
        if (state.Assessments is [.., { ReviewAt: { } reviewAt } last])
        {
            var review = Open(last.ReviewId, reviewAt, TriggerCodes.ReviewDate);
            if (review is not null)
            {
                yield return review;
            }
        }

        if (dates.BirthdayOpensAt is { } birthday && state.File is { IsOpen: true })
        {
            // The month is in the id: a birth date that is corrected later opens anew when the month is another.
            var id = DerivedId.From(childId, birthday.ToDutch().ToString("'eighteenth-birthday/'yyyy-MM", CultureInfo.InvariantCulture));
            if (Open(id, birthday, TriggerCodes.EighteenthBirthday) is { } open)
            {
                yield return open;
            }
        }

        Pending? Open(Guid id, DateTimeOffset at, string trigger) => state.Reassessments.ContainsKey(id)
            ? null
            : new($"open:{id:D}", at, new OpenByTime(childId, at, id, trigger, terms.Trigger(trigger).DueWithin));
    }
}
