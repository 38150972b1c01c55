namespace Barnahus.Identity.Accounts;

/// <summary>
/// One sign-in attempt per account at a time, so that a hundred guesses sent at once are judged one after the other
/// and the lock closes after the fifth. A few accounts share a turnstile; that costs them only a wait.
/// </summary>
public sealed class Turnstiles : IDisposable
{
    private readonly SemaphoreSlim[] _turnstiles = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Waits for the turn; disposing the result gives it on.</summary>
    public async Task<IDisposable> EnterAsync(Guid accountId, CancellationToken cancellationToken)
    {
        var turnstile = _turnstiles[(uint)accountId.GetHashCode() % _turnstiles.Length];
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
