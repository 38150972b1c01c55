using System.Collections.Concurrent;
using Barnahus.Identity.Accounts;
using Barnahus.Platform.EventLog;
using Barnahus.Platform.Privacy;
using Barnahus.Platform.Views;

namespace Barnahus.Identity.Sessions;

/// <summary>Sessions that may still be open: to list them, and to tell gateways at once which ones ended or changed.</summary>
public sealed class SessionIndex : View
{
    private readonly ConcurrentDictionary<Guid, SessionRow> _rows = new();
    private readonly ConcurrentQueue<SessionChange> _news = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SessionIndex()
    {
        On<SessionStarted>(e =>
        {
            Forget(e.At);
            _rows[e.SessionId] = new(e.SessionId, e.AccountId, e.Method, e.Device, e.Address, e.At, e.At, e.ExpiresAt, e.Idle);
        });
        On<SessionUsed>(e => Used(e.SessionId, e.At));
        On<SessionConfirmed>((e, envelope) =>
        {
            Used(e.SessionId, e.At);
            Tell(e.SessionId, ended: false, envelope.Position);
        });
        On<SessionPurposeStated>((e, envelope) => Tell(e.SessionId, ended: false, envelope.Position));
        On<SessionEnded>((e, envelope) => End(row => row.SessionId == e.SessionId, envelope.Position));
        On<AccountDisabled>((e, envelope) => EndAll(e.AccountId, envelope.Position));
        On<AccountInvitedAgain>((e, envelope) => EndAll(e.AccountId, envelope.Position));
        On<AccountActivated>((e, envelope) => EndAll(e.AccountId, envelope.Position));
        On<PasswordSet>((e, envelope) =>
        {
            if (e.EndsSessions)
            {
                EndAll(e.AccountId, envelope.Position);
            }
        });
    }

    /// <summary>Sessions of an account that nobody ended and that are neither old nor idle, newest first.</summary>
    /// <param name="now">Security time.</param>
    public IEnumerable<SessionRow> Of(Guid accountId, DateTimeOffset now) => _rows.Values
        .Where(row => row.AccountId == accountId && now <= row.ExpiresAt && now - row.UsedAt <= row.Idle + Session.NoteEvery)
        .OrderByDescending(row => row.StartedAt);

    /// <summary>What ended or changed after a position, as soon as there is something.</summary>
    /// <returns>Empty when nothing did within the time.</returns>
    public async Task<IReadOnlyList<SessionChange>> NewsAsync(LogPosition after, TimeSpan atMost, CancellationToken cancellationToken)
    {
        var moved = Volatile.Read(ref _moved).Task;
        if (After(after) is { Count: > 0 } news)
        {
            return news;
        }

        await Task.WhenAny(moved, Task.Delay(atMost, cancellationToken));
        return After(after);
    }

    private List<SessionChange> After(LogPosition position) => [.. _news.Where(one => one.At > position)];

    private void Used(Guid sessionId, DateTimeOffset at)
    {
        if (_rows.TryGetValue(sessionId, out var row))
        {
            _rows[sessionId] = row with { UsedAt = at };
        }
    }

    private void EndAll(Guid accountId, LogPosition at) => End(row => row.AccountId == accountId, at);

    private void End(Func<SessionRow, bool> which, LogPosition at)
    {
        foreach (var row in _rows.Values.Where(which).ToList())
        {
            Tell(row.SessionId, ended: true, at);
            _rows.TryRemove(row.SessionId, out _);
        }
    }

    private void Tell(Guid sessionId, bool ended, LogPosition at)
    {
        if (_rows.TryGetValue(sessionId, out var row))
        {
            _news.Enqueue(new(sessionId, ended, at, row.ExpiresAt));
            Interlocked.Exchange(ref _moved, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
    }

    /// <summary>What is too old by itself need not be remembered as ended.</summary>
    private void Forget(DateTimeOffset now)
    {
        foreach (var row in _rows.Values.Where(row => row.ExpiresAt < now))
        {
            _rows.TryRemove(row.SessionId, out _);
        }

        while (_news.TryPeek(out var oldest) && oldest.ExpiresAt < now)
        {
            _news.TryDequeue(out _);
        }
    }
}

/// <param name="Device">Sealed.</param>
/// <param name="Address">Sealed.</param>
public sealed record SessionRow(
    Guid SessionId,
    Guid AccountId,
    string Method,
    Personal<string> Device,
    Personal<string> Address,
    DateTimeOffset StartedAt,
    DateTimeOffset UsedAt,
    DateTimeOffset ExpiresAt,
    TimeSpan Idle);

/// <param name="Ended">Else: its purpose or its last proof changed.</param>
/// <param name="At">Position in the log.</param>
/// <param name="ExpiresAt">The session is over by then anyway.</param>
public sealed record SessionChange(Guid SessionId, bool Ended, LogPosition At, DateTimeOffset ExpiresAt);
