using Barnahus.Platform.EventLog;

namespace Barnahus.Platform.Deciding;

/// <summary>Where a stream stands after a command.</summary>
/// <param name="State">State after the command.</param>
/// <param name="Revision">Revision of the stream (the ETag).</param>
/// <param name="Position">Position in the log from which on a view shows it.</param>
/// <param name="Events">Events of this command, decoded as appended; those of the first time when it is a repetition.</param>
public sealed record CommandResult<TState>(TState State, long Revision, LogPosition Position, IReadOnlyList<IEvent> Events);

/// <summary>A rule of the field refuses (409).</summary>
public sealed class RefusedException(string rule, string detail) : Exception(detail)
{
    /// <summary>Stable name of the rule, kebab-case.</summary>
    public string Rule { get; } = rule;
}

/// <summary>The user decided on a state that has changed since (412).</summary>
public sealed class StaleException(long seen, long actual)
    : Exception($"You saw version {seen}; it is now {actual}. Read it again and decide again.")
{
    public long Actual { get; } = actual;
}

/// <summary>An Idempotency-Key came a second time, with another body (409): answering as if that were done would hide a mistake.</summary>
public sealed class KeyReusedException() : Exception(
    "This Idempotency-Key came before with another body, and that was carried out. Nothing was changed now. Send a new request with a new key.")
{
    /// <summary>Where both marks are known, they must be the same.</summary>
    internal static void ThrowIfOther(string? before, string? now)
    {
        if (before is not null && now is not null && before != now)
        {
            throw new KeyReusedException();
        }
    }
}

/// <summary>There is no such thing, or it is not yours: one answer for both (404).</summary>
public sealed class UnknownException() : Exception(Words)
{
    /// <summary>The same words for an address that is not there: nothing tells the one from the other.</summary>
    public const string Words = "There is nothing here for you. Check the address, your role and the purpose you stated.";
}

/// <summary>The request cannot be understood (400), with what is wrong per field.</summary>
public sealed class InvalidException(IReadOnlyDictionary<string, string[]> errors) : Exception("The request has errors; see the fields.")
{
    public InvalidException(string field, string error)
        : this(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [error] })
    {
    }

    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors;
}
