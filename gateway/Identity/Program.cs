using Barnahus.Identity;
using Barnahus.Identity.Setup;
using Barnahus.Platform.Hosting;

await ServiceProcess.RunAsync(args, (settings, stores, configure) => IdentityApp.Build(settings, stores, Announcements.ToFile(), configure));
