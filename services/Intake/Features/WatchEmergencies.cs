using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Barnahus.Intake.Views;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Hosting;
using Barnahus.Platform.Privacy;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Barnahus.Intake.Features;

/// <summary>What the team and the auditor see of emergency openings: the list with what is still to be judged, and the alarm as it happens.</summary>
public static class WatchEmergencies
{
    /// <summary>Proxies and browsers take a silent stream for a dead one.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private const string Look = "emergency-opening";
    private const string LastEventId = "Last-Event-ID";

    private static string[] Watchers { get; } = [.. Roles.All.Except([Roles.Planner, Roles.Administrator])];

    /// <param name="Reason">Why; absent for an auditor, who sees no content.</param>
    /// <param name="Review">Absent while it is still to be judged.</param>
    public sealed record Opening(
        Guid BreakId, Guid ChildId, Guid AccountId, string Role, DateTimeOffset At, DateTimeOffset Until, Opened<string>? Reason, Judged? Review);

    public sealed record Judged(Guid? By, DateTimeOffset At, bool Justified, Opened<string>? Remark);

    /// <param name="Until">When it ends by itself.</param>
    public sealed record Alarm(Guid BreakId, Guid ChildId, Guid AccountId, string Role, DateTimeOffset At, DateTimeOffset Until);

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/access/emergency-openings", List).Allow(Watchers)
            .WithSummary("Emergency openings of files of your teams (an auditor: of all), latest first; open=true: only what is still to be judged.");
        routes.MapGet("/access/alarms", Alarms).Allow(Watchers).DisableRequestTimeout()
            .WithSummary("The alarm as it happens (server-sent events): each emergency opening of a file of your teams, with no content.")
            .WithDescription("It ends with the access token, after five minutes at most, or with the session. Ask again with the Last-Event-ID you were given: none is passed over.");
    }

    private static Answer<List<Opening>> List(
        HttpContext http, Caller caller, AccessGate gate, EmergencyOpenings openings, PersonalData personal, bool? open, int? page, int? pageSize)
    {
        var shown = openings.All.Where(one => Concerns(one, caller, gate) && (open != true || one.Review is null)).ToList().Page(http, page, pageSize);
        return Reply.Read(shown.Select(one =>
        {
            var reads = gate.Look(one.ChildId, DataGroup.File) == Sight.Full;
            caller.Saw(SubjectId.Child(one.ChildId), Look);
            return new Opening(
                one.BreakId,
                one.ChildId,
                one.AccountId,
                one.Role,
                one.At,
                one.Until,
                reads ? personal.Open(one.Reason) : null,
                one.Review is not { } review ? null : new(
                    review.By, review.At, review.Justified, reads && review.Remark is { } remark ? personal.Open(remark) : null));
        }).ToList());
    }

    private static ServerSentEventsResult<Alarm?> Alarms(
        HttpContext http, Caller caller, AccessGate gate, AccessRecord record, EmergencyOpenings openings, TimeProvider time, CancellationToken cancellationToken)
    {
        var after = openings.Latest;
        return http.Request.Headers[LastEventId].ToString() is { Length: > 0 } last && !LogPosition.TryParse(last, out after)
            ? throw new InvalidException(LastEventId, "Send the id of the last event you were given, or nothing.")
            : TypedResults.ServerSentEvents(AlarmsAsync(after, caller, gate, record, openings, time, cancellationToken));
    }

    /// <summary>Goes on as long as the token that opened it: what was taken from an account since is gone with its next one.</summary>
    private static async IAsyncEnumerable<SseItem<Alarm?>> AlarmsAsync(
        LogPosition after,
        Caller caller,
        AccessGate gate,
        AccessRecord record,
        EmergencyOpenings openings,
        TimeProvider time,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return new(null, "watching") { EventId = after.ToString() };
        while (caller.TokenEndsAt - time.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            var next = openings.Next;
            foreach (var one in openings.After(after).Where(one => Concerns(one, caller, gate)))
            {
                await record.LookAsync(SubjectId.Child(one.ChildId), Look);
                after = one.Position;
                yield return new(new(one.BreakId, one.ChildId, one.AccountId, one.Role, one.At, one.Until), "emergency-opening") { EventId = after.ToString() };
            }

            var opened = await Task.WhenAny(next, Task.Delay(left < Heartbeat ? left : Heartbeat, time, cancellationToken)) == next;
            cancellationToken.ThrowIfCancellationRequested();
            if (!opened)
            {
                yield return new(null, "watching");
            }
        }
    }

    /// <summary>The team, the auditor, and who opened it.</summary>
    private static bool Concerns(EmergencyOpening one, Caller caller, AccessGate gate) =>
        caller.Role == Roles.Auditor ? gate.May(one.ChildId, DataGroup.Accesses) : one.AccountId == caller.AccountId || gate.IsMember(one.ChildId);
}
