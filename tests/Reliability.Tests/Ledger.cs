using System.Collections.Concurrent;

namespace Barnahus.Reliability.Tests;

/// <summary>What the client was told of an operation.</summary>
public enum Told
{
    /// <summary>Nothing that says whether it was done: no answer, or one of 503 and its like.</summary>
    Nothing,

    /// <summary>It was done (2xx): acknowledged.</summary>
    Done,

    /// <summary>It was not done (4xx), and will not be.</summary>
    Refused,
}

/// <summary>What is asked of the house.</summary>
/// <param name="Name">For people.</param>
/// <param name="Event">Event that it leads to exactly once, without its version.</param>
public sealed record Kind(string Name, string Event);

/// <summary>One thing that was asked of the house, however often it was sent.</summary>
/// <param name="Kind">What.</param>
/// <param name="CommandId">What the log knows it by: it follows from who asked, the address and the <c>Idempotency-Key</c>.</param>
/// <param name="Fault">What was wrong when it was asked first.</param>
public sealed record Operation(Kind Kind, Guid CommandId, string Fault)
{
    public Told Told { get; set; }

    /// <summary>Rule or status that refused it.</summary>
    public string? Refusal { get; set; }
}

/// <summary>All that was asked, and all answers that should not have come.</summary>
public sealed class Ledger
{
    private readonly ConcurrentQueue<Operation> _operations = new();
    private readonly ConcurrentQueue<(string Fault, string What)> _surprises = new();

    /// <summary>What is wrong at this moment.</summary>
    public string Fault { get; set; } = Faults.None;

    public IReadOnlyCollection<Operation> Operations => _operations;

    /// <summary>Answers that contradict what was answered before, or that no rule foresees.</summary>
    public IReadOnlyCollection<(string Fault, string What)> Surprises => _surprises;

    public Operation Begin(Kind kind, Guid commandId)
    {
        var operation = new Operation(kind, commandId, Fault);
        _operations.Enqueue(operation);
        return operation;
    }

    public void Surprised(string what) => _surprises.Enqueue((Fault, what));
}
