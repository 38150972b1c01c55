using System.Text.RegularExpressions;
using Barnahus.Platform.EventLog;

namespace Barnahus.Reliability.Tests;

/// <summary>What travels over the bus has arrived everywhere, once: looked up in the services, and asked of the reconciliation.</summary>
internal sealed partial class Effects(House house, Desk desk) : IDisposable
{
    private const int Page = 100;
    private static readonly TimeSpan ArrivesWithin = TimeSpan.FromSeconds(60);

    /// <summary>Longer than the longest wait between two attempts at a message (5 s, docs/runbooks/bus.md): what waits is not at rest.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(7);
    private readonly Caller _interviewer = Caller.Person(house, "interviewer");
    private readonly Caller _coordinator = Caller.Person(house, "safety-coordinator");
    private readonly Caller _prosecutor = Caller.Person(house, "prosecutor");

    /// <summary>Waits until all are ready and nothing is written any more.</summary>
    /// <exception cref="TimeoutException">It does not come to rest.</exception>
    public async Task DrainAsync()
    {
        await house.Stack.ReadyAsync();
        var head = await house.HeadAsync();
        for (var began = Environment.TickCount64; Environment.TickCount64 - began < ArrivesWithin.TotalMilliseconds;)
        {
            await Task.Delay(Quiet);
            var now = await house.HeadAsync();
            if (now == head)
            {
                return;
            }

            head = now;
        }

        throw new TimeoutException($"The log still grows {ArrivesWithin.TotalSeconds} s after the last request.");
    }

    /// <summary>Every child whose file was opened: known to Interviews and Safety, and with one case in Turnaround.</summary>
    /// <returns>What is not so.</returns>
    public async Task<IReadOnlyList<string>> MissingAsync(IReadOnlyCollection<Guid> children)
    {
        var missing = new List<string>();
        var cases = await CasesAsync(children);
        foreach (var child in children)
        {
            if (await EventuallyAsync(_interviewer, $"/interviews/v1/children/{child}/interviews") is null)
            {
                missing.Add($"Interviews does not know {child}");
            }

            if ((await EventuallyAsync(_coordinator, $"/safety/v1/children/{child}/plan"))?.Json is not { } plan || !plan.TryGetProperty("fileStatus", out var status) || status.GetString() != "open")
            {
                missing.Add($"Safety does not know that the file of {child} is open");
            }

            if (cases[child].Distinct().Count() != 1)
            {
                missing.Add($"Turnaround has {cases[child].Distinct().Count()} cases of {child}, not 1");
            }
        }

        return missing;
    }

    /// <summary>Publishes everything again: nothing may have been missing.</summary>
    /// <returns>What was said when something was.</returns>
    public async Task<IReadOnlyList<string>> ReconciledAsync() =>
        [.. (await house.ReconcileAsync()).Where(one => !NothingMissing().IsMatch(one.Said)).Select(one => $"{one.Teller} reconciled: {one.Said}")];

    /// <summary>Children whose file was opened.</summary>
    public static IReadOnlyCollection<Guid> ChildrenOf(IEnumerable<LoggedEvent> events) =>
        [.. events.Where(logged => logged.Type.StartsWith("intake.child-file-opened.", StringComparison.Ordinal)).Select(logged => Guid.Parse(logged.Stream["intake.child-".Length..]))];

    public void Dispose()
    {
        foreach (var caller in new[] { _interviewer, _coordinator, _prosecutor })
        {
            caller.Dispose();
        }
    }

    [GeneratedRegex(@"^\d+ messages republished: \d+ already applied, 0 newly applied, 0 failed, 0 under way$", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NothingMissing();

    /// <summary>The cases of each child, once all children have one, or none came in time.</summary>
    private async Task<ILookup<Guid, Guid>> CasesAsync(IReadOnlyCollection<Guid> children)
    {
        var began = Environment.TickCount64;
        while (true)
        {
            var cases = await BoardAsync();
            if (children.All(cases.Contains) || Environment.TickCount64 - began > ArrivesWithin.TotalMilliseconds)
            {
                return cases;
            }

            await Task.Delay(1000);
        }
    }

    private async Task<ILookup<Guid, Guid>> BoardAsync()
    {
        var rows = new List<(Guid Child, Guid Case)>();
        for (var page = 1; await EventuallyAsync(_prosecutor, $"/turnaround/v1/board?page={page}&pageSize={Page}") is { } board; page++)
        {
            var shown = board.Json.EnumerateArray().ToList();
            rows.AddRange(shown.SelectMany(row => row.GetProperty("children").EnumerateArray().Select(child => (child.GetGuid(), row.GetProperty("caseId").GetGuid()))));
            if (shown.Count < Page)
            {
                break;
            }
        }

        return rows.ToLookup(row => row.Child, row => row.Case);
    }

    private async Task<Answer?> EventuallyAsync(Caller caller, string path)
    {
        for (var began = Environment.TickCount64; Environment.TickCount64 - began < ArrivesWithin.TotalMilliseconds;)
        {
            if (await desk.LookAsync(caller, path) is { } answer)
            {
                return answer;
            }

            await Task.Delay(100);
        }

        return null;
    }
}
