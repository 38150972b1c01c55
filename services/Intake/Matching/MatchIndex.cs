using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Barnahus.Intake.Children;
using Barnahus.Platform.Privacy;

namespace Barnahus.Intake.Matching;

/// <summary>What somebody knows of a child they look for.</summary>
/// <param name="Municipalities">CBS codes.</param>
/// <param name="Today">Day of the search: ages are compared on it.</param>
public sealed record ChildQuery(
    string? Bsn,
    string? GivenName,
    string? FamilyName,
    DateOnly? BirthDate,
    int? EstimatedAge,
    IReadOnlyList<string> Municipalities,
    DateOnly Today);

/// <summary>A file that may be of the same child, and the rules that say so.</summary>
public sealed record Match(Guid ChildId, IReadOnlyList<string> Why);

/// <summary>
/// Finds files of a child without keeping who it is: keyed HMACs over normalised citizen service number and over names with birth date,
/// computed while folding and never stored. Age and municipalities are kept to compare, nothing else. A person decides; this only offers.
/// </summary>
public sealed class MatchIndex(IKeyVault vault)
{
    /// <summary>Same citizen service number: exact.</summary>
    public const string ByBsn = "bsn";

    /// <summary>Same family name and birth date.</summary>
    public const string ByFamilyNameAndBirthDate = "family-name-and-birth-date";

    /// <summary>Same given name, age within two years and a municipality in common.</summary>
    public const string ByGivenNameAgeAndMunicipality = "given-name-age-and-municipality";

    private const int MaxAgeDifference = 2;

    private readonly ConcurrentDictionary<Guid, Marks> _marks = new();
    private readonly ConcurrentDictionary<string, ImmutableHashSet<Guid>> _files = new(StringComparer.Ordinal);

    /// <summary>Number of files that can be found.</summary>
    public int Count => _marks.Count;

    /// <summary>Makes a file findable by what is known now, and by nothing it was findable by before.</summary>
    public void Put(Guid childId, OpenedFile file)
    {
        Remove(childId);
        var identity = file.Identity();
        var marks = new Marks([.. Tokens(identity.Bsn, identity.GivenName, identity.FamilyName, identity.BirthDate)], identity with
        {
            GivenName = null,
            FamilyName = null,
            Bsn = null,
            Language = null,
            Gender = null,
        }, [.. file.Municipalities()]);
        _marks[childId] = marks;
        foreach (var token in marks.Tokens)
        {
            _files.AddOrUpdate(token, [childId], (_, known) => known.Add(childId));
        }
    }

    /// <summary>The file is gone, merged or destroyed: nothing of it stays here.</summary>
    public void Remove(Guid childId)
    {
        if (!_marks.TryRemove(childId, out var marks))
        {
            return;
        }

        foreach (var token in marks.Tokens)
        {
            var left = _files.AddOrUpdate(token, [], (_, known) => known.Remove(childId));
            if (left.IsEmpty)
            {
                _files.TryRemove(token, out _);
            }
        }
    }

    /// <summary>Candidates, surest first.</summary>
    public IReadOnlyList<Match> Find(ChildQuery query)
    {
        var found = new Dictionary<Guid, List<string>>();
        void Add(string? token, string why, Func<Marks, bool> also)
        {
            foreach (var childId in token is null ? [] : _files.GetValueOrDefault(token) ?? [])
            {
                if (_marks.TryGetValue(childId, out var marks) && also(marks))
                {
                    (found.TryGetValue(childId, out var reasons) ? reasons : found[childId] = []).Add(why);
                }
            }
        }

        Add(BsnToken(query.Bsn), ByBsn, _ => true);
        Add(FamilyToken(query.FamilyName, query.BirthDate), ByFamilyNameAndBirthDate, _ => true);
        Add(GivenToken(query.GivenName), ByGivenNameAgeAndMunicipality, marks => AgesAreNear(query, marks) && SharePlace(query, marks));
        return found
            .OrderByDescending(one => one.Value.Contains(ByBsn)).ThenByDescending(one => one.Value.Count).ThenBy(one => one.Key)
            .Select(one => new Match(one.Key, one.Value))
            .ToList();
    }

    private static bool AgesAreNear(ChildQuery query, Marks marks)
    {
        var sought = new ChildIdentity(null, null, query.BirthDate, query.EstimatedAge, null, null, null, null).AgeOn(query.Today);
        return sought is { } one && marks.Age.AgeOn(query.Today) is { } other && Math.Abs(one - other) <= MaxAgeDifference;
    }

    private static bool SharePlace(ChildQuery query, Marks marks) => query.Municipalities.Any(marks.Municipalities.Contains);

    private IEnumerable<string> Tokens(string? bsn, string? givenName, string? familyName, DateOnly? birthDate) =>
        new[] { BsnToken(bsn), FamilyToken(familyName, birthDate), GivenToken(givenName) }.OfType<string>();

    private string? BsnToken(string? bsn) => bsn is null ? null : Token("bsn", Normalisation.Bsn(bsn));

    private string? FamilyToken(string? name, DateOnly? birthDate) =>
        name is null || birthDate is not { } date || Normalisation.FamilyName(name) is not { Length: > 0 } normal
            ? null
            : Token("family", normal, date.ToString("O", CultureInfo.InvariantCulture));

    private string? GivenToken(string? name) => name is null || Normalisation.Name(name) is not { Length: > 0 } normal ? null : Token("given", normal);

    private string Token(params string[] parts) =>
        Convert.ToHexString(HMACSHA256.HashData(vault.MatchKey().Span, Encoding.UTF8.GetBytes(string.Join('|', parts))));

    /// <param name="Age">Only what age follows from; no names.</param>
    private sealed record Marks(ImmutableArray<string> Tokens, ChildIdentity Age, ImmutableHashSet<string> Municipalities);
}
