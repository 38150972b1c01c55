using System.Collections.Frozen;
using System.Text.Json;
using Barnahus.Intake.Referrals;

namespace Barnahus.Intake.Municipalities;

/// <summary>A municipality and who answers there.</summary>
/// <param name="Code">CBS code, e.g. <c>GM0344</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="PoliceUnit">Regional police unit: the region used everywhere in this system.</param>
/// <param name="VeiligThuis">Region of Veilig Thuis.</param>
/// <param name="CareCoordination">Region of the care coordinator for human trafficking.</param>
public sealed record Municipality(string Code, string Name, string PoliceUnit, string VeiligThuis, string CareCoordination);

/// <summary>The shipped table of municipalities (Data/municipalities.json): data with its sources, replaced by putting another file in its place.</summary>
public sealed class MunicipalityTable
{
    /// <summary>Whose place counts first when several municipalities are involved: the victim's home.</summary>
    private static readonly string[] Precedence = ["home", "exploitation", "school", "transport", "offender"];

    private readonly FrozenDictionary<string, Municipality> _byCode;
    private readonly FrozenSet<string> _regions;

    public MunicipalityTable(IReadOnlyCollection<Municipality> municipalities)
    {
        _byCode = municipalities.ToFrozenDictionary(row => row.Code, StringComparer.Ordinal);
        _regions = municipalities.Select(row => row.PoliceUnit).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Day for which the table holds.</summary>
    public DateOnly ValidOn { get; init; }

    public IReadOnlyCollection<Municipality> All => _byCode.Values;

    /// <summary>Reads the table beside the assembly.</summary>
    public static MunicipalityTable Shipped() => Read(Path.Combine(AppContext.BaseDirectory, "Data", "Intake", "municipalities.json"));

    /// <summary>Reads a table from a file that says when it holds and where each column comes from.</summary>
    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public static MunicipalityTable Read(string path)
    {
        using var file = File.OpenRead(path);
        var shipped = JsonSerializer.Deserialize<ShippedTable>(file, JsonSerializerOptions.Web);
        return shipped is { Municipalities.Count: > 0 }
            ? new(shipped.Municipalities) { ValidOn = shipped.ValidOn }
            : throw new InvalidDataException("The municipality table is empty.");
    }

    /// <summary>The municipality with a CBS code; null when the table has none.</summary>
    public Municipality? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>True for the name of a police unit of the table.</summary>
    public bool IsRegion(string? name) => name is not null && _regions.Contains(name);

    /// <summary>The municipality that decides who is competent: the home, else exploitation, school, transport, offender. Null when none is known.</summary>
    public Municipality? Deciding(IReadOnlyCollection<PlaceInvolved> places) =>
        Precedence
            .SelectMany(kind => places.Where(place => place.Involvement.Contains(kind)))
            .Select(place => Find(place.Code))
            .FirstOrDefault(found => found is not null);

    /// <summary>Region of a referral: of its deciding municipality, else the region the reporter named if the table knows it.</summary>
    public string? RegionOf(ReferralContent content) =>
        Deciding(content.Municipalities)?.PoliceUnit ?? (IsRegion(content.Child.Region) ? content.Child.Region : null);

    /// <summary>The file: its dates and sources are for people.</summary>
    private sealed record ShippedTable(DateOnly ValidOn, IReadOnlyList<Municipality> Municipalities);
}
