using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Clocks;
using Barnahus.Turnaround.Views;

namespace Barnahus.Turnaround.Features;

/// <summary>Makes rows of clocks as this caller may see them, with norm, signal and forecast.</summary>
public sealed class ClockRows(CaseImages cases, NormImage norms, CaseSight sight, DomainClock clock)
{
    public ClockRow Of(Clock open)
    {
        var outcomes = cases.Reckoned.Outcomes().TryGetValue(open.Norm.Rule.Clock, out var known) ? known : [];
        return sight.Named(open, ClockRow.Of(open, norms.Book, Forecast.Of(open, outcomes, clock.Now), clock.Now));
    }
}
