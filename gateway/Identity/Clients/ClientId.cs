using System.Text.RegularExpressions;

namespace Barnahus.Identity.Clients;

/// <summary>Shape of client ids and OINs.</summary>
public static partial class ClientId
{
    /// <summary>Lower-case letters, digits and hyphens, 3 to 64.</summary>
    public static bool IsValid(string clientId) => Shape().IsMatch(clientId);

    /// <summary>OIN: twenty digits (Digikoppeling).</summary>
    public static bool IsOin(string? oin) => oin is not null && Oin().IsMatch(oin);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,62}[a-z0-9]$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Shape();

    [GeneratedRegex("^[0-9]{20}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Oin();
}
