using Barnahus.Interviews.Agenda;
using Barnahus.Interviews.Features;
using Barnahus.Interviews.Roster;
using Barnahus.Interviews.Slots;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Hosting;

namespace Barnahus.Interviews;

/// <summary>Roster, agenda and slot search: the part of Interviews that knows no child's content.</summary>
public static class AgendaModule
{
    /// <summary>Adds views, timer and what the lifecycle asks: <see cref="SlotFinder"/> and <see cref="Reservations"/>.</summary>
    public static IServiceCollection AddAgenda(this IServiceCollection services) => services
        .AddView<CurrentRoster>()
        .AddView<AgendaDays>()
        .AddTimer<ExpireReservations>()
        .AddSingleton(provider => InterviewLengths.Load(provider.GetRequiredService<IConfiguration>()["Interviews:Lengths"]))
        .AddSingleton<SlotFinder>()
        .AddSingleton<Reservations>()
        .AddSingleton<RosterImport>();

    /// <summary>Maps roster and agenda under <c>/interviews/v1</c>.</summary>
    public static void MapAgenda(this RouteGroupBuilder routes)
    {
        AddStudio.Map(routes);
        AddRoom.Map(routes);
        AddPerson.Map(routes);
        RecordAvailability.Map(routes);
        ImportRoster.Map(routes);
        GetRoster.Map(routes);
        GetAgenda.Map(routes);
    }
}
