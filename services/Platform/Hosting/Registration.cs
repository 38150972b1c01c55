using Barnahus.Platform.Access;
using Barnahus.Platform.Bus;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Timers;
using Barnahus.Platform.Views;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Barnahus.Platform.Hosting;

/// <summary>How a service registers its parts, and what every host adds beneath them.</summary>
public static class Registration
{
    public static IServiceCollection AddView<TView>(this IServiceCollection services)
        where TView : View => services.AddSingleton<TView>().AddSingleton<View>(provider => provider.GetRequiredService<TView>());

    public static IServiceCollection AddRawView<TView>(this IServiceCollection services)
        where TView : class, IRawView => services.AddSingleton<TView>().AddSingleton<IRawView>(provider => provider.GetRequiredService<TView>());

    /// <summary>A background follower of its own, shown in <c>/health/ready</c>.</summary>
    public static IServiceCollection AddFollower<TFollower>(this IServiceCollection services)
        where TFollower : BackgroundService, IFollower => services
        .AddSingleton<TFollower>()
        .AddSingleton<IFollower>(provider => provider.GetRequiredService<TFollower>())
        .AddHostedService(provider => provider.GetRequiredService<TFollower>());

    public static IServiceCollection AddPublication<TPublication>(this IServiceCollection services)
        where TPublication : class, IPublication => services.AddSingleton<IPublication, TPublication>();

    public static IServiceCollection AddReaction<TReaction>(this IServiceCollection services)
        where TReaction : class, IReaction => services.AddSingleton<IReaction, TReaction>();

    public static IServiceCollection AddTimer<TTimer>(this IServiceCollection services)
        where TTimer : class, IServiceTimer => services.AddSingleton<IServiceTimer, TTimer>();

    /// <summary>Log, vault, deciding, views, timers, subscriptions and access. The bus is the host's to add (<see cref="IMessageBus"/>).</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, IConfiguration configuration, Stores stores)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(stores.Log).AddSingleton(stores.Vault).AddSingleton(stores.State);
        services.AddSingleton(new DomainClock(Clocks.Domain(configuration)));
        services.AddSingleton(new EventSource("access",
        [
            typeof(MemberAdded), typeof(MemberRemoved), typeof(GrantProposed), typeof(GrantGiven), typeof(GrantWithdrawn),
            typeof(ConflictProposed), typeof(ConflictMarked), typeof(ConflictLiftProposed), typeof(ConflictLifted), typeof(GlassBroken), typeof(GlassReviewed), typeof(ChildMerged),
        ]));
        services.AddSingleton(new EventSource("accesses", [typeof(Looked), typeof(LookedV1), typeof(AccessHistory)]));
        services.AddSingleton(new EventSource("bus", [typeof(Parked), typeof(Unparked)]));
        services.AddSingleton(KeyDestruction.Events).AddSingleton<KeyDestruction>();
        services.AddSingleton(new EventSource("platform", [typeof(InstallationBegun)]));
        services.AddSingleton<EventTypes>().AddSingleton<EventCodec>().AddSingleton<PersonalData>().AddSingleton<CommandHandler>();
        services.AddSingleton(provider => new AccessLog(stores.Accesses, provider.GetRequiredService<EventCodec>()));

        // First: hosted services start one after the other, the web server last.
        services.AddHostedService<Groundwork>();
        services.AddSingleton<ProcessingLog>().AddHostedService<OtlpExport>();
        services.AddView<ChildAccess>().AddView<ParkedEvents>();
        services.AddSingleton<ViewHost>().AddHostedService(provider => provider.GetRequiredService<ViewHost>());
        services.AddSingleton<SubscriptionHost>().AddHostedService(provider => provider.GetRequiredService<SubscriptionHost>());
        services.AddSingleton<TimerHost>().AddHostedService(provider => provider.GetRequiredService<TimerHost>());
        services.AddHttpContextAccessor().AddScoped<Caller>().AddScoped<AccessGate>().AddScoped<AccessRecord>().AddSingleton<Pseudonym>();
        return services;
    }
}
