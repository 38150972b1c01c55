using Barnahus.Platform.Privacy;
using Barnahus.Testing;
using Barnahus.Turnaround.Cases;

namespace Barnahus.Turnaround.Tests.Cases;

/// <summary>What a case decides, with its clocks opened before as in the service, and after so that a test can look at them.</summary>
public abstract class CaseSpec() : DeciderSpec<CaseCommand, Case>(Some.Decider)
{
    protected override IKeyVault Vault => Some.Vault;
}
