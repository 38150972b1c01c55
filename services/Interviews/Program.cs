await Barnahus.Platform.Hosting.ServiceHost.RunAsync(args, Barnahus.Interviews.InterviewsModule.Module);
