using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Features;
using Barnahus.Identity.Keys;
using Barnahus.Identity.Messages;
using Barnahus.Identity.Sessions;
using Barnahus.Identity.Setup;
using Barnahus.Identity.Tokens;
using Barnahus.Identity.Views;
using Barnahus.Platform.Bus;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Barnahus.Identity;

/// <summary>The identity provider: accounts, clients, tokens.</summary>
public static class IdentityModule
{
    public const string Name = "identity";

    /// <summary>The provider itself; <see cref="AddIdentity"/> adds what needs settings.</summary>
    public static ServiceModule Module { get; } = new(Name, AddViews, _ => { }, routes => MapIdentity(routes, issues: true));

    /// <summary>The same accounts, clients and sessions where another issuer signs the tokens; it brings an <see cref="ITokenSigner"/> of its own.</summary>
    public static ServiceModule WithoutIssuer { get; } = new(Name, AddViews, _ => { }, routes => MapIdentity(routes, issues: false));

    /// <summary>
    /// Tells the services of accounts. With the mediator it stands in the services' host, whose consumers it reaches; with a broker
    /// the provider tells itself (<see cref="IdentityApp"/>).
    /// </summary>
    public static ServiceModule Announcer { get; } = new(
        "identity-announcer",
        services => services.AddEvents(typeof(IdentityModule).Assembly, Name).AddPublication<PublishAccountChanged>(),
        _ => { },
        _ => { });

    public static IServiceCollection AddIdentity(this IServiceCollection services, IdentitySettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton<AccessTokens>();
        services.AddScoped<SessionDesk>();
        services.AddSingleton<OneTimeProofs>();
        services.AddSingleton(new GatewayClient(settings.GatewayKey));
        services.AddSingleton<ClientAssertions>();
        services.AddAccounts(settings);
        services.AddScoped<FirstAdministrators>();
        services.AddScoped<DemoAccounts>();
        services.AddScoped<DemoPartners>();
        services.AddHostedService<IdentityStart>();
        return services;
    }

    /// <summary>The issuer that is built in; before <see cref="AddIdentity"/>, whose start needs a key.</summary>
    public static IServiceCollection AddEmbeddedIssuer(this IServiceCollection services)
    {
        services.AddSingleton<SigningKeyRing>();
        services.AddSingleton<ITokenSigner, EmbeddedSigner>();
        services.AddHostedService<KeyRotation>();

        // The provider trusts its own keys without asking itself over HTTP.
        services.AddOwnKeys(provider => provider.GetRequiredService<SigningKeyRing>().PublicKeys);
        return services;
    }

    /// <summary>With a broker the provider itself tells of accounts; the mediator is the services' own (<see cref="Announcer"/>).</summary>
    public static IServiceCollection AddAnnouncing(this IServiceCollection services, IConfiguration configuration) =>
        BusSettings.From(configuration).Broker is null ? services : services.AddPublication<PublishAccountChanged>();

    private static void AddViews(IServiceCollection services)
    {
        services.AddEvents(typeof(IdentityModule).Assembly, Name);
        services.AddView<AccountIndex>();
        services.AddView<ClientIndex>();
        services.AddView<SessionIndex>();
    }

    private static void MapIdentity(IEndpointRouteBuilder routes, bool issues)
    {
        BackChannel.Map(routes);
        var identity = routes.MapService(Name);
        ListAccounts.Map(identity);
        InviteAccount.Map(identity);
        ChangeAccount.Map(identity);
        EndSessions.Map(identity);
        RecoverAccount.Map(identity);
        AnswerProposals.Map(identity);
        if (issues)
        {
            Discovery.Map(routes);
            IssueToken.Map(routes);
            RotateKeys.Map(identity);
        }
        ListClients.Map(identity);
        RegisterClient.Map(identity);
        ChangeClient.Map(identity);
    }

    private static void AddAccounts(this IServiceCollection services, IdentitySettings settings)
    {
        services.AddScoped<Hand>();
        services.AddScoped<AccountStore>();
        services.AddScoped<IUserStore<AccountUser>>(provider => provider.GetRequiredService<AccountStore>());
        services.AddScoped<SignInDesk>();
        services.AddScoped<PasskeyDesk>();
        services.AddScoped<IPasskeyHandler<AccountUser>, PasskeyHandler<AccountUser>>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            // The address people reach Barnahus under, and no other. A passkey replaces password and code, so the device must verify its user.
            options.ServerDomain = settings.Gateway.Host;
            options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && context.Origin == settings.Gateway.GetLeftPart(UriPartial.Authority));
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
        });
        services.AddScoped<Invitations>();
        services.AddSingleton<Turnstiles>();
        services.AddSingleton<StrangersPassword>();
        services.AddSingleton<IPasswordHasher<AccountUser>, PasswordHasher<AccountUser>>();
        services.AddSingleton<ILookupNormalizer, LoginNameNormaliser>();
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = settings.PasswordRounds);
        services.AddIdentityCore<AccountUser>(options =>
            {
                // Length, not composition (NIST SP 800-63B; NCSC-NL says the same).
                options.Password.RequiredLength = 12;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;
                options.Lockout.MaxFailedAccessAttempts = 5;
                options.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            })
            .AddTokenProvider<AuthenticatorTokenProvider<AccountUser>>(TokenOptions.DefaultAuthenticatorProvider);
    }
}
