using Barnahus.Safety;
using Barnahus.Platform.Hosting;

await ServiceProcess.RunAsync(args, (settings, stores, configure) => ServiceHost.Build(settings, stores, [SafetyModule.Module], configure));
