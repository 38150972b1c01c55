using Barnahus.Platform.Tests.EventLog;

// Started by KilledWriterTests as a process of its own, so that it can be killed while it writes. The test runner does not come here.
return args is ["write"] ? await WritingChild.RunAsync() : 2;
