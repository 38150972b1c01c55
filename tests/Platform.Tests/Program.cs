using Barnahus.Platform.Tests.EventLog;
using Barnahus.Platform.Tests.Nodes;

// Started by tests as a process of its own, so that it can be killed in the middle of its work. The test runner does not come here.
return args switch
{
    ["write"] => await WritingChild.RunAsync(),
    ["guard", var folder] => await GuardTests.RunAsync(folder),
    _ => 2,
};
