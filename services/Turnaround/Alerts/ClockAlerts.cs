using System.Globalization;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Timers;
using Barnahus.Turnaround.Cases;
using Barnahus.Turnaround.Views;

namespace Barnahus.Turnaround.Alerts;

/// <summary>
/// Alerts at 50, 80 and 100 percent of a term, each once for each date: the command's id follows from clock, threshold, when people set the date, and
/// how often what the clock goes by was put right; the case remembers which were given, and it decides by its own stream whether so much is really
/// used. The date of a norm is in no id: it counts back to what is sealed.
/// </summary>
public sealed class ClockAlerts(CaseImages cases, CommandHandler handler, CaseOpener opener) : IServiceTimer
{
    public string Name => "turnaround.clock-alerts";

    public IEnumerable<DueItem> Due(DateTimeOffset now) =>
        cases.Reckoned.Due(now).Select(alert => new DueItem(IdOf(alert), alert.At, SubjectId.Child(alert.ChildId)));

    public async Task FireAsync(DueItem item, CommandContext context, CancellationToken cancellationToken)
    {
        var parts = item.Id.Split('/');
        var command = new CaseCommand.Alert(Guid.Parse(parts[1]), int.Parse(parts[2], CultureInfo.InvariantCulture), context.Now);
        await handler.HandleAsync(opener.Decider, Case.Stream(Guid.Parse(parts[0])), command, context, cancellationToken);
    }

    private static string IdOf(DueAlert alert)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{alert.CaseId:D}/{alert.ClockId:D}/{alert.Threshold}");
        id = alert.Corrections == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}/corrected-{alert.Corrections}");
        return alert.DateSetAt is { } setAt ? string.Create(CultureInfo.InvariantCulture, $"{id}/{setAt.ToUniversalTime():O}") : id;
    }
}
