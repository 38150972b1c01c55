using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Alerts;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Features;
using Barnahus.Turnaround.Messages;
using Barnahus.Turnaround.Norms;
using Barnahus.Turnaround.Views;
using MassTransit;

namespace Barnahus.Turnaround;

/// <summary>Everything a host needs of Turnaround: its parts, what it listens to on the bus, and its endpoints.</summary>
public static class TurnaroundModule
{
    /// <summary>Name of the service: prefix of its routes, event types, streams, queues and settings.</summary>
    public const string Name = "turnaround";

    public static readonly ServiceModule Module = new(Name, services => services.AddTurnaround(), AddConsumers, MapTurnaround);

    public static IServiceCollection AddTurnaround(this IServiceCollection services)
    {
        services.AddEvents(typeof(TurnaroundModule).Assembly, Name);
        services.AddView<CaseImages>();
        services.AddView<NormImage>();
        services.AddTimer<ClockAlerts>();
        services.AddPublication<PublishChildInCase>();
        services.AddSingleton<CaseOpener>().AddSingleton<NormLibrary>().AddSingleton<CaseMerging>().AddScoped<CaseSight>().AddScoped<ClockRows>().AddScoped<CaseDesk>();
        return services;
    }

    public static void AddConsumers(IRegistrationConfigurator bus)
    {
        bus.AddConsumer<OnChildFileChanged>();
        bus.AddConsumer<OnInterviewsChanged>();
    }

    public static void MapTurnaround(this IEndpointRouteBuilder routes)
    {
        var turnaround = routes.MapService(Name);
        GetBoard.Map(turnaround);
        GetShares.Map(turnaround);
        GetCase.Map(turnaround);
        OpenCase.Map(turnaround);
        RecordMilestone.Map(turnaround);
        SetTarget.Map(turnaround);
        ExtendClock.Map(turnaround);
        SuspendClocks.Map(turnaround);
        ResumeClocks.Map(turnaround);
        GetNorms.Map(turnaround);
        PublishNorm.Map(turnaround);
    }
}
