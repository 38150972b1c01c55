using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Safety.Features;
using Barnahus.Safety.Messages;
using Barnahus.Safety.Terms;
using Barnahus.Safety.Timers;
using Barnahus.Safety.Views;
using MassTransit;

namespace Barnahus.Safety;

/// <summary>Safety: is the child safe now, and which measure lapses when.</summary>
public static class SafetyModule
{
    public const string Name = "safety";

    public static ServiceModule Module { get; } = new(Name, services => services.AddSafety(), AddConsumers, MapSafety);

    public static IServiceCollection AddSafety(this IServiceCollection services)
    {
        services.AddEvents(typeof(SafetyModule).Assembly, Name);
        services.AddSingleton(provider => SafetyTerms.From(provider.GetRequiredService<IConfiguration>()["Safety:TermsFile"]));
        services.AddView<SafetyFiles>();
        services.AddReaction<CarryOverOnMerge>();
        services.AddTimer<SafetyDates>();
        services.AddScoped<ChildRequest>();
        return services;
    }

    public static void AddConsumers(IRegistrationConfigurator bus) => bus.AddConsumer<OnChildFileChanged>();

    public static void MapSafety(this IEndpointRouteBuilder routes)
    {
        var safety = routes.MapService(Name);
        GetBoard.Map(safety);
        var child = safety.MapGroup("/children/{childId:guid}");
        GetPlan.Map(child);
        AssessRisks.Map(child);
        AdoptPlans.Map(child);
        ProposeMeasures.Map(child);
        MoveMeasures.Map(child);
        OpenTriggers.Map(child);
        RecordIncidents.Map(child);
        RecordStay.Map(child);
        SetContacts.Map(child);
        SetRoute.Map(child);
        RecordWillingnessToReport.Map(child);
    }
}
