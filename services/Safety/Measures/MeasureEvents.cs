using System.Text.Json.Serialization;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Safety.Measures;

/// <summary>What happened to a measure, or to a date that must be kept.</summary>
public abstract record MeasureEvent(Guid ChildId) : IEvent
{
    [JsonIgnore]
    public SubjectId Subject => SubjectId.Child(ChildId);
}

/// <summary>A measure was proposed.</summary>
/// <param name="Start">From when it should hold.</param>
/// <param name="End">Until when; null for a measure that does not lapse by itself.</param>
/// <param name="ConfirmBy">Before when its owner must have confirmed that it holds; sealed, since the term follows from the type of measure.</param>
/// <param name="Content">What it is. Sealed whole: the type alone (shelter place) tells about the child.</param>
[EventType("safety.measure-proposed.v2")]
public sealed record MeasureProposed(
    Guid ChildId,
    Guid MeasureId,
    DateTimeOffset Start,
    DateTimeOffset? End,
    [property: Personal(Regime.Care)] Personal<DateTimeOffset> ConfirmBy,
    DateTimeOffset ProposedAt,
    [property: Personal(Regime.Care)] Personal<MeasureContent> Content) : MeasureEvent(ChildId);

/// <summary>It was decided and put in force.</summary>
[EventType("safety.measure-activated.v1")]
public sealed record MeasureActivated(Guid ChildId, Guid MeasureId, DateTimeOffset ActivatedAt) : MeasureEvent(ChildId);

/// <summary>Its owner confirmed that it holds in practice.</summary>
/// <param name="Note">How that was seen.</param>
[EventType("safety.measure-confirmed.v1")]
public sealed record MeasureConfirmed(
    Guid ChildId, Guid MeasureId, DateTimeOffset ConfirmedAt, [property: Personal(Regime.Care)] Personal<string>? Note) : MeasureEvent(ChildId);

/// <summary>It holds longer.</summary>
/// <param name="End">The new end.</param>
/// <param name="Ground">Why.</param>
[EventType("safety.measure-extended.v1")]
public sealed record MeasureExtended(
    Guid ChildId, Guid MeasureId, DateTimeOffset End, DateTimeOffset ExtendedAt, [property: Personal(Regime.Care)] Personal<string> Ground) : MeasureEvent(ChildId);

/// <summary>It was in force and was ended on purpose.</summary>
[EventType("safety.measure-ended.v1")]
public sealed record MeasureEnded(
    Guid ChildId, Guid MeasureId, DateTimeOffset EndedAt, [property: Personal(Regime.Care)] Personal<string> Reason) : MeasureEvent(ChildId);

/// <summary>It was given up before it was confirmed.</summary>
[EventType("safety.measure-withdrawn.v1")]
public sealed record MeasureWithdrawn(
    Guid ChildId, Guid MeasureId, DateTimeOffset WithdrawnAt, [property: Personal(Regime.Care)] Personal<string> Reason) : MeasureEvent(ChildId);

/// <summary>Its end came and nobody extended it.</summary>
[EventType("safety.measure-lapsed.v1")]
public sealed record MeasureLapsed(Guid ChildId, Guid MeasureId, DateTimeOffset LapsedAt) : MeasureEvent(ChildId);

/// <summary>A date comes near, or has come, and somebody must act. Once for each item, date and threshold.</summary>
/// <param name="AlarmId">Derived from item, kind, date and threshold.</param>
/// <param name="Content">What it is about: sealed whole, since with the moment at which it was raised it gives a term away, and with that what was feared.</param>
[EventType("safety.alarm-raised.v2")]
public sealed record AlarmRaised(
    Guid ChildId, Guid AlarmId, [property: Personal(Regime.Care)] Personal<AlarmContent> Content, DateTimeOffset RaisedAt) : MeasureEvent(ChildId);

/// <param name="Kind">A code of <see cref="Children.ItemKind"/>.</param>
/// <param name="ItemId">The measure, the re-assessment or (first assessment) the child.</param>
/// <param name="DueAt">The date that is at stake.</param>
/// <param name="Threshold">Which threshold was passed: a time before the date, or a part of the term.</param>
public sealed record AlarmContent(string Kind, Guid ItemId, DateTimeOffset DueAt, string Threshold);

/// <param name="Type">A code of terms.json.</param>
/// <param name="Ground">Why it is needed, and on which law or order it stands.</param>
/// <param name="OwnerOrganisation">Organisation that sees to it.</param>
/// <param name="OwnerPerson">Person there.</param>
/// <param name="Details">Whom or which place it concerns, how it works; for type <c>other</c>: what it is.</param>
public sealed record MeasureContent(string Type, string Ground, string OwnerOrganisation, string OwnerPerson, string? Details);
