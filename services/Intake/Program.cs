using Barnahus.Intake;
using Barnahus.Platform.Hosting;

await ServiceProcess.RunAsync(args, (settings, stores, configure) => ServiceHost.Build(settings, stores, [IntakeModule.Module], configure));
