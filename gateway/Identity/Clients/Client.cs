using System.Collections.Immutable;
using Barnahus.Identity.Accounts;
using Barnahus.Platform.EventLog;

namespace Barnahus.Identity.Clients;

/// <summary>A machine client (partner organisation). Folded from <c>identity.client-{clientId}</c>.</summary>
/// <param name="ClientId">Null: there is no such client.</param>
/// <param name="Organisation">OIN.</param>
/// <param name="Keys">PEM public keys by key id.</param>
/// <param name="Proposed">Keys that wait for a second administrator, by key id; see their age.</param>
/// <param name="Enabling">One administrator wants it back in use; see its age.</param>
public sealed record Client(
    string? ClientId,
    string Name,
    string Organisation,
    ImmutableSortedSet<string> Scopes,
    ImmutableDictionary<string, string> Keys,
    ImmutableDictionary<string, ProposedKey> Proposed,
    bool Disabled,
    Proposal? Enabling)
{
    public static readonly Client Initial = new(
        null,
        "",
        "",
        [],
        ImmutableDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal),
        ImmutableDictionary<string, ProposedKey>.Empty.WithComparers(StringComparer.Ordinal),
        Disabled: false,
        Enabling: null);

    /// <summary>Name of a client's stream; a client id is a code of an organisation, never of a person.</summary>
    public static string Stream(string clientId) => $"identity.client-{clientId}";

    public static Client Evolve(Client client, IEvent @event) => @event switch
    {
        ClientRegistered e => client with
        {
            ClientId = e.ClientId,
            Name = e.Name,
            Organisation = e.Organisation,
            Scopes = [.. e.Scopes],
        },
        ClientKeyProposed e => client with { Proposed = client.Proposed.SetItem(e.KeyId, new(e.PublicKey, new(e.By, e.At))) },
        ClientKeyAdded e => client with { Keys = client.Keys.SetItem(e.KeyId, e.PublicKey), Proposed = client.Proposed.Remove(e.KeyId) },
        ClientKeyRemoved e => client with { Keys = client.Keys.Remove(e.KeyId), Proposed = client.Proposed.Remove(e.KeyId) },
        ClientDisabled => client with { Disabled = true, Enabling = null },
        ClientEnablingProposed e => client with { Enabling = new(e.By, e.At) },
        ClientEnabled => client with { Disabled = false, Enabling = null },
        _ => throw new InvalidOperationException($"A client does not know {@event.GetType().Name}."),
    };
}

/// <summary>A public key that waits for a second administrator.</summary>
/// <param name="PublicKey">PEM.</param>
public sealed record ProposedKey(string PublicKey, Proposal Proposal);
