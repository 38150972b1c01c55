using Barnahus.Intake.Children;
using Barnahus.Intake.Features;
using Barnahus.Intake.Matching;
using Barnahus.Intake.Messages;
using Barnahus.Intake.Municipalities;
using Barnahus.Intake.Referrals;
using Barnahus.Intake.Schema;
using Barnahus.Intake.Timers;
using Barnahus.Intake.Views;
using Barnahus.Intake.Wording;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using MassTransit;

namespace Barnahus.Intake;

/// <summary>Everything a host needs of Intake.</summary>
public static class IntakeModule
{
    /// <summary>Name of the service: prefix of its routes, event types, streams and settings.</summary>
    public const string Name = "intake";

    public static ServiceModule Module { get; } = new(Name, services => services.AddIntake(), AddConsumers, routes => routes.MapIntake());

    public static IServiceCollection AddIntake(this IServiceCollection services)
    {
        services.AddEvents(typeof(IntakeModule).Assembly, Name);
        services.AddSingleton(MunicipalityTable.Shipped()).AddSingleton(Terminology.Shipped()).AddSingleton<ReferralSchema>();
        services.AddSingleton<MatchIndex>().AddSingleton<FileOpener>().AddSingleton<ChildFiles>();
        services.AddSingleton<Acceptance>().AddSingleton<JoinCorrection>().AddSingleton<Merging>();
        services.AddScoped<ReferralDesk>().AddScoped<FileDesk>();
        services.AddView<ReferralsView>().AddView<FilesView>().AddView<AccountsView>().AddView<EmergencyOpenings>().AddView<ProposalsView>();
        services.AddPublication<PublishFileChanged>();
        services.AddReaction<OpenFileOnAcceptance>().AddReaction<FinishMerge>().AddReaction<CorrectJoinOnTakingOut>().AddReaction<AdmitNamedCoordinator>();
        services.AddTimer<ReviewDates>().AddTimer<Birthdays>();
        return services;
    }

    public static void AddConsumers(IRegistrationConfigurator bus)
    {
        bus.AddConsumer<OnAccountChanged>();
        bus.AddConsumer<OnInterviewsChanged>();
    }

    public static void MapIntake(this IEndpointRouteBuilder routes)
    {
        var intake = routes.MapService(Name);
        SubmitReferral.Map(intake);
        ReadReferrals.Map(intake);
        SearchChildren.Map(intake);
        Features.TriageReferral.Map(intake);
        IdentifyChild.Map(intake);
        Features.AcceptReferral.Map(intake);
        EndReferral.Map(intake);
        ReadFile.Map(intake);
        Features.RecordRepresentative.Map(intake);
        Features.RecordNeeds.Map(intake);
        Features.RecordInvolvement.Map(intake);
        AssessChild.Map(intake);
        CorrectFile.Map(intake);
        EndFile.Map(intake);
        MergeFiles.Map(intake);
        KeepTeam.Map(intake);
        GrantSight.Map(intake);
        OpenInEmergency.Map(intake);
        WatchEmergencies.Map(intake);
        Features.Tasks.Map(intake);
        CheckWording.Map(intake);
    }
}
