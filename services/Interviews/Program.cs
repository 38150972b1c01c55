using Barnahus.Interviews;
using Barnahus.Platform.Hosting;

await ServiceProcess.RunAsync(args, (settings, stores, configure) => ServiceHost.Build(settings, stores, [InterviewsModule.Module], configure));
