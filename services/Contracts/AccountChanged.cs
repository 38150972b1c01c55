namespace Barnahus.Contracts;

/// <summary>Identity: what an account may act as now. Carries the whole state; the highest revision wins.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="AccountId">The account.</param>
/// <param name="Name">The person's name, sealed.</param>
/// <param name="Roles">Roles (domain.md, People and roles).</param>
/// <param name="Organisation">OIN.</param>
/// <param name="Regions">Regions.</param>
/// <param name="Disabled">May no longer sign in.</param>
[TakenBy("intake")]
public sealed record AccountChanged(
    Source Source,
    Guid AccountId,
    SealedField? Name,
    IReadOnlyList<string> Roles,
    string? Organisation,
    IReadOnlyList<string> Regions,
    bool Disabled);
