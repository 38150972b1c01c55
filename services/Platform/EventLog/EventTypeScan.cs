using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Barnahus.Platform.Privacy;

namespace Barnahus.Platform.EventLog;

/// <summary>Looks through the event records once, at start, and gathers everything that is wrong before it says so.</summary>
internal sealed partial class EventTypeScan
{
    private readonly List<string> _errors = [];
    private readonly List<(string Name, Type Type, bool Retired, bool Ended)> _named = [];
    private readonly Dictionary<Type, UpcastStep> _steps = [];

    public EventTypeScan(EventSource[] sources)
    {
        Prefixes = [.. sources.Select(source => source.Prefix.TrimEnd('.') + ".").Distinct(StringComparer.Ordinal)];
        foreach (var type in sources.SelectMany(source => source.Types).Distinct())
        {
            Scan(type);
        }

        foreach (var twice in _named.GroupBy(named => named.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            _errors.Add($"The name {twice.Key} is given to {string.Join(" and ", twice.Select(named => named.Type.Name))}.");
        }

        Known = [.. _named.Select(Make)];
        if (_errors.Count > 0)
        {
            throw new EventTypesException(_errors);
        }
    }

    public string[] Prefixes { get; }

    public IReadOnlyList<KnownEvent> Known { get; }

    [GeneratedRegex(@"^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*\.v[1-9][0-9]*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form { get; }

    private void Scan(Type type)
    {
        if (!typeof(IEvent).IsAssignableFrom(type) && type.GetCustomAttribute<EventTypeAttribute>() is null)
        {
            foreach (var step in UpcastStep.Of(type))
            {
                if (!_steps.TryAdd(step.From, step))
                {
                    _errors.Add($"{step.From.Name} has more than one upcaster.");
                }
            }

            return;
        }

        if (type.GetCustomAttribute<EventTypeAttribute>() is not { } named)
        {
            _errors.Add($"{type.Name} is an event without [EventType].");
        }
        else if (!typeof(IEvent).IsAssignableFrom(type))
        {
            _errors.Add($"{type.Name} has an [EventType] and is no IEvent.");
        }
        else if (!Form.IsMatch(named.Name) || !Array.Exists(Prefixes, prefix => named.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            _errors.Add($"{type.Name} is named {named.Name}; a name is <prefix>.<what-happened>.v<n>, with a prefix of {string.Join(", ", Prefixes)}");
        }
        else
        {
            _named.Add((named.Name, type, named.Retired, named.Ended));
        }
    }

    private KnownEvent Make((string Name, Type Type, bool Retired, bool Ended) named)
    {
        PersonalWalk? walk = null;
        JsonTypeInfo? json = null;
        try
        {
            json = EventJson.Options.GetTypeInfo(named.Type);
            walk = new PersonalWalkBuilder(EventJson.Options, _errors).Build(named.Type);
        }
        catch (Exception unfit) when (unfit is InvalidOperationException or NotSupportedException)
        {
            _errors.Add($"{named.Type.Name} cannot be written as JSON: {unfit.Message}");
        }

        var (upcasts, current) = Upcasts(named.Type, named.Retired);
        return new KnownEvent(named.Name, named.Type, named.Retired || named.Ended, json!, walk, upcasts, current);
    }

    private (List<Func<IEvent, IEvent>> Steps, Type Current) Upcasts(Type type, bool retired)
    {
        var steps = new List<Func<IEvent, IEvent>>();
        if (!retired)
        {
            if (_steps.ContainsKey(type))
            {
                _errors.Add($"{type.Name} has an upcaster and is not retired.");
            }

            return (steps, type);
        }

        var current = type;
        while (_steps.TryGetValue(current, out var step) && steps.Count <= _steps.Count)
        {
            steps.Add(step.Apply);
            current = step.To;
        }

        if (current.GetCustomAttribute<EventTypeAttribute>() is not { Retired: false })
        {
            _errors.Add($"{type.Name} is retired, and its upcasters do not lead to a current version: they end at {current.Name}.");
        }

        return (steps, current);
    }
}
