using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Deciding;

/// <summary>What a decider answers: the events that follow, possibly none, or the rule that refuses.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>Nothing changes; the wish was already so.</summary>
    public static Decision Nothing { get; } = new Accepted([]);

    public static Decision Accept(params IReadOnlyList<IEvent> events) => new Accepted(events);

    /// <param name="rule">Stable name of the rule, kebab-case: it is the problem's <c>rule</c> and part of its <c>type</c>.</param>
    /// <param name="detail">For a person: what is in the way and what to do now. No personal data.</param>
    public static Decision Refuse(string rule, string detail) => new Refused(rule, detail);

    public sealed record Accepted(IReadOnlyList<IEvent> Events) : Decision;

    public sealed record Refused(string Rule, string Detail) : Decision;
}

/// <summary>
/// A command that rests on what its sender judged by looking: when somebody else writes at the same moment it is not decided again on what the
/// sender never saw, but answered as busy. Every other command is decided again on what is then true.
/// </summary>
public interface IDecidedOnce;

/// <summary>
/// How one kind of stream decides: pure functions. No clock, no ids, no I/O: they come in with the command.
/// </summary>
/// <typeparam name="TCommand">Base of the commands.</typeparam>
/// <typeparam name="TState">State folded from the stream: an immutable record.</typeparam>
/// <param name="Initial">State of a stream without events.</param>
/// <param name="Decide">Command and state to decision.</param>
/// <param name="Evolve">State and event to state. Knows every event of the stream; ignores none in silence.</param>
public sealed record Decider<TCommand, TState>(
    TState Initial,
    Func<TCommand, TState, Decision> Decide,
    Func<TState, IEvent, TState> Evolve);
