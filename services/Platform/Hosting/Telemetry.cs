using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Barnahus.Platform.Hosting;

/// <summary>Traces and measures of the platform, by the framework's own sources; an exporter subscribes to the name. Ids and codes only.</summary>
public static class Telemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "Barnahus.Platform";

    public static readonly ActivitySource Activities = new(Name);

    /// <summary>Begins an activity as part of a trace that was kept; also when nobody listens, so that the trace is never lost on the way.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="traceParent">W3C trace context; null for a trace of its own.</param>
    public static Activity Begin(string name, string? traceParent)
    {
        if (Activities.StartActivity(name, ActivityKind.Internal, traceParent) is { } listened)
        {
            return listened;
        }

        var unheard = new Activity(name);
        return (traceParent is null ? unheard : unheard.SetParentId(traceParent)).Start();
    }

    private static readonly Meter Meter = new(Name);

    /// <summary>Commands by outcome: <c>accepted</c>, <c>nothing</c>, <c>repeated</c>, <c>refused</c>, <c>stale</c>.</summary>
    public static readonly Counter<long> Commands = Meter.CreateCounter<long>("barnahus.commands", "{command}", "Commands decided, by outcome.");

    /// <summary>Appends that found the stream moved on and decided again.</summary>
    public static readonly Counter<long> Conflicts = Meter.CreateCounter<long>("barnahus.commands.conflicts", "{conflict}", "Decisions made again because somebody was first.");

    /// <summary>Events handled by subscriptions, by name and outcome: <c>handled</c>, <c>parked</c>; <c>started-over</c> when its checkpoint lay beyond the log.</summary>
    public static readonly Counter<long> Subscriptions = Meter.CreateCounter<long>("barnahus.subscriptions", "{event}", "Events handled by subscriptions.");

    /// <summary>Due items by timer and outcome: <c>done</c>, <c>failed</c>.</summary>
    public static readonly Counter<long> Timers = Meter.CreateCounter<long>("barnahus.timers", "{item}", "Due items of timers, by outcome.");

    /// <summary>Events folded into views.</summary>
    public static readonly Counter<long> Folded = Meter.CreateCounter<long>("barnahus.views.folded", "{event}", "Events folded into views.");

    /// <summary>Files opened in an emergency: anything but 0 is looked at by a person.</summary>
    public static readonly Counter<long> GlassBroken = Meter.CreateCounter<long>("barnahus.access.glass_broken", "{opening}", "Files opened by break-glass.");

    /// <summary>Followers that an event stopped, by name: <c>views</c>, a subscription, an index. Anything but 0 needs a person.</summary>
    public static readonly Counter<long> Stopped = Meter.CreateCounter<long>("barnahus.followers.stopped", "{follower}", "Followers that an event stopped.");

    /// <summary>Restarts of the bus because messages waited and none was received.</summary>
    public static readonly Counter<long> BusRestarts = Meter.CreateCounter<long>("barnahus.bus.restarts", "{restart}", "Restarts of a bus that hung.");
}
