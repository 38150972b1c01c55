using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.AspNetCore.Identity;

namespace Barnahus.Identity.Accounts;

/// <summary>One spelling for each login name and role: compatibility form, trimmed, lower case (roles are lower-case codes).</summary>
public sealed class LoginNameNormaliser : ILookupNormalizer
{
    [return: NotNullIfNotNull(nameof(name))]
    [SuppressMessage("Globalization", "CA1308", Justification = "Names are shown and stored in lower case.")]
    public static string? Normalise(string? name) => name?.Normalize(NormalizationForm.FormKC).Trim().ToLowerInvariant();

    [return: NotNullIfNotNull(nameof(name))]
    public string? NormalizeName(string? name) => Normalise(name);

    [return: NotNullIfNotNull(nameof(email))]
    public string? NormalizeEmail(string? email) => Normalise(email);
}
