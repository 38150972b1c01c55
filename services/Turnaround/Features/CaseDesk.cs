using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Cases;

namespace Barnahus.Turnaround.Features;

/// <summary>Takes what a person decides about a case: on the team of its children, in words that say why, at a time that can be.</summary>
public sealed class CaseDesk(CommandHandler handler, CaseOpener opener, CaseSight sight, Caller caller, ClockRows rows)
{
    /// <summary>Decides, and answers with the clocks as they stand then.</summary>
    /// <exception cref="UnknownException">No such case, or the caller is not on the team.</exception>
    public async Task<Answer<CaseShort>> DecideAsync(Guid caseId, Func<DateTimeOffset, CaseCommand> command, CancellationToken cancellationToken)
    {
        // From the stream and not from a view: a case that was opened a moment ago is there.
        var (state, _) = await handler.StateAsync(opener.Decider, Case.Stream(caseId), cancellationToken);
        sight.RequireMember(state);
        var context = caller.Command();
        var result = await handler.HandleAsync(opener.Decider, Case.Stream(caseId), command(context.Now), context, cancellationToken);
        return Reply.Changed(result, ShortForm(caseId, result.State));
    }

    public CaseShort ShortForm(Guid caseId, Case state) => new(
        caseId,
        [.. sight.Clocks(opener.Open(state)).Where(open => open.WithdrawnFor is null).Select(rows.Of)]);

    /// <summary>Numbers that the case has elsewhere; blank is none.</summary>
    public static CaseNumbers? Numbers(string? parketNumber, string? reportNumber)
    {
        var (parket, report) = (Given(parketNumber), Given(reportNumber));
        return parket is null && report is null ? null : new(parket, report);
    }

    private static string? Given(string? number) => number?.Trim() is { Length: > 0 } given ? given : null;
}

internal static class CaseFields
{
    public static Fields Numbers(this Fields fields, string? parketNumber, string? reportNumber) => fields
        .Check("parketnummer", parketNumber?.Trim().Length is null or <= 40, "At most 40 characters.")
        .Check("procesVerbaalnummer", reportNumber?.Trim().Length is null or <= 40, "At most 40 characters.");
}

/// <param name="CaseId">The case.</param>
/// <param name="Clocks">Its clocks that count, as they stand now.</param>
public sealed record CaseShort(Guid CaseId, IReadOnlyList<ClockRow> Clocks);
