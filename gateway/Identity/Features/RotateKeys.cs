using Barnahus.Identity.Keys;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;
using Barnahus.Platform.Hosting;

namespace Barnahus.Identity.Features;

/// <summary>
/// The keys that sign access tokens. They follow each other by themselves; by hand a next one is added ahead of its time, or one that may have fallen
/// into wrong hands is withdrawn.
/// </summary>
public static class RotateKeys
{
    public static void Map(RouteGroupBuilder routes)
    {
        var keys = routes.MapGroup("/signing-keys");
        keys.MapGet("", (SigningKeyRing ring, TimeProvider time) => Reply.Read(Show(ring, time)))
            .Allow(Roles.Administrator, Roles.Auditor).WithSummary("Published signing keys, newest last");
        keys.MapPost("", AddAsync).Allow(Roles.Administrator).RequireRecentSignIn().WithSummary("Publishes the next key now; it signs from two days on");
        keys.MapPost("/{keyId:guid}/withdrawal", WithdrawAsync).Allow(Roles.Administrator).RequireRecentSignIn()
            .WithSummary("Withdraws a key at once: what it signed is refused as soon as a service reads the keys anew, at most two minutes later (Tokens:KeysEvery at the provider and at the service)");
    }

    private static async Task<Answer<List<SigningKeyReply>>> AddAsync(SigningKeyRing ring, TimeProvider time, Caller caller, CancellationToken cancellationToken) =>
        Reply.Changed(await ring.AddNextAsync(caller.Command(), cancellationToken), Show(ring, time));

    private static async Task<Answer<List<SigningKeyReply>>> WithdrawAsync(Guid keyId, SigningKeyRing ring, TimeProvider time, Caller caller, CancellationToken cancellationToken)
    {
        // Withdrawn by this very request before: it still says what it did.
        var result = await ring.WithdrawAsync(keyId, caller.Command(), cancellationToken);
        return result.Events.Count == 0 ? throw new UnknownException() : Reply.Changed(result, Show(ring, time));
    }

    private static List<SigningKeyReply> Show(SigningKeyRing ring, TimeProvider time)
    {
        var signer = ring.Credentials.Kid;
        return [.. ring.Published.Select(key => new SigningKeyReply(
            key.KeyId, key.At, key.KeyId.ToString("N") == signer ? "signs" : key.At + SigningKeys.Lead > time.GetUtcNow() ? "next" : "published"))];
    }

    /// <param name="PublishedAt">From when on it was published.</param>
    /// <param name="Status"><c>next</c>, <c>signs</c> or <c>published</c> (until its tokens are gone).</param>
    internal sealed record SigningKeyReply(Guid KeyId, DateTimeOffset PublishedAt, string Status);
}
