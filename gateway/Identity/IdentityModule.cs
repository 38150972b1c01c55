using Barnahus.Identity.Accounts;
using Barnahus.Identity.Clients;
using Barnahus.Identity.Features;
using Barnahus.Identity.Keys;
using Barnahus.Identity.Setup;
using Barnahus.Identity.Tokens;
using Barnahus.Platform.Hosting;
using Microsoft.AspNetCore.Identity;

namespace Barnahus.Identity;

/// <summary>The identity provider: accounts, clients, tokens.</summary>
public static class IdentityModule
{
    public const string Name = "identity";

    public static IServiceCollection AddIdentity(this IServiceCollection services, IdentitySettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<SigningKeyRing>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<UsedAssertions>();
        services.AddSingleton(new GatewayClient(settings.GatewayKey));
        services.AddSingleton<ClientAssertions>();
        services.AddAccounts(settings);
        services.AddScoped<FirstAdministrator>();
        services.AddScoped<DemoAccounts>();
        services.AddScoped<DemoPartners>();
        services.AddHostedService<IdentityStart>();

        // The provider trusts its own keys without asking itself over HTTP.
        var tokens = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Issuer", settings.Issuer)])
            .Build();
        services.AddServiceTokens(tokens, provider => provider.GetRequiredService<SigningKeyRing>().PublicKeys);
        return services;
    }

    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        Discovery.Map(routes);
        IssueToken.Map(routes);
        BackChannel.Map(routes);
    }

    private static void AddAccounts(this IServiceCollection services, IdentitySettings settings)
    {
        services.AddScoped<Hand>();
        services.AddScoped<AccountStore>();
        services.AddScoped<IUserStore<AccountUser>>(provider => provider.GetRequiredService<AccountStore>());
        services.AddScoped<SignInDesk>();
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
