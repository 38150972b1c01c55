using System.Collections.Concurrent;
using System.Collections.Immutable;
using Barnahus.Identity.Clients;
using Barnahus.Platform.Views;

namespace Barnahus.Identity.Views;

/// <summary>Machine clients, for the administrator.</summary>
public sealed class ClientIndex : View
{
    private readonly ConcurrentDictionary<string, ClientRow> _rows = new(StringComparer.Ordinal);

    public ClientIndex()
    {
        On<ClientRegistered>((e, envelope) => _rows[e.ClientId] = new(e.ClientId, e.Name, e.Organisation, e.Scopes, [], Disabled: false, envelope.Revision));
        On<ClientKeyAdded>((e, envelope) => Change(e.ClientId, envelope.Revision, row => row with { KeyIds = row.KeyIds.Add(e.KeyId) }));
        On<ClientKeyRemoved>((e, envelope) => Change(e.ClientId, envelope.Revision, row => row with { KeyIds = row.KeyIds.Remove(e.KeyId) }));
        On<ClientDisabled>((e, envelope) => Change(e.ClientId, envelope.Revision, row => row with { Disabled = true }));
        On<ClientEnabled>((e, envelope) => Change(e.ClientId, envelope.Revision, row => row with { Disabled = false }));
    }

    public IEnumerable<ClientRow> Rows => _rows.Values.OrderBy(row => row.ClientId, StringComparer.Ordinal);

    private void Change(string clientId, long revision, Func<ClientRow, ClientRow> change) =>
        _rows[clientId] = change(_rows[clientId]) with { Revision = revision };
}

/// <param name="Organisation">OIN.</param>
public sealed record ClientRow(
    string ClientId, string Name, string Organisation, IReadOnlyList<string> Scopes, ImmutableSortedSet<string> KeyIds, bool Disabled, long Revision);
