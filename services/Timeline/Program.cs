using Barnahus.Timeline;
using Barnahus.Platform.Hosting;

await ServiceProcess.RunAsync(args, (settings, stores, configure) => ServiceHost.Build(settings, stores, [TimelineModule.Module], configure));
