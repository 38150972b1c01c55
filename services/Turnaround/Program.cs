using Barnahus.Platform.Hosting;
using Barnahus.Turnaround;

await ServiceHost.RunAsync(args, TurnaroundModule.Module);
