using Barnahus.Intake;
using Barnahus.Platform.Hosting;

await ServiceHost.RunAsync(args, IntakeModule.Module);
