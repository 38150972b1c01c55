using System.Runtime.CompilerServices;
using Barnahus.Platform.EventLog;

namespace Barnahus.EventStoreDb.Host;

/// <summary>Before the first line of the program: <c>esdb://...</c> names a log from now on.</summary>
internal static class AddEventStoreDb
{
    [ModuleInitializer]
    internal static void Add()
    {
        foreach (var scheme in EventStoreDbLog.Schemes)
        {
            EventLogs.Add(scheme, EventStoreDbLog.Open);
        }
    }
}
