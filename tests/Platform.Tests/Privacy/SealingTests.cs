using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>What is sealed comes back whole, in its own place, and nowhere in clear.</summary>
public sealed class SealingTests
{
    private readonly MemoryKeyVault _vault = new();
    private readonly EventCodec _codec;
    private readonly PersonalData _personal;

    public SealingTests()
    {
        _codec = Sample.Codec(_vault);
        _personal = new PersonalData(_vault);
    }

    [Fact]
    public async Task Nested_and_listed_fields_of_several_people_come_back_whole()
    {
        var logged = await _codec.LogAsync(Sample.Facts());

        var read = _codec.Decode(logged).Event.ShouldBeOfType<FactsNoted>();

        Open(read.Name).ShouldBe("Kayleigh");
        Open(read.Facts[0].What!).ShouldBe("She told of room 12");
        read.Facts[1].What.ShouldBeNull();
        Open(read.Facts[2].What!).ShouldBe("She called at night");
        read.Phones.Select(Open).ShouldBe(["06-12345678", "06-87654321"]);
        Open(read.Parent!.Name).ShouldBe(new PersonName("Anna", "van Dam"));
        Open(read.Parent.Note!.Text).ShouldBe("works nights");
        Open(read.Route.ShouldBeOfType<Route.Police>().Where).ShouldBe("at the side door");
    }

    [Fact]
    public async Task Every_person_and_regime_has_its_own_key()
    {
        await _codec.LogAsync(Sample.Facts());

        var child = SubjectId.Child(Sample.ChildId);
        var parent = SubjectId.Person(Sample.PersonId);
        _vault.Names.ShouldBe(
            [
                new KeyName(child, Regime.Police), new KeyName(child, Regime.Care), new KeyName(child, Regime.Prosecution),
                new KeyName(parent, Regime.Police), new KeyName(parent, Regime.Medical),
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task The_bytes_hold_no_word_of_what_is_personal()
    {
        var logged = await _codec.LogAsync(Sample.Facts());

        var bytes = Encoding.UTF8.GetString(logged.Data.Span) + Encoding.UTF8.GetString(logged.Metadata.Span);

        foreach (var word in new[] { "Kayleigh", "room 12", "at night", "06-", "Anna", "van Dam", "works nights", "side door" })
        {
            bytes.ShouldNotContain(word);
            bytes.ShouldNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(word)).TrimEnd('='));
        }
    }

    [Fact]
    public void A_value_that_is_not_sealed_cannot_be_written_or_printed()
    {
        var told = new ChildTold(Sample.ChildId, Personal.Of("Room 12"));

        Should.Throw<InvalidOperationException>(() => JsonSerializer.Serialize(told)).ToString().ShouldNotContain("Room 12");
        told.ToString().ShouldNotContain("Room 12");
        new PersonalData(_vault).Open(told.What!).ToString().ShouldNotContain("Room 12");
    }

    [Fact]
    public async Task What_its_author_made_stays_plain_to_its_author()
    {
        var told = new ChildTold(Sample.ChildId, Personal.Of("Room 12"));

        await _codec.LogAsync(told);

        told.What!.IsPlain.ShouldBeTrue();
        Open(told.What).ShouldBe("Room 12");
    }

    [Fact]
    public async Task One_value_may_go_into_several_events_and_be_sealed_for_each()
    {
        var what = Personal.Of("Room 12");
        var encoded = await _codec.EncodeAsync(
            "sample.child-1", [new ChildTold(Sample.ChildId, what), new ChildTold(Sample.PersonId, what)], Sample.Context(), CancellationToken.None);

        foreach (var e in encoded)
        {
            Open(((ChildTold)_codec.Decode(e.Logged()).Event).What!).ShouldBe("Room 12");
        }
    }

    [Fact]
    public async Task A_value_read_from_the_log_is_sealed_anew_for_the_next_event()
    {
        var first = (ChildTold)_codec.Decode(await _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of("Room 12")))).Event;

        var next = await _codec.LogAsync(new Called(Sample.PersonId, first.What!, 1, "mobile"), "next");

        Open(((Called)_codec.Decode(next).Event).PhoneNumber).ShouldBe("Room 12");
        Open(first.What!).ShouldBe("Room 12");
    }

    [Fact]
    public async Task The_same_command_has_the_same_event_ids_and_another_has_others()
    {
        var told = new ChildTold(Sample.ChildId, null);
        var once = await _codec.EncodeAsync("sample.child-1", [told, told], Sample.Context(), CancellationToken.None);
        var again = await _codec.EncodeAsync("sample.child-1", [told, told], Sample.Context(), CancellationToken.None);
        var elsewhere = await _codec.EncodeAsync("sample.child-2", [told, told], Sample.Context(), CancellationToken.None);

        once.Select(e => e.Id).ShouldBe(again.Select(e => e.Id));
        once.Concat(elsewhere).Select(e => e.Id).Distinct().Count().ShouldBe(4);
        once[1].Id.ShouldBe(DerivedId.Beside(Sample.Context().CommandId, "sample.child-1/1"));
    }

    [Fact]
    public void What_follows_from_an_id_of_a_later_moment_comes_later_and_is_as_unlike_as_before()
    {
        var moments = Enumerable.Range(0, 100).Select(n => Guid.CreateVersion7(Sample.Now.AddMilliseconds(n))).ToList();
        var beside = moments.Select(id => DerivedId.Beside(DerivedId.Beside(id, "reaction"), "stream/0").ToString()).ToList();
        beside.ShouldBe(beside.Order(StringComparer.Ordinal));
        var once = Guid.CreateVersion7();
        Enumerable.Range(0, 10_000).Select(n => DerivedId.Beside(once, $"stream/{n}")).Distinct().Count().ShouldBe(10_000);
        DerivedId.Beside(once, "stream/0").ToString()[19..].ShouldBe(DerivedId.From(once, "stream/0").ToString()[19..]);
    }

    [Fact]
    public async Task The_length_of_a_seal_does_not_tell_yes_from_no()
    {
        var yes = await SealLengthAsync("ja");
        var no = await SealLengthAsync("nee");

        yes.ShouldBe(no);
    }

    [Fact]
    public void Whatever_text_is_sealed_comes_back_the_same() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var what = new string([.. text.Get.Where(c => !char.IsSurrogate(c))]);
            var logged = _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of(what))).GetAwaiter().GetResult();
            return Open(((ChildTold)_codec.Decode(logged).Event).What!) == what;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task An_event_about_nobody_has_no_personal_fields()
    {
        var codec = new EventCodec(new EventTypes([new EventSource("nobody", [typeof(NobodysSecret)])]), _vault);

        (await Should.ThrowAsync<InvalidOperationException>(() => codec.LogAsync(new NobodysSecret(Personal.Of("Room 12")))))
            .ToString().ShouldNotContain("Room 12");
    }

    private async Task<int> SealLengthAsync(string what)
    {
        var logged = await _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of(what)));
        return JsonNode.Parse(logged.Data.Span)!["what"]!.GetValue<string>().Length;
    }

    private T Open<T>(Personal<T> value)
        where T : notnull => _personal.Open(value).ValueOrDefault!;

    [EventType("nobody.secret-kept.v1")]
    internal sealed record NobodysSecret([property: Personal(Regime.Police)] Personal<string> Secret) : IEvent
    {
        public SubjectId Subject => SubjectId.None;
    }
}
