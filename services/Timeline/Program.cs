using Barnahus.Platform.Hosting;
using Barnahus.Timeline;

await ServiceHost.RunAsync(args, TimelineModule.Module);
