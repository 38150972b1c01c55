using Barnahus.Identity.Duende;
using Barnahus.Identity.Setup;
using Barnahus.Platform.Hosting;

await ServiceProcess.RunAsync(args, (settings, stores, configure) => DuendeApp.Build(settings, stores, Announcements.ToFile(), configure));
