using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Barnahus.Platform.Privacy;

/// <summary>
/// Finds the personal fields of a type by what the serialiser says of it, so that the walk and the JSON agree.
/// What could not be sealed safely is an error: a personal field without regime, in a dictionary, inside another sealed value, or behind an unknown type.
/// </summary>
internal sealed class PersonalWalkBuilder(JsonSerializerOptions json, ICollection<string> errors)
{
    private readonly Dictionary<(Type, Regime?), PersonalWalk?> _walks = [];

    /// <returns>Null when the type has no personal fields.</returns>
    public PersonalWalk? Build(Type type)
    {
        var walk = Walk(type, regime: null, type.Name);
        while (_walks.Values.OfType<PersonalWalk.Members>().Aggregate(false, (changed, members) => Prune(members) || changed))
        {
            // Until nothing more falls away: emptiness climbs up, also out of records that contain themselves.
        }

        return walk is not null && Leads(walk, []) ? walk : null;
    }

    private static bool Prune(PersonalWalk.Members members)
    {
        var removed = false;
        members.Remove(member => !Leads(member.Walk, []) && (removed = true));
        return removed;
    }

    // Whether a personal field can be reached.
    private static bool Leads(PersonalWalk walk, HashSet<PersonalWalk> seen) => walk switch
    {
        PersonalWalk.Field => true,
        PersonalWalk.Elements elements => Leads(elements.Element, seen),
        PersonalWalk.Derived derived => seen.Add(derived) && derived.Walks.Any(inner => Leads(inner, seen)),
        PersonalWalk.Members members => seen.Add(members) && members.All.Any(member => Leads(member.Walk, seen)),
        _ => false,
    };

    private PersonalWalk? Walk(Type type, Regime? regime, string where)
    {
        if (_walks.TryGetValue((type, regime), out var known))
        {
            return known;
        }

        if (PersonalType.ValueOf(type) is { } sealedType)
        {
            return Field(sealedType, regime, where);
        }

        var info = json.GetTypeInfo(type);
        if (type == typeof(object) || (info.Kind == JsonTypeInfoKind.None && typeof(IEnumerable).IsAssignableFrom(type) && type != typeof(string)))
        {
            errors.Add($"{where} has a type ({type.Name}) in which personal fields could not be found: say what it holds.");
            return null;
        }

        return info.Kind switch
        {
            JsonTypeInfoKind.Object when info.PolymorphismOptions is { } options => Derived(type, regime, options, where),
            JsonTypeInfoKind.Object => Members(type, regime, info, where),
            JsonTypeInfoKind.Enumerable => Walk(info.ElementType!, regime, where + "[]") is { } element
                ? _walks[(type, regime)] = new PersonalWalk.Elements(element)
                : null,
            JsonTypeInfoKind.Dictionary => Dictionary(info, where),
            _ => null,
        };
    }

    private PersonalWalk.Field? Field(Type sealedType, Regime? regime, string where)
    {
        if (regime is null)
        {
            errors.Add($"{where} is personal and has no [Personal(regime)].");
            return null;
        }

        if (HoldsPersonal(sealedType))
        {
            errors.Add($"{where} seals a value that itself holds personal fields: seal one or the other.");
        }

        return new PersonalWalk.Field(regime.Value);
    }

    private PersonalWalk.Members Members(Type type, Regime? regime, JsonTypeInfo info, string where)
    {
        var walk = new PersonalWalk.Members();
        _walks[(type, regime)] = walk;
        walk.Complete(info.Properties
            .Where(property => property.Get is not null)
            .Select(property => (property, inner: Walk(property.PropertyType, RegimeOf(property), $"{where}.{property.Name}")))
            .Where(found => found.inner is not null)
            .Select(found => new PersonalWalk.Member(found.property.Name, found.property.Get!, found.inner!)));
        return walk;
    }

    private PersonalWalk.Derived Derived(Type type, Regime? regime, JsonPolymorphismOptions options, string where)
    {
        var walks = new Dictionary<Type, PersonalWalk>();
        var derived = new PersonalWalk.Derived(walks);
        _walks[(type, regime)] = derived;
        foreach (var one in options.DerivedTypes.Select(one => one.DerivedType).Where(one => one != type))
        {
            if (Walk(one, regime, where) is { } walk)
            {
                walks.Add(one, walk);
            }
        }

        if (!type.IsAbstract)
        {
            walks[type] = Members(type, regime, json.GetTypeInfo(type), where);
            _walks[(type, regime)] = derived;
        }

        return derived;
    }

    private PersonalWalk? Dictionary(JsonTypeInfo info, string where)
    {
        if (Walk(info.ElementType!, Regime.Police, where + "[]") is { } element && Leads(element, []))
        {
            errors.Add($"{where} is a dictionary with personal fields; use a list, whose places can be bound.");
        }

        return null;
    }

    private bool HoldsPersonal(Type type) => Walk(type, Regime.Police, type.Name) is { } walk && Leads(walk, []);

    private static Regime? RegimeOf(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(PersonalAttribute), inherit: true).OfType<PersonalAttribute>().FirstOrDefault()?.Regime;
}
