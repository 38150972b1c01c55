using System.Text;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>Envelope, versions and names.</summary>
public sealed class EventCodecTests
{
    private readonly MemoryKeyVault _vault = new();
    private readonly EventCodec _codec;

    public EventCodecTests() => _codec = Sample.Codec(_vault);

    [Fact]
    public async Task The_envelope_comes_back_as_it_was_written()
    {
        var context = Sample.Context();
        var logged = await _codec.LogAsync(new ChildTold(Sample.ChildId, null));

        _codec.Decode(logged).Envelope.ShouldBe(new Envelope(
            DerivedId.Beside(context.CommandId, "sample.child-1/0"),
            "sample.child-told.v1",
            "sample.child-1",
            0,
            new LogPosition(1),
            SubjectId.Child(Sample.ChildId),
            Sample.Now,
            Sample.Now.AddSeconds(1),
            context.Actor,
            context.Purpose,
            context.CorrelationId,
            context.CommandId,
            context.TraceParent));
    }

    [Fact]
    public async Task Metadata_is_written_in_one_order_and_leaves_out_what_is_not_there()
    {
        var context = new CommandContext(Guid.Empty, Actor.System("safety"), null, Sample.Now.ToOffset(TimeSpan.FromHours(2)), Guid.Empty);
        var encoded = await _codec.EncodeAsync("sample.room-1", [new PlainNoted("utr-1", new(2026, 9, 1), null, DayOfWeek.Friday, 3)], context, CancellationToken.None);

        Encoding.UTF8.GetString(encoded[0].Metadata.Span).ShouldBe(
            ("{'subject':'none:00000000-0000-0000-0000-000000000000','occurredAt':'2026-09-01T10:00:00Z','actor':{'role':'system','client':'safety'},"
             + "'correlationId':'00000000-0000-0000-0000-000000000000','causationId':'00000000-0000-0000-0000-000000000000',"
             + "'contentType':'application/json'}").Replace('\'', '"'));
        Encoding.UTF8.GetString(encoded[0].Data.Span).ShouldBe("""{"room":"utr-1","day":"2026-09-01","weekDay":"friday","number":3}""");
    }

    [Fact]
    public async Task A_retired_version_is_read_as_the_current_one_through_every_step()
    {
        var earlier = new EventCodec(new EventTypes([new EventSource("sample", [typeof(CalledInSpring), typeof(CalledInSummer)])]), _vault);
        var first = await earlier.LogAsync(new CalledInSpring(Sample.ChildId, Personal.Of("06-12345678")));
        var second = await earlier.LogAsync(new CalledInSummer(Sample.ChildId, Personal.Of("06-87654321"), 7));
        var personal = new PersonalData(_vault);

        var recorded = _codec.Decode(first);
        var called = recorded.Event.ShouldBeOfType<Called>();
        (personal.Open(called.PhoneNumber).ValueOrDefault, called.Times, called.Line).ShouldBe(("06-12345678", 1, "unknown"));
        recorded.Envelope.Type.ShouldBe("sample.called.v1");
        var later = _codec.Decode(second).Event.ShouldBeOfType<Called>();
        (personal.Open(later.PhoneNumber).ValueOrDefault, later.Times).ShouldBe(("06-87654321", 7));
    }

    [Fact]
    public async Task A_retired_version_is_not_appended() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => _codec.LogAsync(new CalledV1(Sample.ChildId, Personal.Of("06-12345678")))))
            .Message.ShouldContain("sample.called.v1 is retired");

    [Fact]
    public async Task An_unknown_type_of_our_own_stops_the_subscription_and_anothers_does_not()
    {
        var logged = await _codec.LogAsync(new ChildTold(Sample.ChildId, null));

        Should.Throw<UnknownEventTypeException>(() => _codec.TryDecode(logged with { Type = "sample.child-told.v2" })).Type.ShouldBe("sample.child-told.v2");
        _codec.TryDecode(logged with { Type = "elsewhere.child-told.v1" }).ShouldBeNull();
        Should.Throw<UnknownEventTypeException>(() => _codec.Decode(logged with { Type = "elsewhere.child-told.v1" }));
        _codec.TryDecode(logged with { Type = "samples.child-told.v1" }).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"childId":"no id"}""")]
    [InlineData("""{"childId":"01980000-0000-7000-8000-00000000c41d","later":"a member of a later program"}""")]
    [InlineData("""{"childId":"01980000-0000-7000-8000-00000000c41d","what":"no base64!"}""")]
    public async Task Bytes_that_are_not_this_type_stop_the_subscription(string data)
    {
        var logged = await _codec.LogAsync(new ChildTold(Sample.ChildId, null));

        Should.Throw<UnreadableEventException>(() => _codec.TryDecode(logged with { Data = Encoding.UTF8.GetBytes(data) }));
    }

    [Fact]
    public async Task Metadata_of_no_writer_of_this_log_stops_the_subscription()
    {
        var logged = await _codec.LogAsync(new ChildTold(Sample.ChildId, null));

        Should.Throw<UnreadableEventException>(() => _codec.TryDecode(logged with { Metadata = "{}"u8.ToArray() }));
        Should.Throw<UnreadableEventException>(() => _codec.TryDecode(logged with { Metadata = Array.Empty<byte>() }));
    }

    [Fact]
    public async Task Canonical_bytes_hold_what_the_writer_knew_and_nothing_else()
    {
        var logged = await _codec.LogAsync(new ChildTold(Sample.ChildId, null));
        var hash = CanonicalEvent.Hash(logged);

        CanonicalEvent.Hash(logged with { Position = new LogPosition(99), RecordedAt = DateTimeOffset.MaxValue }).ShouldBe(hash);
        System.Security.Cryptography.SHA256.HashData(CanonicalEvent.Bytes(logged)).ShouldBe(hash);
        LoggedEvent[] others =
        [
            logged with { Id = Guid.Empty },
            logged with { Type = "sample.child-told.v2" },
            logged with { Stream = "sample.child-2" },
            logged with { Revision = 1 },
            logged with { Metadata = logged.Metadata[1..] },
            logged with { Data = logged.Data[1..] },
            logged with { Type = logged.Type + logged.Stream[..1], Stream = logged.Stream[1..] },
        ];
        others.Select(other => Convert.ToHexString(CanonicalEvent.Hash(other))).Append(Convert.ToHexString(hash)).Distinct().Count().ShouldBe(8);
    }

    // As earlier programs knew them: each was the current version once.
    [EventType("sample.called.v1")]
    internal sealed record CalledInSpring(Guid ChildId, [property: Personal(Regime.Police)] Personal<string> Number) : IEvent
    {
        public SubjectId Subject => SubjectId.Child(ChildId);
    }

    [EventType("sample.called.v2")]
    internal sealed record CalledInSummer(Guid ChildId, [property: Personal(Regime.Police)] Personal<string> Number, int Times) : IEvent
    {
        public SubjectId Subject => SubjectId.Child(ChildId);
    }
}
