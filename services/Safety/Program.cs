using Barnahus.Platform.Hosting;
using Barnahus.Safety;

await ServiceHost.RunAsync(args, SafetyModule.Module);
