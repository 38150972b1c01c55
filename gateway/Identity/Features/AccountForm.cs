using Barnahus.Identity.Clients;
using Barnahus.Platform.Access;
using Barnahus.Platform.Deciding;

namespace Barnahus.Identity.Features;

/// <summary>What the administrator's requests on accounts have to be like.</summary>
internal static class AccountForm
{
    private const int LongestName = 200;
    private const int LongestRegion = 60;

    /// <exception cref="InvalidException">With what is wrong per field.</exception>
    public static void Check(params (string Field, bool IsRight, string Error)[] checks)
    {
        var errors = checks.Where(check => !check.IsRight)
            .GroupBy(check => check.Field, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Select(check => check.Error).ToArray(), StringComparer.Ordinal);
        if (errors.Count > 0)
        {
            throw new InvalidException(errors);
        }
    }

    public static (string, bool, string) Text(string field, string? text) =>
        (field, text?.Trim() is { Length: > 0 and <= LongestName }, $"Needed, at most {LongestName} characters.");

    public static (string, bool, string) Oin(string field, string? oin) => (field, ClientId.IsOin(oin), "An OIN: twenty digits.");

    public static (string, bool, string) RolesOf(string field, IReadOnlyList<string>? roles) =>
        (field, roles is null || roles.All(Roles.All.Contains), $"Roles are: {string.Join(", ", Roles.All)}.");

    public static (string, bool, string) RegionsOf(string field, IReadOnlyList<string>? regions) =>
        (field, regions is null || regions.All(region => region?.Trim() is { Length: > 0 and <= LongestRegion }), "Names of regions, e.g. Midden-Nederland.");
}
