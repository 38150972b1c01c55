using Barnahus.Platform.Deciding;
using Barnahus.Platform.Privacy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Barnahus.Platform.Access;

/// <summary>What this request saw, put on the access log before any of it leaves. One per request.</summary>
public sealed class AccessRecord(Caller caller, AccessLog log, ProcessingLog processing, IHttpContextAccessor accessor)
{
    private const string Command = "command";

    /// <summary>
    /// Records all that was seen, and closes the looks of the request. A command was let in to whom it changes, and its answer shows where they stand
    /// now: that is a look too, where the command named none itself.
    /// </summary>
    /// <exception cref="NotRecordedException">It is not on the record, so the answer must stay behind.</exception>
    internal Task CloseAsync()
    {
        foreach (var subject in caller.Admitted.Where(subject => !caller.Looks.ContainsKey(subject)))
        {
            caller.Saw(subject, Command);
        }

        caller.CloseLooks();
        return caller.Looks.Count == 0 ? Task.CompletedTask : RecordAsync([.. caller.Looks.Select(look => new Look(look.Key, [.. look.Value]))]);
    }

    /// <summary>Records which rule stood in the way: it tells something of whom the request may change. Nothing else of them leaves.</summary>
    /// <inheritdoc cref="CloseAsync"/>
    internal Task RefuseAsync(string rule)
    {
        caller.ForgetLooks();
        foreach (var subject in caller.Admitted)
        {
            caller.Saw(subject, $"rule:{rule}");
        }

        return CloseAsync();
    }

    /// <summary>For an answer that goes on while it is written: the next piece of it shows this, and may leave when this returns.</summary>
    /// <inheritdoc cref="CloseAsync"/>
    public Task LookAsync(SubjectId about, string what) => RecordAsync([new Look(about, [what])]);

    private async Task RecordAsync(IReadOnlyList<Look> looks)
    {
        var http = accessor.HttpContext!;
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var looked = new Looked(caller.RequestId, http.Request.Method, route, caller.SessionId, looks);

        // Not cancelled with the request: once looked up, the look is on the record whether or not the answer is awaited. Without the trace: the operation
        // id alone joins it with the processing log.
        var context = caller.Command();
        await log.RecordAsync(looked, context with { CommandId = FreshId.New(), TraceParent = null }, CancellationToken.None);
        processing.Record(caller.RequestId, context, ProcessingLog.Consult, looks.Select(look => look.About));
    }
}
