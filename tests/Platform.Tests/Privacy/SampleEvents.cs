using System.Text.Json.Serialization;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>Events of an imagined service, with every shape in which personal data may stand.</summary>
internal static class Sample
{
    public static readonly Guid ChildId = Guid.Parse("01980000-0000-7000-8000-00000000c41d");
    public static readonly Guid PersonId = Guid.Parse("01980000-0000-7000-8000-0000000e0501");
    public static readonly DateTimeOffset Now = new(2026, 9, 1, 10, 0, 0, TimeSpan.Zero);

    public static readonly EventSource Source = new("sample", [
        typeof(ChildTold), typeof(FactsNoted), typeof(PlainNoted), typeof(CalledV1), typeof(CalledV2), typeof(Called), typeof(CalledOnce), typeof(CalledTwice)]);

    public static CommandContext Context(string command = "command") => new(
        DerivedId.From(command),
        new Actor(DerivedId.From("account"), "interviewer", "00000001821002193000", "gateway"),
        "preparing-the-interview",
        Now,
        DerivedId.From("correlation"),
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    public static EventCodec Codec(IKeyVault vault) => new(new EventTypes([Source]), vault);

    public static FactsNoted Facts() => new(
        ChildId,
        Personal.Of("Kayleigh"),
        [new Fact("hotel", Personal.Of("She told of room 12")), new Fact("school", null), new Fact("phone", Personal.Of("She called at night"))],
        [Personal.Of("06-12345678"), Personal.Of("06-87654321")],
        new Parent(PersonId, Personal.Of(new PersonName("Anna", "van Dam")), new Note(Personal.Of("works nights"))),
        new Route.Police(Personal.Of("at the side door")));

    /// <summary>What a log would give back for an event at a place.</summary>
    public static LoggedEvent Logged(this EventToAppend e, string stream = "sample.child-1", long revision = 0) =>
        new(new LogPosition(revision + 1), stream, revision, e.Id, e.Type, e.Data, e.Metadata, Now.AddSeconds(1));

    public static async Task<LoggedEvent> LogAsync(this EventCodec codec, IEvent e, string command = "command", string stream = "sample.child-1") =>
        (await codec.EncodeAsync(stream, [e], Context(command), CancellationToken.None)).ShouldHaveSingleItem().Logged(stream);
}

[EventType("sample.child-told.v1")]
internal sealed record ChildTold(Guid ChildId, [property: Personal(Regime.Police)] Personal<string>? What) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

[EventType("sample.facts-noted.v1")]
internal sealed record FactsNoted(
    Guid ChildId,
    [property: Personal(Regime.Police)] Personal<string> Name,
    IReadOnlyList<Fact> Facts,
    [property: Personal(Regime.Care)] IReadOnlyList<Personal<string>> Phones,
    Parent? Parent,
    Route? Route) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

internal sealed record Fact(string Kind, [property: Personal(Regime.Police)] Personal<string>? What);

internal sealed record PersonName(string Given, string Family);

/// <summary>About somebody else than the event: a subject of its own.</summary>
internal sealed record Parent(Guid PersonId, [property: Personal(Regime.Police)] Personal<PersonName> Name, Note? Note) : IAbout
{
    public SubjectId Subject => SubjectId.Person(PersonId);
}

internal sealed record Note([property: Personal(Regime.Medical)] Personal<string> Text);

[JsonDerivedType(typeof(Police), "police")]
[JsonDerivedType(typeof(Care), "care")]
internal abstract record Route
{
    internal sealed record Police([property: Personal(Regime.Prosecution)] Personal<string> Where) : Route;

    internal sealed record Care(string Region) : Route;
}

[EventType("sample.plain-noted.v1")]
internal sealed record PlainNoted(string Room, DateOnly Day, TimeOnly? At, DayOfWeek WeekDay, int Number) : IEvent
{
    public SubjectId Subject => SubjectId.None;
}

[EventType("sample.called.v1", Retired = true)]
internal sealed record CalledV1(Guid ChildId, [property: Personal(Regime.Police)] Personal<string> Number) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

[EventType("sample.called.v2", Retired = true)]
internal sealed record CalledV2(Guid ChildId, [property: Personal(Regime.Police)] Personal<string> Number, int Times) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

[EventType("sample.called.v3")]
internal sealed record Called(Guid ChildId, [property: Personal(Regime.Police)] Personal<string> PhoneNumber, int Times, string Line) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

[EventType("sample.telegraphed.v1", Ended = true)]
internal sealed record Telegraphed(Guid ChildId, string Line) : IEvent
{
    public SubjectId Subject => SubjectId.Child(ChildId);
}

internal sealed class CalledOnce : IUpcaster<CalledV1, CalledV2>
{
    public CalledV2 Upcast(CalledV1 old) => new(old.ChildId, old.Number, Times: 1);
}

internal sealed class CalledTwice : IUpcaster<CalledV2, Called>
{
    public Called Upcast(CalledV2 old) => new(old.ChildId, old.Number, old.Times, "unknown");
}
