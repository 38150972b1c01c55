using System.Text;
using Barnahus.Intake.Children;
using Barnahus.Intake.Matching;
using Barnahus.Platform.Deciding;
using Barnahus.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace Barnahus.Intake.Tests.Matching;

public sealed class MatchingTests
{
    private static readonly Guid Known = DerivedId.From("known");
    private readonly MatchIndex _index = new(new MemoryKeyVault());

    [Theory]
    [InlineData("van Dam", "Dam")]
    [InlineData("Van  den-Dam", "dam")]
    [InlineData("El Amrani", "amrani")]
    [InlineData("el-Amrani", "AMRANI")]
    [InlineData("'t Hart", "Hart")]
    [InlineData("Müller", "muller")]
    [InlineData("Nguyễn", "NGUYEN")]
    [InlineData("Łukasz", "lukasz")]
    [InlineData("Strauß", "Strauss")]
    [InlineData("De Wit", "wit")]
    public void Two_ways_to_write_a_family_name_are_one(string one, string other) =>
        Normalisation.FamilyName(one).ShouldBe(Normalisation.FamilyName(other));

    [Theory]
    [InlineData("Dam", "Damen")]
    [InlineData("Jansen", "Janssen")]
    [InlineData("De", "Wit")]
    public void Two_names_stay_two(string one, string other) => Normalisation.FamilyName(one).ShouldNotBe(Normalisation.FamilyName(other));

    [Fact]
    public void Normalising_is_idempotent_and_blind_to_case_form_and_hyphens() => Prop.ForAll<string>(text =>
    {
        var name = string.Concat((text ?? "").EnumerateRunes());
        var normal = Normalisation.Name(name);
        normal.ShouldBe(Normalisation.Name(normal));
        Normalisation.FamilyName(Normalisation.FamilyName(name)).ShouldBe(Normalisation.FamilyName(name));
        Normalisation.Name(name.Normalize(NormalizationForm.FormD)).ShouldBe(normal);
        Normalisation.Name(name.Replace(' ', '-')).ShouldBe(normal);
        Normalisation.FamilyName("van der " + name + "x").ShouldBe(Normalisation.FamilyName(name + "x"));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Upper_and_lower_case_are_one() => Prop.ForAll(
        Gen.Elements("Émilie", "jan-willem", "Ägir", "fatima zahra", "ÇELIK").ToArbitrary(),
        name => Normalisation.Name(name.ToUpperInvariant()).ShouldBe(Normalisation.Name(name.ToLowerInvariant()))).QuickCheckThrowOnFailure();

    [Fact]
    public void Case_12_finds_case_02_by_given_name_age_and_municipality()
    {
        Put(2);
        _index.Find(Query(12)).ShouldHaveSingleItem().Why.ShouldBe([MatchIndex.ByGivenNameAgeAndMunicipality]);
    }

    [Fact]
    public void A_citizen_service_number_is_exact_and_comes_first()
    {
        Put(12);
        var query = Query(2) with { Bsn = "999990238", Municipalities = [] };
        _index.Find(query).ShouldHaveSingleItem().Why.ShouldBe([MatchIndex.ByBsn]);
        _index.Find(query with { Bsn = "999990019" }).ShouldBeEmpty();
    }

    [Fact]
    public void Family_name_and_birth_date_match_together_only()
    {
        Put(12);
        var query = new ChildQuery(null, null, "VAN DAM", new(2013, 4, 18), null, [], new(2026, 9, 22));
        _index.Find(query).ShouldHaveSingleItem().Why.ShouldBe([MatchIndex.ByFamilyNameAndBirthDate]);
        _index.Find(query with { BirthDate = new(2013, 4, 19) }).ShouldBeEmpty();
        _index.Find(query with { BirthDate = null }).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(11, true)]
    [InlineData(15, true)]
    [InlineData(10, false)]
    [InlineData(16, false)]
    public void A_given_name_matches_within_two_years(int age, bool found)
    {
        Put(2);
        var query = Query(2) with { EstimatedAge = age };
        _index.Find(query).Count.ShouldBe(found ? 1 : 0);
        _index.Find(query with { Municipalities = ["GM0363"] }).ShouldBeEmpty("no municipality is shared");
    }

    [Fact]
    public void What_was_corrected_or_removed_is_found_no_more()
    {
        Put(12);
        _index.Put(Known, File(12) with { Stated = new Dictionary<string, string?> { ["bsn"] = null, ["familyName"] = "Bos" } });
        var query = new ChildQuery("999990238", null, "van Dam", new(2013, 4, 18), null, [], new(2026, 9, 22));
        _index.Find(query).ShouldBeEmpty();
        _index.Find(query with { FamilyName = "bos" }).ShouldHaveSingleItem();
        _index.Remove(Known);
        _index.Find(query with { FamilyName = "bos" }).ShouldBeEmpty();
        _index.Count.ShouldBe(0);
    }

    [Fact]
    public void Another_key_gives_other_tokens_and_the_same_answers()
    {
        Put(12);
        var rotated = new MatchIndex(new MemoryKeyVault());
        rotated.Put(Known, File(12));
        rotated.Find(Query(12)).Single().Why.ShouldBe(_index.Find(Query(12)).Single().Why);
    }

    private static OpenedFile File(int number) => OpenedFile.Empty with { Referrals = [new(Known, Cases.Time(number), Cases.Content(number))] };

    private static ChildQuery Query(int number)
    {
        var told = Cases.Content(number);
        return new(
            told.Child.Bsn, told.Child.GivenName, told.Child.FamilyName, told.Child.BirthDate, told.Child.EstimatedAge,
            [.. told.Municipalities.Select(place => place.Code)], DateOnly.FromDateTime(Cases.Time(number).UtcDateTime));
    }

    private void Put(int number) => _index.Put(Known, File(number));
}
