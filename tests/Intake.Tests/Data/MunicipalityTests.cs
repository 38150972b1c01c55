using System.Text.RegularExpressions;
using Barnahus.Intake.Municipalities;

namespace Barnahus.Intake.Tests.Data;

/// <summary>The shipped table is whole: a wrong row sends a report about a child to the wrong office.</summary>
public sealed class MunicipalityTests
{
    private static readonly MunicipalityTable Table = MunicipalityTable.Shipped();

    /// <summary>The ten units of Politiewet 2012 art. 25, with their municipalities in 2026.</summary>
    private static readonly Dictionary<string, int> Units = new(StringComparer.Ordinal)
    {
        ["Noord-Nederland"] = 40, ["Oost-Nederland"] = 76, ["Midden-Nederland"] = 38, ["Noord-Holland"] = 32, ["Amsterdam"] = 6,
        ["Den Haag"] = 27, ["Rotterdam"] = 23, ["Zeeland-West-Brabant"] = 37, ["Oost-Brabant"] = 32, ["Limburg"] = 31,
    };

    private static readonly string[] VeiligThuis =
    [
        "Groningen", "Friesland", "Drenthe", "IJsselland", "Twente", "Noord- en Oost-Gelderland", "Gelderland-Midden", "Gelderland-Zuid", "Utrecht",
        "Flevoland", "Gooi en Vechtstreek", "Noord-Holland-Noord", "Zaanstreek-Waterland", "Kennemerland", "Amsterdam-Amstelland", "Haaglanden",
        "Hollands Midden", "Rotterdam-Rijnmond", "Zuid-Holland Zuid", "Zeeland", "West-Brabant", "Midden-Brabant", "Brabant-Noordoost", "Zuidoost-Brabant",
        "Noord- en Midden-Limburg", "Zuid-Limburg",
    ];

    private static readonly string[] CareRegions =
    [
        "Groningen", "Friesland", "Drenthe", "IJsselland", "Twente", "Noord- en Oost-Gelderland", "Gelderland-Midden", "Gelderland-Zuid", "Utrecht",
        "Flevoland", "Gooi en Vechtstreek", "Noord-Holland", "Amsterdam", "Haaglanden", "Hollands Midden", "Rotterdam", "Zuid-Holland Zuid", "Zeeland",
        "West-Brabant", "Hart van Brabant", "Brabant-Noordoost", "Zuidoost-Brabant", "Limburg",
    ];

    [Fact]
    public void It_has_every_municipality_once_and_says_when_it_holds()
    {
        Table.All.Count.ShouldBe(342);
        Table.All.Select(row => row.Name).ShouldBeUnique();
        Table.All.ShouldAllBe(row => Regex.IsMatch(row.Code, "^GM[0-9]{4}$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Table.ValidOn.ShouldBe(new DateOnly(2026, 1, 1));
    }

    [Fact]
    public void Every_police_unit_has_its_municipalities() =>
        Table.All.CountBy(row => row.PoliceUnit).ToDictionary(StringComparer.Ordinal).ShouldBe(Units, ignoreOrder: true);

    [Fact]
    public void Every_region_that_is_named_exists_and_every_region_that_exists_is_named()
    {
        Table.All.Select(row => row.VeiligThuis).Distinct().ShouldBe(VeiligThuis, ignoreOrder: true);
        Table.All.Select(row => row.CareCoordination).Distinct().ShouldBe(CareRegions, ignoreOrder: true);
        Units.Keys.ShouldAllBe(unit => Table.IsRegion(unit));
        Table.IsRegion("Gelderland").ShouldBeFalse();
    }

    /// <summary>A region of Veilig Thuis lies in one police unit; only Heusden is on Tilburg's side of the one and on Den Bosch's of the other.</summary>
    [Fact]
    public void Only_Heusden_lies_across_a_border() =>
        Table.All.Where(row => row.PoliceUnit != Table.All.Where(other => other.VeiligThuis == row.VeiligThuis).CountBy(other => other.PoliceUnit).MaxBy(unit => unit.Value).Key)
            .Select(row => row.Name).ShouldBe(["Heusden"]);

    /// <summary>Places that are easily put in the wrong unit.</summary>
    [Theory]
    [InlineData("GM0394", "Haarlemmermeer", "Noord-Holland", "Kennemerland")]
    [InlineData("GM0050", "Zeewolde", "Midden-Nederland", "Flevoland")]
    [InlineData("GM0402", "Hilversum", "Midden-Nederland", "Gooi en Vechtstreek")]
    [InlineData("GM1959", "Altena", "Zeeland-West-Brabant", "West-Brabant")]
    [InlineData("GM1963", "Hoeksche Waard", "Rotterdam", "Zuid-Holland Zuid")]
    [InlineData("GM0944", "Mook en Middelaar", "Limburg", "Noord- en Midden-Limburg")]
    [InlineData("GM0518", "'s-Gravenhage", "Den Haag", "Haaglanden")]
    public void Borders_are_right(string code, string name, string unit, string veiligThuis)
    {
        var found = Table.Find(code).ShouldNotBeNull();
        (found.Name, found.PoliceUnit, found.VeiligThuis).ShouldBe((name, unit, veiligThuis));
    }
}
