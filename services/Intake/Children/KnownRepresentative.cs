using Barnahus.Intake.Matching;
using Barnahus.Intake.Referrals;

namespace Barnahus.Intake.Children;

/// <summary>A representative of a file: one person, however many referrals told of them.</summary>
/// <param name="Person">What is known of this person, under the id of whoever told first.</param>
/// <param name="Ids">Every id this person goes by here: each referral that told of them gave one.</param>
public sealed record KnownRepresentative(Representative Person, IReadOnlyList<Guid> Ids)
{
    /// <summary>
    /// Parents from all referrals, each once, and what officers recorded. What an officer recorded takes the place of what was told under that id;
    /// what was told under another id, before or since, still counts. In doubt whether two entries are one person, what bars one bars both.
    /// </summary>
    internal static IReadOnlyList<KnownRepresentative> Of(OpenedFile file)
    {
        var people = new List<List<Representative>>();
        foreach (var told in file.Referrals.SelectMany(Told))
        {
            if (people.Find(tellings => SamePerson(tellings.Aggregate(Together), told)) is { } same)
            {
                same.Add(told);
            }
            else
            {
                people.Add([told]);
            }
        }

        var recorded = file.Recorded.ToDictionary(one => one.PersonId);
        var toldIds = people.SelectMany(tellings => tellings).Select(told => told.PersonId).ToHashSet();
        List<KnownRepresentative> all =
        [
            .. people.Select(tellings => RecordedOver(tellings, recorded)),
            .. file.Recorded.Where(one => !toldIds.Contains(one.PersonId)).Select(one => new KnownRepresentative(one, [one.PersonId])),
        ];
        return [.. all.Select(one => one with { Person = Barred(one.Person, all) })];
    }

    /// <summary>Two entries of one person: what the first says goes before, and what protects the child wins.</summary>
    internal static Representative Together(Representative one, Representative other) => one with
    {
        Name = one.Name ?? other.Name,
        Custody = one.Custody || other.Custody,
        Suspected = one.Suspected || other.Suspected,
        ConflictOfInterest = one.ConflictOfInterest || other.ConflictOfInterest,
        ChildAllows = one.ChildAllows == false || other.ChildAllows == false ? false : one.ChildAllows ?? other.ChildAllows,
        Contact = one.Contact ?? other.Contact,
    };

    private static KnownRepresentative RecordedOver(List<Representative> tellings, Dictionary<Guid, Representative> recorded)
    {
        var over = tellings.Where(told => recorded.ContainsKey(told.PersonId)).Select(told => recorded[told.PersonId]);
        var left = tellings.Where(told => !recorded.ContainsKey(told.PersonId));
        return new(over.Concat(left).Aggregate(Together) with { PersonId = tellings[0].PersonId }, [.. tellings.Select(told => told.PersonId)]);
    }

    private static Representative Barred(Representative person, List<KnownRepresentative> all)
    {
        var same = all.Where(other => SamePerson(other.Person, person)).Select(other => other.Person).ToList();
        return person with
        {
            Suspected = same.Exists(one => one.Suspected),
            ConflictOfInterest = same.Exists(one => one.ConflictOfInterest),
            ChildAllows = same.Exists(one => one.ChildAllows == false) ? false : person.ChildAllows,
        };
    }

    private static IEnumerable<Representative> Told(OpenedReferral referral) => referral.Content.Parents.Select((parent, index) => new Representative(
        ReferredParent.IdOf(referral.Id, index), parent.Name, parent.Relation, parent.Custody, parent.Suspected, false, parent.MayBeInformed, null));

    private static bool SamePerson(Representative known, Representative told) =>
        string.Equals(known.Relation, told.Relation, StringComparison.OrdinalIgnoreCase)
        && (known.Name is null || told.Name is null || Normalisation.Name(known.Name) == Normalisation.Name(told.Name));
}
