using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Barnahus.Platform.Hosting;

/// <summary>What weighs so heavily that a person must have proved shortly before who they are: a session left open on a desk is not enough.</summary>
public sealed record RecentSignIn
{
    /// <summary>A proof is recent for this long.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(5);

    /// <summary>Where a person proves once more who they are: a page at the gateway, and under <c>/api</c> the same for a script.</summary>
    public const string ConfirmationPath = "/account/confirmation";

    /// <param name="authTime">The token's <c>auth_time</c>, seconds since 1970 (OpenID Connect Core 1.0, 2).</param>
    /// <param name="now">Security time.</param>
    public static bool Has(string? authTime, DateTimeOffset now) =>
        long.TryParse(authTime, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && now.ToUnixTimeSeconds() - seconds <= Within.TotalSeconds;

    /// <summary>What is answered without one: 403, with where to give it.</summary>
    public static ProblemDetails Problem() => Problems.New(
        403,
        "recent-sign-in",
        "Confirm that it is you",
        $"This takes a proof of who you are of the last five minutes. Send your password or a code to /api{ConfirmationPath}, or open {ConfirmationPath}, and send this once more.",
        ("confirmAt", $"/api{ConfirmationPath}"),
        ("within", (int)Within.TotalSeconds));
}
