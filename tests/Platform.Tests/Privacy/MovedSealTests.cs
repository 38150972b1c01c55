using System.Text.Json.Nodes;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>A seal opens where it was made and nowhere else; who can write in the log's file can still not exchange what was said.</summary>
public sealed class MovedSealTests
{
    private readonly MemoryKeyVault _vault = new();
    private readonly EventCodec _codec;
    private readonly PersonalData _personal;

    public MovedSealTests()
    {
        _codec = Sample.Codec(_vault);
        _personal = new PersonalData(_vault);
    }

    [Fact]
    public async Task Not_at_another_place_of_a_list()
    {
        var facts = await ChangedAsync(json =>
            (json["facts"]![0]!["what"], json["facts"]![2]!["what"]) = (Copy(json["facts"]![2]!["what"]), Copy(json["facts"]![0]!["what"])));

        Refused(facts.Facts[0].What!);
        Refused(facts.Facts[2].What!);
    }

    [Fact]
    public async Task Not_in_another_field_of_the_same_person_and_regime()
    {
        var facts = await ChangedAsync(json => json["name"] = Copy(json["facts"]![0]!["what"]));

        Refused(facts.Name);
    }

    [Fact]
    public async Task Not_in_another_event()
    {
        var one = await _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of("Room 12")), "one");
        var other = await _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of("Room 14")), "other");

        Refused(((ChildTold)_codec.Decode(one with { Data = other.Data }).Event).What!);
    }

    [Fact]
    public async Task Not_under_another_subject()
    {
        await _codec.LogAsync(new ChildTold(Sample.PersonId, Personal.Of("a key for the other subject")), "other");
        var logged = await _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of("Room 12")));

        Refused(((ChildTold)Changed(logged, json => json["childId"] = Sample.PersonId.ToString()).Event).What!);
    }

    [Fact]
    public async Task Not_for_another_person_inside_the_event()
    {
        var other = Guid.Parse("01980000-0000-7000-8000-0000000e0502");
        await _codec.LogAsync(Sample.Facts() with { Parent = Sample.Facts().Parent! with { PersonId = other } }, "other");

        var facts = await ChangedAsync(json => json["parent"]!["personId"] = other.ToString());

        Refused(facts.Parent!.Name);
    }

    [Fact]
    public async Task Not_under_another_regime()
    {
        var logged = await _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of("Room 12")));
        var told = (ChildTold)_codec.Decode(logged).Event;
        var key = new KeyName(SubjectId.Child(Sample.ChildId), Regime.Care);
        await _vault.GetOrCreateAsync(key, CancellationToken.None);

        var moved = _personal.ToSealedField(told.What!) with { Regime = "care" };

        Should.Throw<SealBrokenException>(() => _personal.Open<string>(moved));
    }

    [Fact]
    public async Task Not_with_a_head_that_names_another_key()
    {
        var logged = await _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of("Room 12")));
        await _vault.GetOrCreateAsync(new KeyName(SubjectId.Child(Sample.ChildId), Regime.Medical), CancellationToken.None);
        var seal = Convert.FromBase64String(JsonNode.Parse(logged.Data.Span)!["what"]!.GetValue<string>());
        var subject = SubjectId.Child(Sample.ChildId);

        _personal.OpenUntyped(logged.Id, subject, "what", seal).ValueOrDefault.GetString().ShouldBe("Room 12");
        seal[0] = (byte)((seal[0] & 0xF0) | (int)Regime.Medical);
        Should.Throw<SealBrokenException>(() => _personal.OpenUntyped(logged.Id, subject, "what", seal));
    }

    [Fact]
    public async Task Not_after_a_change_of_any_bit()
    {
        var logged = await _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of("Room 12")));
        var field = _personal.ToSealedField(((ChildTold)_codec.Decode(logged).Event).What!);

        Prop.ForAll(Gen.Choose(0, (field.Cipher.Length * 8) - 1).ToArbitrary(), bit =>
        {
            var changed = field.Cipher.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Should.Throw<SealBrokenException>(() => _personal.Open<string>(field with { Cipher = changed }));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public async Task Not_when_bytes_are_missing()
    {
        var logged = await _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of("Room 12")));
        var field = _personal.ToSealedField(((ChildTold)_codec.Decode(logged).Event).What!);

        for (var length = 0; length < field.Cipher.Length; length++)
        {
            Should.Throw<SealBrokenException>(() => _personal.Open<string>(field with { Cipher = field.Cipher[..length] }));
        }
    }

    [Fact]
    public async Task A_broken_seal_is_named_by_its_event_and_quotes_nothing()
    {
        var logged = await _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of("Room 12")));
        var field = _personal.ToSealedField(((ChildTold)_codec.Decode(logged).Event).What!);

        var refused = Should.Throw<SealBrokenException>(() => _personal.Open<string>(field with { Field = "other" })).ToString();

        refused.ShouldContain(logged.Id.ToString());
        refused.ShouldNotContain("Room 12");
        var wrongType = Should.Throw<InvalidOperationException>(() => _personal.Open<DateOnly>(field)).ToString();
        wrongType.ShouldNotContain("Room 12");
    }

    private static JsonNode Copy(JsonNode? node) => node!.DeepClone();

    private async Task<FactsNoted> ChangedAsync(Action<JsonNode> change) =>
        (FactsNoted)Changed(await _codec.LogAsync(Sample.Facts()), change).Event;

    private Recorded Changed(LoggedEvent logged, Action<JsonNode> change)
    {
        var json = JsonNode.Parse(logged.Data.Span)!;
        change(json);
        return _codec.Decode(logged with { Data = System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()) });
    }

    private void Refused<T>(Personal<T> value)
        where T : notnull => Should.Throw<SealBrokenException>(() => _personal.Open(value));
}
