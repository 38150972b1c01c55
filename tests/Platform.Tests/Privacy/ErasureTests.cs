using System.Text.Json;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Testing;

namespace Barnahus.Platform.Tests.Privacy;

/// <summary>Destroyed, missing and out of reach are three things, and only one of them is an erasure.</summary>
public sealed class ErasureTests
{
    private static readonly KeyName Key = new(SubjectId.Child(Sample.ChildId), Regime.Police);

    private readonly MemoryKeyVault _vault = new();
    private readonly EventCodec _codec;
    private readonly PersonalData _personal;

    public ErasureTests()
    {
        _codec = Sample.Codec(_vault);
        _personal = new PersonalData(_vault);
    }

    [Fact]
    public async Task A_destroyed_key_gives_the_marker_and_the_rest_stays_readable()
    {
        var facts = (FactsNoted)_codec.Decode(await _codec.LogAsync(Sample.Facts())).Event;

        await _vault.DestroyAsync(Key, Sample.Now, CancellationToken.None);

        _personal.Open(facts.Name).DestroyedRegime.ShouldBe(Regime.Police);
        _personal.Open(facts.Name).ValueOrDefault.ShouldBeNull();
        _personal.Open(facts.Facts[0].What!).DestroyedRegime.ShouldBe(Regime.Police);
        _personal.Open(facts.Phones[0]).ValueOrDefault.ShouldBe("06-12345678");
        _personal.Open(facts.Parent!.Name).ValueOrDefault.ShouldBe(new PersonName("Anna", "van Dam"));
    }

    [Fact]
    public async Task A_missing_key_is_an_error_and_no_erasure()
    {
        var facts = (FactsNoted)_codec.Decode(await _codec.LogAsync(Sample.Facts())).Event;

        _vault.Lose(Key);

        Should.Throw<KeyMissingException>(() => _personal.Open(facts.Name));
    }

    [Fact]
    public async Task A_vault_out_of_reach_is_an_error_for_reading_and_for_writing()
    {
        var facts = (FactsNoted)_codec.Decode(await _codec.LogAsync(Sample.Facts())).Event;

        _vault.IsUnreachable = true;

        Should.Throw<VaultUnreachableException>(() => _personal.Open(facts.Name));
        await Should.ThrowAsync<VaultUnreachableException>(() => _codec.LogAsync(Sample.Facts()));
        (await _codec.LogAsync(new ChildTold(Sample.ChildId, null))).ShouldNotBeNull();
    }

    [Fact]
    public async Task Nothing_new_is_kept_under_an_erased_id()
    {
        await _vault.DestroyAsync(Key, Sample.Now, CancellationToken.None);

        var refused = await Should.ThrowAsync<SubjectErasedException>(() => _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of("Room 12"))));

        refused.ToString().ShouldNotContain("Room 12");
    }

    [Fact]
    public async Task What_was_erased_is_not_carried_on_into_a_new_event()
    {
        var told = (ChildTold)_codec.Decode(await _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of("Room 12")))).Event;
        await _vault.DestroyAsync(Key, Sample.Now, CancellationToken.None);

        await Should.ThrowAsync<SubjectErasedException>(() => _codec.LogAsync(new ChildTold(Sample.PersonId, told.What)));
    }

    [Fact]
    public async Task On_the_bus_a_value_travels_sealed_and_opens_for_the_receiver()
    {
        var told = (ChildTold)_codec.Decode(await _codec.LogAsync(new ChildTold(Sample.ChildId, Personal.Of("Room 12")))).Event;

        var field = _personal.ToSealedField(told.What!);

        JsonSerializer.Serialize(field).ShouldNotContain("Room 12");
        (field.Subject, field.Regime, field.Field).ShouldBe((SubjectId.Child(Sample.ChildId).ToString(), "police", "what"));
        _personal.Open<string>(JsonSerializer.Deserialize<Contracts.SealedField>(JsonSerializer.Serialize(field))!).ValueOrDefault.ShouldBe("Room 12");
        await _vault.DestroyAsync(Key, Sample.Now, CancellationToken.None);
        _personal.Open<string>(field).DestroyedRegime.ShouldBe(Regime.Police);
        Should.Throw<InvalidOperationException>(() => _personal.ToSealedField(Personal.Of("Room 12"))).ToString().ShouldNotContain("Room 12");
    }

    [Fact]
    public async Task What_stood_in_clear_in_a_retired_version_is_sealed_for_the_way_and_what_was_destroyed_does_not_travel()
    {
        var place = new SealBinding(Guid.CreateVersion7(), "what", SubjectId.Child(Sample.ChildId), Regime.Police);

        var field = await _personal.ToSealedFieldAsync(Personal.Of("Room 12"), place, CancellationToken.None);

        JsonSerializer.Serialize(field).ShouldNotContain("Room 12");
        _personal.Open<string>(field!).ValueOrDefault.ShouldBe("Room 12");
        Should.Throw<SealBrokenException>(() => _personal.Open<string>(field! with { Field = "where" }));
        await _vault.DestroyAsync(Key, Sample.Now, CancellationToken.None);
        (await _personal.ToSealedFieldAsync(Personal.Of("Room 12"), place, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task In_json_an_opened_value_is_itself_or_the_marker()
    {
        var facts = (FactsNoted)_codec.Decode(await _codec.LogAsync(Sample.Facts())).Event;
        var name = _personal.Open(facts.Parent!.Name);
        await _vault.DestroyAsync(Key, Sample.Now, CancellationToken.None);
        var destroyed = _personal.Open(facts.Name);

        JsonSerializer.Serialize(new { name, destroyed }, JsonSerializerOptions.Web)
            .ShouldBe("""{"name":{"given":"Anna","family":"van Dam"},"destroyed":{"destroyed":"police"}}""");
        JsonSerializer.Deserialize<Opened<string>>("""{"destroyed":"police"}""").ShouldBe(destroyed);
        JsonSerializer.Deserialize<Opened<PersonName>>("""{"given":"Anna","family":"van Dam"}""", JsonSerializerOptions.Web).ShouldBe(name);
        JsonSerializer.Deserialize<Opened<int>>("7").ValueOrDefault.ShouldBe(7);
    }
}
