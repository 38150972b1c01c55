namespace Barnahus.Identity.Accounts;

/// <summary>
/// One attempt at a time to sign in to an account, or to prove in a session that one is its holder: a hundred guesses sent at once are judged one
/// after the other, and after the fifth the account is locked, or the session ended. A few share a turnstile; that costs them only a wait.
/// </summary>
public sealed class Turnstiles : IDisposable
{
    private readonly SemaphoreSlim[] _turnstiles = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the turn; disposing the result gives it on.</summary>
    /// <param name="id">Of the account, or of the session.</param>
    public async Task<IDisposable> EnterAsync(Guid id, CancellationToken cancellationToken)
    {
        var turnstile = _turnstiles[(uint)id.GetHashCode() % _turnstiles.Length];
        await turnstile.WaitAsync(cancellationToken);
        return new Turn(turnstile);
    }

    public void Dispose()
    {
        foreach (var turnstile in _turnstiles)
        {
            turnstile.Dispose();
        }
    }

    private sealed class Turn(SemaphoreSlim turnstile) : IDisposable
    {
        public void Dispose() => turnstile.Release();
    }
}
