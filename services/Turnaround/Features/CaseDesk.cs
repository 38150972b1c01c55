using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Turnaround.Cases;

namespace Barnahus.Turnaround.Features;

/// <summary>Takes what a person decides about a case: on the team of its children, in words that say why, at a time that can be.</summary>
public sealed class CaseDesk(CommandHandler handler, CaseOpener opener, CaseSight sight, Caller caller, ClockRows rows)
{
    private const int MaxText = 4000;
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Decides, and answers with the clocks as they stand then.</summary>
    /// <exception cref="UnknownException">No such case, or the caller is not on the team.</exception>
    public async Task<IResult> DecideAsync(Guid caseId, Func<DateTimeOffset, CaseCommand> command, CancellationToken cancellationToken)
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
        [
            .. opener.Open(state).Clocks.Values
                .Where(open => open.WithdrawnFor is null)
                .OrderBy(open => open.StartedAt)
                .ThenBy(open => open.ClockId)
                .Select(rows.Of),
        ]);

    /// <exception cref="InvalidException">Empty or too long.</exception>
    public static string Text(string field, string? text) => text?.Trim() switch
    {
        null or "" => throw new InvalidException(field, "Say why, in a few words."),
        { Length: > MaxText } => throw new InvalidException(field, "At most 4000 characters."),
        var said => said,
    };

    /// <exception cref="InvalidException">Not a time that can be meant.</exception>
    public static DateTimeOffset Time(string field, DateTimeOffset time) => time >= Earliest && time < Latest
        ? time.ToUniversalTime()
        : throw new InvalidException(field, "Between the years 2000 and 2200.");

    /// <exception cref="InvalidException">Too long.</exception>
    public static CaseNumbers? Numbers(string? parketNumber, string? reportNumber)
    {
        var (parket, report) = (Number("parketnummer", parketNumber), Number("procesVerbaalnummer", reportNumber));
        return parket is null && report is null ? null : new(parket, report);
    }

    private static string? Number(string field, string? number) => number?.Trim() switch
    {
        null or "" => null,
        { Length: > 40 } => throw new InvalidException(field, "At most 40 characters."),
        var given => given,
    };
}

/// <param name="CaseId">The case.</param>
/// <param name="Clocks">Its clocks that count, as they stand now.</param>
public sealed record CaseShort(Guid CaseId, IReadOnlyList<ClockRow> Clocks);
