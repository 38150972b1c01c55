using Barnahus.Intake.Municipalities;
using Barnahus.Intake.Wording;

namespace Barnahus.Intake.Tests.Data;

public sealed class DataTests
{
    private static readonly MunicipalityTable Table = MunicipalityTable.Shipped();
    private static readonly Terminology Terms = Terminology.Shipped();

    [Theory]
    [InlineData(1, "Midden-Nederland")]
    [InlineData(2, "Midden-Nederland")]
    [InlineData(3, "Noord-Nederland")]
    [InlineData(4, "Limburg")]
    [InlineData(7, "Amsterdam")]
    [InlineData(9, "Noord-Nederland")]
    [InlineData(10, "Noord-Nederland")]
    [InlineData(11, null)]
    public void The_childs_home_decides_the_region_of_a_case(int number, string? region) => Table.RegionOf(Cases.Content(number)).ShouldBe(region);

    [Fact]
    public void Every_municipality_of_the_cases_is_in_it_under_its_name()
    {
        foreach (var place in Cases.Numbers.SelectMany(number => Cases.Event(number)["data"]!["municipalities"]!.AsArray()))
        {
            Table.Find((string)place!["code"]!).ShouldNotBeNull().Name.ShouldBe((string)place["name"]!);
        }
    }

    [Theory]
    [InlineData("Zij heeft een loverboy.", "loverboy*")]
    [InlineData("Die LOVERBOYS weer", "loverboy*")]
    [InlineData("she is a child prostitute", "child prostitut*")]
    [InlineData("Zij was vrijwillig mee", "vrijwillig*")]
    public void A_harmful_word_is_found_with_a_better_one(string text, string term)
    {
        var hits = Terms.Check(text);
        hits.Select(hit => hit.Text).Distinct().ShouldBe([term]);
        hits.ShouldAllBe(hit => hit.Better.Length > 0 && hit.Why.Length > 0);
    }

    [Theory]
    [InlineData("Een klantenservice")]
    [InlineData("het kind werd gedwongen")]
    [InlineData("")]
    public void Other_words_are_left_alone(string text) => Terms.Check(text).ShouldBeEmpty();

    [Fact]
    public void A_term_is_found_once_in_many_texts() => Terms.Check("pooier", null, "een pooier").Count.ShouldBe(1);
}
