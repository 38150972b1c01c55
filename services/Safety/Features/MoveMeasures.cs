using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Barnahus.Safety.Children;
using Barnahus.Safety.Measures;

namespace Barnahus.Safety.Features;

/// <summary>The life of a measure after its proposal: put in force, confirmed, extended, ended, withdrawn.</summary>
public static class MoveMeasures
{
    public static void Map(RouteGroupBuilder child)
    {
        var measure = child.MapGroup("/measures/{measureId:guid}");
        measure.MapPost("/activation", (Guid childId, Guid measureId, ChildRequest request, CancellationToken token) =>
                SendAsync(request, childId, measureId, _ => { }, at => new ActivateMeasure(childId, at, measureId), token))
            .Allow(ChildRequest.Keepers).WithSummary("Record that the measure was put in force");
        measure.MapPost("/confirmation", (Guid childId, Guid measureId, Confirmation body, ChildRequest request, CancellationToken token) =>
                SendAsync(
                    request, childId, measureId,
                    check => check.Optional("note", body.Note),
                    at => new ConfirmMeasure(childId, at, measureId, body.Note), token))
            .Allow(ChildRequest.Keepers).WithSummary("Confirm that the measure holds in practice");
        measure.MapPost("/extension", (Guid childId, Guid measureId, Extension body, ChildRequest request, CancellationToken token) =>
                SendAsync(
                    request, childId, measureId,
                    check => check.Text("ground", body.Ground).Time("end", body.End),
                    at => new ExtendMeasure(childId, at, measureId, body.End.ToUniversalTime(), body.Ground), token))
            .Allow(ChildRequest.Keepers).WithSummary("Let the measure hold longer");
        measure.MapPost("/ending", (Guid childId, Guid measureId, Closing body, ChildRequest request, CancellationToken token) =>
                SendAsync(request, childId, measureId, check => check.Text("reason", body.Reason), at => new EndMeasure(childId, at, measureId, body.Reason), token))
            .Allow(ChildRequest.Keepers).WithSummary("End a measure that was in force");
        measure.MapPost("/withdrawal", (Guid childId, Guid measureId, Closing body, ChildRequest request, CancellationToken token) =>
                SendAsync(request, childId, measureId, check => check.Text("reason", body.Reason), at => new WithdrawMeasure(childId, at, measureId, body.Reason), token))
            .Allow(ChildRequest.Keepers).WithSummary("Give up a measure before it was confirmed");
    }

    private static async Task<Answer<MeasureShort>> SendAsync(
        ChildRequest request, Guid childId, Guid measureId, Action<Fields> check, Func<DateTimeOffset, SafetyCommand> command, CancellationToken token)
    {
        var (context, _) = request.Begin(childId);
        var fields = new Fields();
        check(fields);
        fields.Require();
        var result = await request.SendAsync(command(context.Now), context, token);
        return Reply.Changed(result, MeasureShort.Of(request, result, measureId));
    }

    /// <param name="Note">How it was seen that it holds.</param>
    public sealed record Confirmation(string? Note = null);

    /// <param name="End">The new end.</param>
    /// <param name="Ground">Why.</param>
    public sealed record Extension(DateTimeOffset End, string Ground);

    /// <param name="Reason">Why.</param>
    public sealed record Closing(string Reason);
}

/// <summary>Where a measure stands after a command.</summary>
/// <param name="ConfirmBy">Until when somebody must see that it holds, UTC.</param>
public sealed record MeasureShort(Guid MeasureId, MeasureStatus Status, DateTimeOffset Start, DateTimeOffset? End, Opened<DateTimeOffset> ConfirmBy)
{
    internal static MeasureShort Of(ChildRequest request, CommandResult<ChildSafety> result, Guid measureId)
    {
        var measure = result.State.Measures[measureId];
        return new(measureId, measure.Status, measure.Start, measure.End, request.Open(measure.ConfirmBy));
    }
}
