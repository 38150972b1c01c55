using Barnahus.Turnaround;
using Barnahus.Platform.Hosting;

await ServiceProcess.RunAsync(args, (settings, stores, configure) => ServiceHost.Build(settings, stores, [TurnaroundModule.Module], configure));
