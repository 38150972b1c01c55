using System.Collections.Immutable;
using Barnahus.Platform.EventLog;

namespace Barnahus.Identity.Clients;

/// <summary>A machine client (partner organisation). Folded from <c>identity.client-{clientId}</c>.</summary>
/// <param name="ClientId">Null: there is no such client.</param>
/// <param name="Organisation">OIN.</param>
/// <param name="Keys">PEM public keys by key id.</param>
public sealed record Client(
    string? ClientId,
    string Name,
    string Organisation,
    ImmutableSortedSet<string> Scopes,
    ImmutableDictionary<string, string> Keys,
    bool Disabled)
{
    public static readonly Client Initial = new(
        null, "", "", [], ImmutableDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal), Disabled: false);

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
        ClientKeyAdded e => client with { Keys = client.Keys.SetItem(e.KeyId, e.PublicKey) },
        ClientKeyRemoved e => client with { Keys = client.Keys.Remove(e.KeyId) },
        ClientDisabled => client with { Disabled = true },
        ClientEnabled => client with { Disabled = false },
        _ => throw new InvalidOperationException($"A client does not know {@event.GetType().Name}."),
    };
}
