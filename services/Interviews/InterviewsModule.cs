using Barnahus.Interviews.Features;
using Barnahus.Interviews.Interviews;
using Barnahus.Interviews.Messages;
using Barnahus.Interviews.Views;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using MassTransit;

namespace Barnahus.Interviews;

/// <summary>Everything a host needs of Interviews: its parts, what it listens to on the bus, and its endpoints.</summary>
public static class InterviewsModule
{
    /// <summary>Name of the service: prefix of its routes, event types, streams, queues and settings.</summary>
    public const string Name = "interviews";

    /// <summary>The service as any host takes it.</summary>
    public static ServiceModule Module { get; } = new(Name, services => services.AddInterviews(), AddConsumers, MapInterviews);

    public static IServiceCollection AddInterviews(this IServiceCollection services)
    {
        services.AddEvents(typeof(InterviewsModule).Assembly, Name);
        services.AddAgenda();
        services.AddOptions<InterviewSettings>().BindConfiguration(InterviewSettings.Section);
        services.AddView<InterviewsByChild>();
        services.AddView<ChildrenByCase>();
        services.AddPublication<PublishInterviewsChanged>();
        services.AddReaction<CarryOverOnMerge>();
        services.AddSingleton<SettleBooking>().AddSingleton<IReaction>(provider => provider.GetRequiredService<SettleBooking>());
        services.AddScoped<ChildDesk>().AddScoped<CaseSight>().AddScoped<InterviewBooking>().AddScoped<BookingReview>();
        return services;
    }

    public static void AddConsumers(IRegistrationConfigurator bus)
    {
        bus.AddConsumer<OnChildFileChanged>();
        bus.AddConsumer<OnChildInCase>();
    }

    public static void MapInterviews(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapService(Name);
        group.MapAgenda();
        ExpectSuspect.Map(group);
        RequestInterview.Map(group);
        GetInterviews.Map(group);
        RecordTimes.Map(group);
        DecideSuspectStatus.Map(group);
        PlanExamination.Map(group);
        RecordExamination.Map(group);
        DecideInterview.Map(group);
        AssignPsychologist.Map(group);
        GiveAdvice.Map(group);
        AcknowledgeAdvice.Map(group);
        RecordPreVisit.Map(group);
        GrantWaiver.Map(group);
        SearchSlots.Map(group);
        BookInterview.Map(group);
        RescheduleInterview.Map(group);
        CancelInterview.Map(group);
        StartInterview.Map(group);
        EnterPhase.Map(group);
        CompleteInterview.Map(group);
    }
}
