using Barnahus.Platform.Deciding;

namespace Barnahus.Identity.Accounts;

/// <summary>Attempts on names that no account has, each in a stream of its own.</summary>
public static class UnknownSignIns
{
    public static readonly Decider<UnknownSignIn, int> Decider = new(
        0,
        (attempt, _) => Decision.Accept(attempt),
        (attempts, @event) => @event is UnknownSignIn ? attempts + 1 : throw new InvalidOperationException($"Unknown {@event.GetType().Name}."));

    public static string Stream(Guid attemptId) => $"identity.unknown-sign-in-{attemptId:D}";
}
