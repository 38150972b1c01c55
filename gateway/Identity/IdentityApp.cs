using Barnahus.Identity.Setup;
using Barnahus.Platform.Hosting;

namespace Barnahus.Identity;

/// <summary>The identity provider as a web application: a process of its own, or one more application in a process.</summary>
public static class IdentityApp
{
    /// <summary>Builds it; the caller runs it, before the services that ask it for its keys.</summary>
    /// <param name="args">Configuration as <c>--Name=value</c>; see <see cref="IdentitySettings"/>. It listens on <c>--urls</c>.</param>
    /// <param name="stores">Shared with the other applications of the process.</param>
    /// <param name="say">Where the setup code or the demonstration's password is shown; null: the console.</param>
    /// <param name="configure">What a host or a test adds or replaces, last.</param>
    public static WebApplication Build(
        string[] args, Stores stores, Action<string>? say = null, Action<WebApplicationBuilder>? configure = null) =>
        ServiceHost.Build(args, stores, [IdentityModule.Module], builder =>
        {
            builder.Services.AddEmbeddedIssuer();
            builder.Services.AddIdentity(IdentitySettings.From(builder.Configuration));
            builder.Services.AddAnnouncing(builder.Configuration);
            builder.Services.AddSingleton(new Announcements(say ?? Console.WriteLine));
            configure?.Invoke(builder);
        });
}
