using Barnahus.Identity;
using Barnahus.Identity.Setup;
using Barnahus.Platform.Hosting;

// A process of its own has a log file for a console: what is meant for the person who starts it goes where only that person reads.
var told = Environment.GetEnvironmentVariable("Identity__AnnouncementsFile");
Action<string>? say = told is null ? null : line => DemoFolder.Append(told, line);
await ServiceProcess.RunAsync(args, (settings, stores, configure) => IdentityApp.Build(settings, stores, say, configure));
