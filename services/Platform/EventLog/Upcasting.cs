namespace Barnahus.Platform.EventLog;

/// <summary>
/// Turns a retired version of an event into the next one. Pure: no clock, no ids, no I/O, since it runs at every read.
/// It stands in the assembly of its events and has no constructor parameters; chains (v1 to v2 to v3) are followed.
/// Personal fields are passed on sealed, as they are.
/// </summary>
public interface IUpcaster<in TOld, out TNew>
    where TOld : class, IEvent
    where TNew : class, IEvent
{
    TNew Upcast(TOld old);
}

/// <summary>One step from a version to the next, found by its type.</summary>
internal sealed record UpcastStep(Type From, Type To, Func<IEvent, IEvent> Apply)
{
    /// <summary>Steps of an upcaster class: one per <see cref="IUpcaster{TOld,TNew}"/> it implements.</summary>
    public static IEnumerable<UpcastStep> Of(Type upcaster)
    {
        foreach (var implemented in upcaster.GetInterfaces())
        {
            if (implemented.IsGenericType && implemented.GetGenericTypeDefinition() == typeof(IUpcaster<,>))
            {
                var versions = implemented.GetGenericArguments();
                var instance = Activator.CreateInstance(upcaster, nonPublic: true);
                var adapter = (IAdapter)Activator.CreateInstance(typeof(Adapter<,>).MakeGenericType(versions), instance)!;
                yield return new UpcastStep(versions[0], versions[1], adapter.Apply);
            }
        }
    }

    private interface IAdapter
    {
        IEvent Apply(IEvent old);
    }

    private sealed class Adapter<TOld, TNew>(IUpcaster<TOld, TNew> upcaster) : IAdapter
        where TOld : class, IEvent
        where TNew : class, IEvent
    {
        public IEvent Apply(IEvent old) => upcaster.Upcast((TOld)old);
    }
}
